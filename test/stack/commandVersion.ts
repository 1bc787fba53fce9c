import { execFileSync } from 'node:child_process';

/** The major version of a PostgreSQL program on this machine; null where there is none. */
export function commandVersion(program: string): number | null {
  try {
    const text = execFileSync(program, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return Number(/(\d+)/.exec(text)?.[1] ?? NaN) || null;
  } catch {
    return null;
  }
}
