import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import { resolve } from '../../rules/clock.js';
import { addDays, parseDate } from '../../rules/date.js';
import { lifePointAt } from '../../rules/lifePoint.js';
import { type RenewalAtExpiry, renewalAtExpiry } from '../../rules/deemedRenewal.js';
import type { Transaction } from '../../db/database.js';
import { cases, holds, requests, units } from '../../db/schema/index.js';
import { caseKindOf, permitCaseId } from '../../workflows/messages/caseId.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import {
  type CommitInput,
  type GuardParams,
  isEnded,
  isEndedByAuthority,
} from '../../workflows/messages/step.js';
import type { ClockRules } from './clocks.js';
import type { GuardAnswer } from './found.js';
import { versionGuards } from './versionGuards.js';
import { lockPermit, required } from './permitRows.js';
import { registrationGuards } from './registrationGuards.js';
import { issueGuards } from './issueGuards.js';
import { bulletinGuards } from './bulletinGuards.js';
import { samplingGuards } from './sampling/guards.js';
import type { Secrets } from '../secrets.js';
import { reviewGuards } from './reviewGuards.js';

/** Answers with the branch to take, or with that and what it found on the way. */
export type Guard = (
  tx: Transaction,
  params: GuardParams,
  input: CommitInput,
  rules: ClockRules,
  secrets: Secrets,
) => Promise<string | GuardAnswer>;

/** How a permit stands for the authority's case of this id. */
async function standingOf(tx: Transaction, params: GuardParams, caseId: string): Promise<string> {
  const permitNo = required(params, 'permitNo');
  const permit = await lockPermit(tx, permitNo);
  if (permit === undefined || permit.unitId !== params['unitId'] || permit.area !== params['area'])
    return 'noPermit';
  if (isEnded(permit.state)) return 'ended';
  const others = await tx
    .select({ id: cases.id, stage: cases.stage, facts: cases.facts })
    .from(cases)
    .where(and(eq(cases.permitNo, permitNo), eq(cases.kind, caseKindOf(caseId)), isNull(cases.outcome)));
  const same = others.some(
    ({ id, stage, facts }) =>
      id !== caseId && stage !== 'concluding' && (facts['asks'] ?? null) === params['asks'],
  );
  if (same) return 'alreadyUnderWay';
  return permit.state === 'lapsed' ? 'lapsed' : 'inForce';
}

/**
 * The questions that only the step's own transaction can answer, because the answer must not change before the step
 * commits: each locks what it reads. An answer names the branch to take.
 */
export const guards: Readonly<Record<string, Guard>> = {
  ...registrationGuards,

  /** Was the renewal filed by the last day that REG 14 leaves for it? `noPermit` when the permit is not there or ended. */
  async renewalFiling(tx, params, input, rules) {
    const permit = await lockPermit(tx, required(params, 'permitNo'));
    if (permit === undefined || permit.unitId !== params['unitId'] || isEnded(permit.state))
      return 'noPermit';
    // One that was denied, and only waits for its papers to be served, is in nobody's way.
    const others = (await openRenewals(tx, permit.permitNo)).filter(
      (renewal) => renewal.id !== input.caseId && legalStage(renewal) !== 'ended',
    );
    if (others.length > 0) return 'alreadyUnderWay';
    const started = { type: 'started', limit: 'renewal.apply', on: permit.validTo } as const;
    const { due } = resolve([started], rules.pack, rules.calendar);
    return due !== null && required(params, 'receivedOn') <= due ? 'inTime' : 'late';
  },

  /** The table of what becomes of a permit after its last day, by the renewal that is under way. */
  async renewalAtExpiry(tx, params) {
    const permitNo = required(params, 'permitNo');
    await lockPermit(tx, permitNo);
    // The permit knows its renewal: the message of every one that was received by now has been waited for.
    const renewal = (await openRenewals(tx, permitNo)).find(({ id }) => id === params['renewal']);
    const { outcome } = renewalAtExpiry(
      renewal === undefined ? null : { stage: legalStage(renewal), inTime: renewal.facts['inTime'] === true },
    );
    return outcome;
  },

  /**
   * How does the permit stand that the authority acts on, and is another open case of this kind (which asks the same, where
   * it asks something) about it already?
   */
  async permitStanding(tx, params, input) {
    return await standingOf(tx, params, input.caseId);
  },

  /** The same, of the case that an issue is to start. */
  async routeStanding(tx, params) {
    return await standingOf(tx, params, required(params, 'caseId'));
  },

  /** Is this still the last day of the permit's term, after a change that leaves the term as it is? */
  async permitTerm(tx, params) {
    const permit = await lockPermit(tx, required(params, 'permitNo'));
    return permit?.validTo === params['validTo'] ? 'same' : 'differs';
  },

  /** Where in its life does a permit of this term stand that comes to us now? */
  lifePoint(_tx, params, input, rules) {
    const term = {
      validFrom: parseDate(required(params, 'validFrom')),
      validTo: parseDate(required(params, 'validTo')),
    };
    return Promise.resolve(lifePointAt(term, input.at, rules.pack, rules.calendar));
  },

  /** Is the number that the platform gave this unit's own and free, and the term the one that the rules give? */
  async platformNumber(tx, params, _input, rules) {
    const permitNo = required(params, 'permitNo');
    const [unit] = await tx
      .select()
      .from(units)
      .where(eq(units.id, required(params, 'unitId')));
    if (unit === undefined || !permitNo.startsWith(unit.creditCode)) return 'otherUnit';
    const permit = await lockPermit(tx, permitNo);
    const renewalOf = params['renewalOf'];
    if (renewalOf === null && (await isBeingIssued(tx, permitNo))) return 'taken';
    if (renewalOf === null ? permit !== undefined : renewalOf !== permitNo) return 'taken';
    if (permit !== undefined && isEnded(permit.state)) return 'cancelled';
    // A change, or a replacement, leaves the term as it is.
    const renewals = params['term'] === 'new' ? await openRenewals(tx, permitNo) : [];
    // That one's term comes first, or it would be added to this one.
    if (renewals.some(({ stage }) => stage === 'awaitingPlatform')) return 'renewalAwaitsPlatform';
    if (params['term'] === 'kept') return params['validTo'] === permit?.validTo ? 'fits' : 'differs';
    // A permit in force is renewed from its old end; one that has lapsed, or is given a term of its own, from the
    // platform's day.
    const goesOn = permit !== undefined && permit.state !== 'lapsed' && params['term'] !== 'new';
    if (goesOn && params['validFrom'] !== addDays(permit.validTo, 1)) return 'differs';
    const started = {
      type: 'started',
      limit: 'permit.validity',
      on: parseDate(required(params, 'validFrom')),
    } as const;
    const { due } = resolve([started], rules.pack, rules.calendar);
    return due === params['validTo'] ? 'fits' : 'differs';
  },

  /**
   * Does anything hold the cancellation: a re-application under way, a review or lawsuit, a recorded hold, a renewal that
   * was granted and waits for the platform? `moot` when the permit has come into force again.
   */
  async cancellationHolds(tx, params) {
    const permitNo = required(params, 'permitNo');
    const permit = await lockPermit(tx, permitNo);
    const ground = params['ground'] ?? 'expired';
    if (permit === undefined || permit.state === 'cancelled') return 'moot';
    const onDecision = isEndedByAuthority(ground);
    if (isEndedByAuthority(permit.state) !== onDecision)
      // A decision has ended the permit since: the cancellation that follows it takes the place of this one.
      return onDecision ? 'moot' : 'superseded';
    // Only what expired is cancelled for having lapsed; every other ground ends a permit in force as well.
    const forLapsing = ground === 'expired' || ground === 'cleanUp';
    if (forLapsing && permit.state !== 'lapsed') return 'moot';
    if ((await openRenewals(tx, permitNo)).some(({ stage }) => stage === 'awaitingPlatform')) return 'held';
    const placed = await tx
      .select({ id: holds.id })
      .from(holds)
      .where(and(eq(holds.permitNo, permitNo), isNull(holds.releasedAt)));
    return placed.length > 0 ? 'held' : 'free';
  },

  ...versionGuards,
  ...issueGuards,
  ...samplingGuards,
  ...bulletinGuards,
  ...reviewGuards,
};

/** The renewals of a permit that have not ended, locked. */
async function openRenewals(tx: Transaction, permitNo: string) {
  return await tx
    .select({ id: cases.id, stage: cases.stage, facts: cases.facts })
    .from(cases)
    .where(
      and(
        eq(cases.permitNo, permitNo),
        eq(cases.procedure, 'renewal'),
        eq(cases.kind, 'application'),
        isNull(cases.outcome),
      ),
    )
    .for('update');
}

/** A renewal's stage as the law sees it. */
function legalStage({ stage, facts }: { stage: string; facts: JsonObject }): RenewalAtExpiry['stage'] {
  if (stage === 'received' || stage === 'supplement') return stage;
  if (stage === 'awaitingPlatform' || facts['concluding'] === 'granted') return 'granted';
  return stage === 'concluding' ? 'ended' : 'accepted';
}

/** Whether another application was given the number a moment ago, and the permit's own case is still to open. */
async function isBeingIssued(tx: Transaction, permitNo: string): Promise<boolean> {
  const caseId = permitCaseId(permitNo);
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${caseId}))`);
  const issuing = await tx
    .select({ id: requests.id })
    .from(requests)
    .where(and(eq(requests.caseId, caseId), eq(requests.name, 'permit.issue')));
  return issuing.length > 0;
}

/**
 * The open requests that were received before a moment and belong before it: those to the same case, and, where the moment
 * ends a permit, those about that permit. Their rows were written under a lock on the case or the permit that this
 * transaction holds by now, so none can still appear with an earlier instant.
 */
export async function earlierRequests(
  tx: Transaction,
  input: CommitInput,
  permitNo: string | null,
): Promise<readonly string[]> {
  const about =
    permitNo === null
      ? eq(requests.caseId, input.caseId)
      : or(eq(requests.caseId, input.caseId), eq(requests.permitNo, permitNo));
  if (permitNo !== null) await lockPermit(tx, permitNo);
  const open = await tx
    .select({ id: requests.id })
    .from(requests)
    .where(and(eq(requests.status, 'open'), lt(requests.receivedAt, input.at), about));
  return open.map((request) => request.id);
}
