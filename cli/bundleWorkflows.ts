import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { dataConverterOf } from '../codec/dataConverter.js';
import { fromProject } from '../db/projectFolder.js';

/** Puts the workflows, as sources or as compiled, into the one text that workers run. */
export async function bundleWorkflows(folder: 'workflows' | 'dist/workflows'): Promise<string> {
  const { failureConverterPath } = dataConverterOf({ current: '', keys: {} });
  const extension = folder === 'workflows' ? 'ts' : 'js';
  const { code } = await bundleWorkflowCode({
    workflowsPath: fromProject(`${folder}/index.${extension}`),
    preloadModules: [fromProject(`${folder}/preloaded.${extension}`)],
    ...(failureConverterPath === undefined ? {} : { failureConverterPath }),
    logger: new DefaultLogger('WARN'),
  });
  return code;
}
