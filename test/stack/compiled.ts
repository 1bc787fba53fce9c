import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { projectFolder } from '../../stack/projectFolder.js';

/**
 * `test/stack/parent.ts` and what it needs as JavaScript, for a Node process of its own. Made afresh, so that it is
 * never older than the sources, and inside `dist/`, where packages are found.
 */
export async function compiledParent(): Promise<{ program: string; remove: () => Promise<void> }> {
  const project = projectFolder();
  await mkdir(join(project, 'dist'), { recursive: true });
  const folder = await mkdtemp(join(project, 'dist', 'stack-test-'));
  const names = (await readdir(join(project, 'stack'))).filter((name) => name.endsWith('.ts'));
  for (const source of [...names.map((name) => join('stack', name)), join('test', 'stack', 'parent.ts')]) {
    const { outputText } = ts.transpileModule(await readFile(join(project, source), 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    const output = join(folder, source.replace(/\.ts$/, '.js'));
    await mkdir(dirname(output), { recursive: true });
    await writeFile(output, outputText);
  }
  return {
    program: join(folder, 'test', 'stack', 'parent.js'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
