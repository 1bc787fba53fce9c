import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { inject } from 'vitest';
import { fromProject } from '../../db/projectFolder.js';
import type { Rig } from './rig.js';

interface Settings extends Pick<Rig, 'databaseUrl' | 'namespace' | 'taskQueue'> {
  /** The tests' own Temporal, unless told. */
  readonly temporalAddress?: string;
  readonly workflowBundle?: string;
  /** While this file exists, the power goes right after the next commit. */
  readonly fuse?: string;
}

/** How long a worker may take to start, in milliseconds, on a machine that has much else to do. */
const patience = 240_000;

/**
 * A worker as a process of its own, so that it can be killed; it polls when this returns. Throws with all that it wrote
 * where it ends before that, or takes too long: a test that waited for it would hang.
 */
export async function startWorkerProcess(settings: Settings): Promise<ChildProcess> {
  const { databaseUrl, namespace, taskQueue } = settings;
  const { workflowBundle, codecKeys, temporalAddress, dataFolder } = inject('servers');
  const asked = {
    ...{ temporalAddress, workflowBundle, codecKeys, fuse: join(dataFolder, 'no-fuse') },
    ...(settings.temporalAddress === undefined ? {} : { temporalAddress: settings.temporalAddress }),
    ...(settings.workflowBundle === undefined ? {} : { workflowBundle: settings.workflowBundle }),
    ...(settings.fuse === undefined ? {} : { fuse: settings.fuse }),
    ...{ databaseUrl, namespace, taskQueue },
  };
  const script = fromProject('dist/test/proof/powerCutWorker.js');
  const worker = spawn(process.execPath, [script, JSON.stringify(asked)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  worker.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  worker.stderr.pipe(process.stderr);
  const polls = await new Promise<boolean>((settle) => {
    worker.stdout.once('data', () => settle(true));
    worker.once('close', () => settle(false));
    worker.once('error', (error) => {
      said += error.message;
      settle(false);
    });
    setTimeout(() => settle(false), patience).unref();
  });
  if (polls) return worker;
  worker.kill('SIGKILL');
  throw new Error(`the worker did not come to poll:\n${said}`);
}
