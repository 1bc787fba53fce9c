import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { fromProject } from '../db/projectFolder.js';
import { bundleWorkflows } from './bundleWorkflows.js';
import { workflowBundle } from './worker.js';

/**
 * `yizheng bundle`, the end of the build: the workflows' code in the one file that workers run, and the command where
 * `npx yizheng` looks first. Without that, npm would keep a link to this clone in its own cache, good for its first build.
 */
export async function bundle(): Promise<void> {
  await writeFile(workflowBundle(), await bundleWorkflows('dist/workflows'));
  const [command, link] = [fromProject('dist/cli/main.js'), fromProject('node_modules/.bin/yizheng')];
  await chmod(command, 0o755);
  await mkdir(dirname(link), { recursive: true });
  await rm(link, { force: true });
  await symlink(relative(dirname(link), command), link);
}
