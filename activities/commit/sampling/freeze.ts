import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../../db/database.js';
import { expectedIssuances, type Issuance } from '../../../db/queries/issuances.js';
import { carriedInto } from '../../../db/queries/samplings.js';
import { samplingPopulation, samplingRounds } from '../../../db/schema/index.js';
import { rowsToJson, statement, insertFrom } from '../../../db/statement.js';
import type { CalendarDate, Instant } from '../../../rules/date.js';
import type { RulePack } from '../../../rules/pack.js';
import type { CarriedRow } from '../../../workflows/messages/samplings.js';
import { populationOf } from './lines.js';

const insertPopulation = statement('sampling.insertPopulation', insertFrom(samplingPopulation, '$1'));

/**
 * Freezes what of the year no earlier round froze, and what the earlier rounds come to. In December what may still be decided
 * counts as issued, so that the shares hold on its last day.
 */
export async function freeze(
  tx: Transaction,
  pack: RulePack,
  { campaign, round, asOf, at }: Frozen,
  issuances: readonly Issuance[],
): Promise<{ readonly hash: string; readonly count: number }> {
  const known = await tx
    .select({
      permitNo: samplingPopulation.permitNo,
      kind: samplingPopulation.kind,
      issuedOn: samplingPopulation.issuedOn,
    })
    .from(samplingPopulation)
    .where(eq(samplingPopulation.campaign, campaign));
  const before = new Set(known.map(keyOf));
  const rows = issuances
    .filter((issuance) => !before.has(keyOf(issuance)))
    .map((issuance) => ({ campaign, round, ...issuance }));
  if (rows.length > 0) await insertPopulation(tx, rowsToJson(samplingPopulation, rows));
  const { hash } = populationOf(rows);
  const carry = withExpected(
    await carriedInto(tx, campaign, round),
    /-12-(?!31)/.test(asOf) ? await expectedIssuances(tx, pack) : [],
  );
  await tx
    .update(samplingRounds)
    .set({ asOf, populationHash: hash, frozenAt: at, carry })
    .where(and(eq(samplingRounds.campaign, campaign), eq(samplingRounds.round, round)));
  return { hash, count: rows.length };
}

/** What is frozen, and when. */
export interface Frozen {
  readonly campaign: string;
  readonly round: number;
  readonly asOf: CalendarDate;
  readonly at: Instant;
}

const keyOf = ({ permitNo, kind, issuedOn }: Pick<Issuance, 'permitNo' | 'kind' | 'issuedOn'>): string =>
  `${permitNo} ${kind} ${issuedOn}`;

function withExpected(
  carried: readonly Omit<CarriedRow, 'expected'>[],
  expected: Awaited<ReturnType<typeof expectedIssuances>>,
): readonly CarriedRow[] {
  const rows = new Map<string, CarriedRow>(
    carried.map((row) => [`${row.city} ${row.kind}`, { ...row, expected: 0 }]),
  );
  for (const { city, kind, count } of expected) {
    const key = `${city} ${kind}`;
    rows.set(key, { ...(rows.get(key) ?? { city, kind, population: 0, drawn: 0 }), expected: count });
  }
  return [...rows.values()].sort((one, other) =>
    `${one.city} ${one.kind}` < `${other.city} ${other.kind}` ? -1 : 1,
  );
}
