import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fromProject } from '../../db/projectFolder.js';
import { peakMiB } from '../memory.js';

/** How long a command took, start and all, and the most memory that it had; null where the system does not tell. */
export interface Ran {
  readonly seconds: number;
  readonly peak: number | null;
}

/** Runs `yizheng` as a process of its own. Throws for any exit code but zero and those. */
export async function command(args: readonly string[], codes: readonly number[] = []): Promise<Ran> {
  const began = performance.now();
  const child = spawn(process.execPath, [fromProject('dist/cli/main.js'), ...args], { stdio: 'ignore' });
  // The kernel keeps the peak itself: the last look before the end sees it.
  let peak: number | null = null;
  const look = (): void => {
    if (child.pid !== undefined) peak = peakMiB(child.pid) ?? peak;
  };
  const looking = setInterval(look, 20);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(looking);
  if (code !== 0 && !codes.some((each) => each === code))
    throw new Error(`yizheng ${args.join(' ')}: exit code ${code ?? 'none'}`);
  return { seconds: (performance.now() - began) / 1000, peak };
}
