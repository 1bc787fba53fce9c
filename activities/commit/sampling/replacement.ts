import { and, eq, max } from 'drizzle-orm';
import type { Transaction } from '../../../db/database.js';
import { itemsOfRound, populationOfRound, type SamplingItem } from '../../../db/queries/samplings.js';
import { permits, samplingItems } from '../../../db/schema/index.js';
import type { CalendarDate } from '../../../rules/date.js';
import type { RulePack } from '../../../rules/pack.js';
import type { SampledKind } from '../../../rules/samplingWords.js';
import { ordered } from '../../../sampling/draw.js';
import { groupOf, stratumOf } from '../../../sampling/population.js';
import { replacementOf } from '../../../sampling/replacement.js';
import { isEnded } from '../../../workflows/messages/step.js';
import type { Secrets } from '../../secrets.js';
import { roundOf } from './draw.js';
import { issuanceOfLine, lineOf } from './lines.js';
import { listReviews } from './reviews.js';
import { hmacOf } from './seed.js';

/** The issuance that is to be replaced. */
export interface Replaced {
  readonly campaign: string;
  readonly permitNo: string;
  readonly kind: SampledKind;
  readonly issuedOn: CalendarDate;
  readonly reason: string;
}

/** What came of it: who took the place, or why nobody. */
export type Replacement =
  | { readonly answer: 'notDrawn' | 'inForce' }
  | { readonly answer: 'none'; readonly round: number }
  | { readonly answer: 'replaced'; readonly round: number; readonly permitNo: string };

/**
 * Replaces a drawn issuance whose permit has ended by the next rank of its class and industry. It stays in the population; the
 * reason stays with it.
 */
export async function replace(
  tx: Transaction,
  secrets: Secrets,
  pack: RulePack,
  asked: Replaced,
): Promise<Replacement> {
  const { campaign, permitNo, kind, issuedOn, reason } = asked;
  const own = and(
    eq(samplingItems.campaign, campaign),
    eq(samplingItems.permitNo, permitNo),
    eq(samplingItems.kind, kind),
    eq(samplingItems.issuedOn, issuedOn),
  );
  const [item] = await tx.select().from(samplingItems).where(own).for('update');
  if (item?.state !== 'drawn') return { answer: 'notDrawn' };
  const [permit] = await tx.select().from(permits).where(eq(permits.permitNo, permitNo));
  if (permit === undefined || !isEnded(permit.state)) return { answer: 'inForce' };
  const next = await nextOf(tx, secrets, item);
  await tx
    .update(samplingItems)
    .set({ state: next === null ? 'unreplaced' : 'replaced', reason })
    .where(own);
  if (next === null) return { answer: 'none', round: item.round };
  const position = await nextPosition(tx, item);
  const taking = {
    ...{ campaign, round: item.round, position, twice: item.twice, state: 'drawn' as const, reason: null },
    ...{ permitNo: next.permitNo, kind, issuedOn: next.issuedOn as CalendarDate },
    ...{ replaces: permitNo, reviews: [] },
  };
  await tx.insert(samplingItems).values(taking);
  await listReviews(tx, pack, [taking]);
  return { answer: 'replaced', round: item.round, permitNo: next.permitNo };
}

async function nextOf(tx: Transaction, secrets: Secrets, item: SamplingItem) {
  const { campaign, round, permitNo, kind, issuedOn } = item;
  const found = await roundOf(tx, campaign, round);
  const rows = await populationOfRound(tx, campaign, round);
  const hmac = await hmacOf(secrets, found);
  const own = rows.find((row) => row.permitNo === permitNo && row.kind === kind && row.issuedOn === issuedOn);
  if (own === undefined) return null;
  const stratum = stratumOf(groupOf(lineOf(own)));
  const lines = rows.map(lineOf).filter((line) => stratumOf(groupOf(line)) === stratum);
  const items = new Set((await itemsOfRound(tx, campaign, round)).map((each) => keyOf(each)));
  const taken = new Set(lines.filter((line) => items.has(keyOf(issuanceOfLine(line)))));
  const next = replacementOf(lineOf(own), ordered(lines, found.populationHash ?? '', hmac), taken);
  return next === null ? null : issuanceOfLine(next);
}

const keyOf = (issuance: { permitNo: string; kind: string; issuedOn: string }): string =>
  `${issuance.permitNo} ${issuance.kind} ${issuance.issuedOn}`;

async function nextPosition(tx: Transaction, { campaign, round }: SamplingItem): Promise<number> {
  const [last] = await tx
    .select({ position: max(samplingItems.position) })
    .from(samplingItems)
    .where(and(eq(samplingItems.campaign, campaign), eq(samplingItems.round, round)));
  return (last?.position ?? -1) + 1;
}
