import type { DataConverter } from '@temporalio/common';
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Database } from '../db/database.js';
import type { StepListener } from '../observe/steps.js';
import { fromProject } from '../db/projectFolder.js';
import { openTemplates, type Templates } from '../documents/templates.js';
import { createActivities } from './index.js';
import { secretsOf } from './secrets.js';

/** What a worker of our cases needs. */
export interface CaseWorkerOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly dataConverter: DataConverter;
  readonly db: Database;
  /** The folder of the templates that the installation has edited, if any. */
  readonly documentTemplates?: string | undefined;
  /** The built workflow bundle's file. */
  readonly workflowBundle: string;
  /** Hears of every try of a step. */
  readonly onStep?: StepListener;
  readonly tuning?: Partial<
    Pick<
      WorkerOptions,
      'maxCachedWorkflows' | 'maxConcurrentWorkflowTaskExecutions' | 'maxConcurrentLocalActivityExecutions'
    >
  >;
}

/** A worker that runs cases and commits their steps. Throws `input.invalid` for a template that can not be used. */
export async function createCaseWorker(options: CaseWorkerOptions): Promise<Worker> {
  const { connection, namespace, taskQueue, dataConverter, db, workflowBundle, onStep, tuning } = options;
  return await Worker.create({
    connection,
    namespace,
    taskQueue,
    dataConverter,
    activities: createActivities(db, await templatesOf(options), secretsOf(dataConverter), onStep),
    workflowBundle: { codePath: workflowBundle },
    // Steps under way finish; less than any process manager's patience.
    shutdownGraceTime: '10s',
    ...tuning,
  });
}

const templatesOf = ({ documentTemplates }: CaseWorkerOptions): Promise<Templates> =>
  openTemplates(fromProject('documents/templates'), documentTemplates);
