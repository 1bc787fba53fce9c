import { writeFile } from 'node:fs/promises';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { dataConverterOf } from '../codec/dataConverter.js';
import { fromProject } from '../db/projectFolder.js';
import { workflowBundle } from './worker.js';

/** `yizheng bundle`: builds the workflows' code into the one file that workers run. */
export async function bundle(): Promise<void> {
  const { failureConverterPath } = dataConverterOf({ current: '', keys: {} });
  const { code } = await bundleWorkflowCode({
    workflowsPath: fromProject('dist/workflows/index.js'),
    ...(failureConverterPath === undefined ? {} : { failureConverterPath }),
    logger: new DefaultLogger('WARN'),
  });
  await writeFile(workflowBundle(), code);
}
