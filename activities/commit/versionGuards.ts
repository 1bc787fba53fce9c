import { and, eq, inArray, isNull, ne } from 'drizzle-orm';
import { type Judgement, judgeChange } from '../../rules/changes/judge.js';
import { codeOfRow } from '../../rules/changes/table.js';
import { resolve } from '../../rules/clock.js';
import { readPermitContent } from '../../rules/content/permit.js';
import { parseDate } from '../../rules/date.js';
import type { PermitClass, Procedure } from '../../rules/facts.js';
import type { Transaction } from '../../db/database.js';
import { contentAsJson } from '../../db/queries/contents.js';
import { currentContentOf } from '../../db/queries/permits.js';
import { cases, units } from '../../db/schema/index.js';
import { permitCaseId } from '../../workflows/messages/caseId.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import { type CommitInput, type GuardParams, isEnded } from '../../workflows/messages/step.js';
import type { ClockRules } from './clocks.js';
import type { GuardAnswer } from './found.js';
import { lockPermit, required } from './permitRows.js';

/** What is asked of the holder's own permit: questions about its versions, its holder and what else is under way. */
export const versionGuards = {
  /**
   * May this be applied for, and is it what it is called? A change is one of `basicData` or another `change`; one that the
   * table of REG 14 and 15 takes for more `needsReapplication`; a re-application that it takes for less is `onlyAChange`; what would make another subject the holder
   * is `otherSubject`. With the answer comes the `judgement`.
   */
  async applicationOnPermit(
    tx: Transaction,
    params: GuardParams,
    input: CommitInput,
    rules: ClockRules,
  ): Promise<string | GuardAnswer> {
    const [permitNo, kind] = [required(params, 'permitNo'), required(params, 'kind')];
    const permit = await lockPermit(tx, permitNo);
    if (permit === undefined || permit.unitId !== params['unitId'] || isEnded(permit.state))
      return 'noPermit';
    // A re-application that was filed in time goes on when the permit lapses; nothing else changes a lapsed permit.
    const mayHaveLapsed = kind === 'reapplication' && params['filing'] !== 'yes';
    if (!mayHaveLapsed && permit.state === 'lapsed') return 'lapsed';
    if (await isBeingCancelled(tx, permitNo)) return 'beingCancelled';
    const rivals: readonly Procedure[] =
      kind === 'replacement' ? ['replacement'] : ['change', 'reapplication'];
    if ((await openApplications(tx, permitNo, rivals, input.caseId)).length > 0) return 'alreadyUnderWay';
    const against = await currentContentOf(tx, permitNo);
    const classes = {
      before: permit.permitClass as PermitClass,
      after: required(params, 'permitClass') as PermitClass,
    };
    if (kind === 'replacement') return { answer: 'fits', found: { judgement: null } };
    const judged = judgeChange(
      readPermitContent(against === undefined ? undefined : await contentAsJson(tx, against)),
      readPermitContent(await contentAsJson(tx, required(params, 'contentId'))),
      classes,
    );
    const judgement = {
      ...summaryOf(judged),
      ...{ against: against ?? null, formerClass: classes.before },
      ...lateness(params, rules),
    };
    return { answer: answerOf(kind, judged), found: { judgement, ...judgement } };
  },

  /** Whose permit does a new holder take over? The same subject under a new name is a change of the permit it has. */
  async formerPermit(tx: Transaction, params: GuardParams): Promise<string | GuardAnswer> {
    const permit = await lockPermit(tx, required(params, 'permitNo'));
    if (permit === undefined || isEnded(permit.state)) return 'noPermit';
    const both = await tx
      .select({ creditCode: units.creditCode })
      .from(units)
      .where(inArray(units.id, [permit.unitId, required(params, 'unitId')]));
    if (new Set(both.map(({ creditCode }) => creditCode)).size < 2) return 'sameSubject';
    return { answer: 'otherSubject', found: { heldFrom: permit.validFrom } };
  },

  /** Does the holder ask for anything that the end of the permit would cut off? */
  async pendingApplications(tx: Transaction, params: GuardParams): Promise<string> {
    const permitNo = required(params, 'permitNo');
    await lockPermit(tx, permitNo);
    return (await openApplications(tx, permitNo, heldOf)).length > 0 ? 'applicationUnderWay' : 'free';
  },
} as const;

const heldOf: readonly Procedure[] = ['renewal', 'reapplication', 'change', 'replacement'];

function answerOf(kind: string, { verdict }: Judgement): string {
  if (verdict === 'first') return 'otherSubject';
  if (kind === 'change')
    return verdict === 'basicData' || verdict === 'change' ? verdict : 'needsReapplication';
  return verdict === 'reapplication' ? 'fits' : 'onlyAChange';
}

const summaryOf = ({ verdict, uncertain, rows, causes }: Judgement): JsonObject => ({
  ...{ verdict, uncertain, rows: rows.map(codeOfRow), causes: [...causes] },
});

/** REG 14: thirty days from the change. Late is a mark, and no ground to refuse. */
function lateness(params: GuardParams, { pack, calendar }: ClockRules): JsonObject {
  const { changedOn } = params;
  if (typeof changedOn !== 'string') return { lastDay: null, late: false };
  const started = { type: 'started', limit: 'change.apply', on: parseDate(changedOn) } as const;
  const { due } = resolve([started], pack, calendar);
  return { lastDay: due, late: due !== null && required(params, 'receivedOn') > due };
}

/** The applications for these things on a permit that are not over. */
async function openApplications(
  tx: Transaction,
  permitNo: string,
  procedures: readonly Procedure[],
  but = '',
) {
  return await tx
    .select({ id: cases.id })
    .from(cases)
    .where(
      and(
        eq(cases.permitNo, permitNo),
        eq(cases.kind, 'application'),
        inArray(cases.procedure, [...procedures]),
        isNull(cases.outcome),
        // What has its outcome, and only waits for its papers to be served, is in nobody's way.
        ne(cases.stage, 'concluding'),
        ne(cases.id, but),
      ),
    );
}

/** Whether a cancellation that no lapse has opened is under way. The permit's case says so before the other case opens. */
async function isBeingCancelled(tx: Transaction, permitNo: string): Promise<boolean> {
  const [permit] = await tx
    .select({ facts: cases.facts })
    .from(cases)
    .where(eq(cases.id, permitCaseId(permitNo)));
  return (permit?.facts['cancellation'] ?? null) !== null;
}
