import type { Transaction } from '../../../db/database.js';
import type { Issuance } from '../../../db/queries/issuances.js';
import { samplingCounts } from '../../../db/schema/index.js';
import type { CalendarDate, Instant } from '../../../rules/date.js';
import type { CountDifference, OrganCount } from '../../../workflows/messages/samplings.js';

/** What a person has read off the platform. */
export interface PlatformCounts {
  readonly campaign: string;
  readonly task: string;
  readonly asOf: CalendarDate;
  readonly source: string;
  readonly counts: readonly OrganCount[];
  readonly enteredBy: string;
  readonly at: Instant;
}

/** Keeps the platform's counts beside ours; answers with where they differ. Nothing counts until they do not. */
export async function reconcile(
  tx: Transaction,
  issuances: readonly Issuance[],
  { counts, ...entry }: PlatformCounts,
): Promise<readonly CountDifference[]> {
  const rows = new Map<string, { -readonly [Name in keyof CountDifference]: CountDifference[Name] }>();
  const rowOf = ({ organ, kind }: Pick<CountDifference, 'organ' | 'kind'>) => {
    const key = `${organ} ${kind}`;
    const row = rows.get(key) ?? { organ, kind, ours: 0, platform: 0 };
    rows.set(key, row);
    return row;
  };
  for (const issuance of issuances) rowOf(issuance).ours += 1;
  for (const counted of counts) rowOf(counted).platform += counted.count;
  const all = [...rows.values()];
  if (all.length > 0) await tx.insert(samplingCounts).values(all.map((row) => ({ ...entry, ...row })));
  return all
    .filter(({ ours, platform }) => ours !== platform)
    .sort((one, other) => (`${one.organ} ${one.kind}` < `${other.organ} ${other.kind}` ? -1 : 1));
}
