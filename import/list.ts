import type { RulePack } from '../rules/pack.js';
import { comparable, plain } from './cells.js';
import { findList } from './columns.js';
import { type Finding, refusal } from './findings.js';
import type { ListedAct } from './listedAct.js';
import { readSheets } from './readers/readSheets.js';
import { areaFinder } from './areas.js';
import { type ReadRow, type Reading, readRow } from './rowReader.js';

/** A permit as a file has it: its acts in the order of the file. */
export interface ListedPermit {
  readonly permitNo: string;
  readonly acts: readonly ListedAct[];
  /** Whether other rows of this number were refused. */
  readonly incomplete: boolean;
}

/** A file, read. */
export interface ReadList {
  readonly rows: number;
  readonly rejected: number;
  readonly permits: readonly ListedPermit[];
  readonly findings: readonly Finding[];
  /** The name that each credit code first has in the file. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Reads a file into permits. What is wrong with a row refuses that row alone. The same file gives the same answer, so that an
 * import which was cut short can read it again. Throws `input.invalid` and `input.tooLarge` where the file is no list at all.
 */
export function readList(
  bytes: Uint8Array,
  { packs, areas }: { readonly packs: readonly RulePack[] } & Pick<Reading, 'areas'>,
): ReadList {
  const { rows, from1904 } = findList(readSheets(bytes));
  const reading = { from1904, areas, findArea: areaFinder(packs) };
  const read = rows.map((row) => readRow(row, reading));
  const together = new RowsTogether();
  const acts = read.flatMap((row) => together.take(row));
  const refused = new Set(together.refused);
  const byNumber = new Map<string, ListedAct[]>();
  const names = new Map<string, string>();
  for (const act of acts) {
    const { permitNo, creditCode, name } = act;
    byNumber.set(permitNo, [...(byNumber.get(permitNo) ?? []), act]);
    if (!names.has(creditCode)) names.set(creditCode, name);
  }
  return {
    rows: rows.length,
    rejected: rows.length - acts.length,
    permits: [...byNumber].map(([permitNo, own]) => ({
      permitNo,
      acts: own,
      incomplete: refused.has(permitNo),
    })),
    findings: [...read.flatMap(({ findings }) => findings), ...together.findings],
    names,
  };
}

/** What only several rows together show: the first row of a number says whose it is, and no act stands there twice. */
class RowsTogether {
  readonly findings: Finding[] = [];
  readonly refused: string[] = [];
  private readonly holders = new Map<string, ListedAct>();
  private readonly seen = new Map<string, number>();

  take({ row, act, permitNo }: ReadRow): readonly ListedAct[] {
    const problem = act === null ? undefined : this.problemOf(act);
    if (problem !== undefined) this.findings.push(problem);
    if (act !== null && problem === undefined) {
      if (!this.holders.has(act.permitNo)) this.holders.set(act.permitNo, act);
      this.seen.set(keyOf(act), row);
      return [act];
    }
    if (permitNo !== null) this.refused.push(permitNo);
    return [];
  }

  private problemOf(act: ListedAct): Finding | undefined {
    const { row, permitNo, creditCode, name, business } = act;
    const holder = this.holders.get(permitNo);
    if (holder !== undefined && holder.creditCode !== creditCode)
      return refusal(row, 'creditCode', creditCode, 'permit.otherUnit', lineOf(holder.row));
    if (holder !== undefined && comparable(holder.name) !== comparable(name))
      return refusal(row, 'name', name, 'permit.otherUnit', lineOf(holder.row));
    const earlier = this.seen.get(keyOf(act));
    return earlier === undefined
      ? undefined
      : refusal(row, 'business', business, 'row.duplicate', lineOf(earlier));
  }
}

const keyOf = ({ permitNo, business, on }: ListedAct): string => `${permitNo}|${plain(business)}|${on}`;

const lineOf = (row: number): string => `第 ${row} 行 row ${row}`;
