import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../stack/projectFolder.js';

/**
 * The compiled form of `test/stack/parent.ts`, for a Node process of its own. `npm install` has compiled everything;
 * only what was changed since makes the compiler run again.
 */
export function compiledParent(): string {
  const project = projectFolder();
  const compiled = join(project, 'dist', 'test', 'stack', 'parent.js');
  const sources = [
    join('test', 'stack', 'parent.ts'),
    ...readdirSync(join(project, 'stack')).map((name) => join('stack', name)),
  ];
  const newest = Math.max(...sources.map((source) => changedAt(join(project, source))));
  if (changedAt(join(project, 'dist', '.tsbuildinfo')) < newest) {
    const compiler = join(project, 'node_modules', 'typescript', 'bin', 'tsc');
    try {
      execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
        cwd: project,
        stdio: 'ignore',
      });
    } catch {
      // It emits even when it finds errors; finding them is not the matter of these tests.
    }
  }
  return compiled;
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
