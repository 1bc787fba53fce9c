import { parseInstant } from '../rules/date.js';
import { DomainError } from '../rules/errors.js';
import { rollOver } from '../watch/rollover.js';
import { patches } from '../workflows/kernel/patches.js';
import { withServices } from './atHand.js';
import type { Output } from './output.js';

/** The options of `yizheng rollover`. */
export interface RolloverOptions {
  readonly before?: string;
  readonly rate: string;
  readonly json?: true;
}

/**
 * `yizheng rollover`: after a release, makes idle cases begin anew, so that no run is older than it. Answers with the exit
 * code: 0 when none is left, 1 when some are, 2 for what it can not. Cut short, it goes on where it stood when it is called
 * again with the same instant.
 */
export async function rollover(options: RolloverOptions, output: Output): Promise<number> {
  const before =
    options.before === undefined ? new Date() : new Date(parseInstant(options.before, '--before'));
  const rate = Number(options.rate);
  if (!Number.isFinite(rate) || rate <= 0 || rate > 1000)
    throw new DomainError('input.invalid', {
      what: 'not a rate',
      where: '--rate',
      expected: '1 to 1000',
      found: options.rate,
    });
  return await withServices(output, async (services) => {
    const { asked, left } = await rollOver(services, {
      ...{ before, rate },
      onProgress: (progress) => output.err(`已请求 asked ${progress.asked}, 尚余 left ${progress.left}`),
    });
    if (options.json === true) output.out(JSON.stringify({ before: before.toISOString(), asked, left }));
    else {
      output.out(
        `早于 ${before.toISOString()} 的运行：已请求 ${asked}，尚余 ${left.length} · asked ${asked} older runs, ${left.length} left`,
      );
      for (const id of left.slice(0, 20)) output.out(`  ${id}`);
      const mayGo = Object.entries(patches).filter(([, { since }]) => new Date(since) <= before);
      if (left.length === 0)
        for (const [, { id, goesWhen }] of mayGo)
          output.out(`补丁 ${id} 可去除 · the patch ${id} may go: ${goesWhen}`);
    }
    return left.length === 0 ? 0 : 1;
  });
}
