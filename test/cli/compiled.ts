import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fromProject } from '../../db/projectFolder.js';

const folders = [
  ...['activities', 'api', 'cli', 'codec', 'db', 'documents', 'import', 'ledger', 'notices', 'observe'],
  ...['rehearsal', 'relay', 'rules', 'sampling', 'stack', 'workflows'],
];

/** The compiled `yizheng` command. `npm install` has built it; only what was changed since is built again. */
export function compiledCommand(): string {
  const sources = folders.flatMap((folder) => {
    const names = readdirSync(fromProject(folder), { recursive: true, encoding: 'utf8' });
    return names.filter((name) => name.endsWith('.ts')).map((name) => join(fromProject(folder), name));
  });
  const newest = Math.max(...sources.map(changedAt), changedAt(fromProject('temporal.config.ts')));
  const command = fromProject('dist/cli/main.js');
  if (changedAt(fromProject('dist/.tsbuildinfo')) < newest) {
    const compiler = fromProject('node_modules/typescript/bin/tsc');
    const options = { cwd: fromProject('.'), stdio: 'ignore' } as const;
    try {
      execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], options);
    } catch {
      // It emits even when it finds errors; finding them is not the matter of these tests.
    }
  }
  if (changedAt(fromProject('dist/workflow-bundle.js')) < newest)
    execFileSync(process.execPath, [command, 'bundle'], { cwd: fromProject('.'), stdio: 'ignore' });
  return command;
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
