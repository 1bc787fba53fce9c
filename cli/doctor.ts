import { type Late, whatWasFound } from '../db/queries/watch.js';
import { hurryEveryRequest } from '../relay/hurry.js';
import { watchKind } from '../rules/watchKinds.js';
import { look } from '../watch/look.js';
import { repairFindings } from '../watch/repair.js';
import { withServices } from './atHand.js';
import type { Output } from './output.js';

/** The options of `yizheng doctor`. */
export interface DoctorOptions {
  readonly repair?: true;
  readonly deep?: true;
  readonly json?: true;
}

/**
 * `yizheng doctor`: looks once, as the standing watch does, and says what should have happened by now and did not, with what
 * to do about it; with `--repair` does what can do no harm, and after a restore, with `--deep`, has every open request sent again. Answers with the exit code: 0 when nothing was found, 1 for
 * findings, repaired or not, 2 for what it can not, a Temporal that does not answer among it.
 */
export async function doctor(options: DoctorOptions, output: Output): Promise<number> {
  return await withServices(output, async ({ db, client, taskQueue, logger }) => {
    const context = { db, client, taskQueue, logger };
    const { sawWorkflows } = await look(context, { deep: options.deep === true });
    const found = (await whatWasFound(db)).filter(({ count }) => count > 0);
    const repairs = options.repair === true ? await repairFindings(context) : [];
    if (options.repair === true && options.deep === true) await hurryEveryRequest(db);
    if (options.json === true) output.out(JSON.stringify({ sawWorkflows, found, repairs }));
    else {
      for (const each of found) output.out(textOf(each));
      for (const { kind, id, done, error } of repairs)
        output.out(`修复 repair: ${kind} ${id}: ${done}${error === undefined ? '' : ` (${error})`}`);
      if (found.length === 0 && sawWorkflows) output.out('一切正常 · nothing found');
    }
    if (!sawWorkflows)
      output.err(
        '错误 error: Temporal 未答复，未核对工作流 · Temporal did not answer; workflows were not compared',
      );
    if (found.length > 0) return 1;
    return sawWorkflows ? 0 : 2;
  });
}

function textOf({ kind, count, since, ids }: Late): string {
  const { zh, en, remedy, repairable = false } = watchKind(kind);
  const more = count > ids.length ? `\n    … +${count - ids.length}` : '';
  return [
    `${zh} · ${en}: ${count}（自 since ${since ?? ''}）`,
    ...ids.map((id) => `    ${id}`),
    `  → ${remedy.zh} · ${remedy.en}${repairable ? '（--repair）' : ''}`,
  ]
    .join('\n')
    .replace('\n  →', `${more}\n  →`);
}
