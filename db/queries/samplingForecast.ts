import { parseDate } from '../../rules/date.js';
import type { RulePack } from '../../rules/pack.js';
import { parseShare, sampleSize } from '../../rules/sampling.js';
import type { SampledKind } from '../../rules/samplingWords.js';
import type { Database, Transaction } from '../database.js';
import { expectedIssuances, issuancesOf } from './issuances.js';
import { sharesOf } from './samplings.js';

/** How a city and kind stands: what was issued, what may still be, what was drawn, and what is missing to its share. */
export interface ForecastRow {
  readonly city: string;
  readonly kind: SampledKind;
  readonly issued: number;
  /** Applications under way that may be decided by the year's end. */
  readonly expected: number;
  readonly drawn: number;
  readonly missing: number;
}

/**
 * What a campaign still has to draw. With a year, so that the shares hold on its last day, whatever is under way decided by
 * then; without one, on what is frozen.
 */
export async function forecastOf(
  db: Database | Transaction,
  pack: RulePack,
  campaign: string,
  year: number | null,
): Promise<readonly ForecastRow[]> {
  const rows = new Map<string, { -readonly [Name in keyof ForecastRow]: ForecastRow[Name] }>();
  const rowOf = ({ city, kind }: Pick<ForecastRow, 'city' | 'kind'>) => {
    const row = rows.get(`${city} ${kind}`) ?? { city, kind, issued: 0, expected: 0, drawn: 0, missing: 0 };
    rows.set(`${city} ${kind}`, row);
    return row;
  };
  for (const part of await sharesOf(db, campaign)) {
    const row = rowOf(part);
    row.drawn += part.drawn;
    if (year === null) row.issued += part.population;
  }
  if (year !== null) {
    const days = [parseDate(`${year}-01-01`), parseDate(`${year}-12-31`)] as const;
    for (const issuance of await issuancesOf(db, pack, ...days)) rowOf(issuance).issued += 1;
    for (const { count, ...stratum } of await expectedIssuances(db, pack)) rowOf(stratum).expected += count;
  }
  for (const row of rows.values()) {
    const share = parseShare(pack.settings.sampling[row.kind], `sampling.${row.kind}`);
    const all = row.issued + row.expected;
    row.missing = Math.max(0, sampleSize(share, { population: 0, drawn: 0 }, all) - row.drawn);
  }
  return [...rows.values()].sort((one, other) =>
    `${one.city} ${one.kind}` < `${other.city} ${other.kind}` ? -1 : 1,
  );
}
