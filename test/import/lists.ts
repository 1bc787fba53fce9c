import { creditCodeCheck } from '../../rules/creditCode.js';
import { dateOf } from '../../rules/date.js';
import { packsOn } from '../../rules/packs/index.js';
import { legalNow } from '../../db/legalClock.js';
import { type Column, columns } from '../../import/columns.js';
import { readList } from '../../import/list.js';
import type { Report } from '../../import/report.js';
import { carryOut, fileHashOf, readReport, resumeOrBegin, tryImport } from '../../import/run.js';
import type { Rig } from '../rig/rig.js';

/** A row of a list as a test writes it: what matters to it, the rest as an ordinary permit of Yunchuan has it. */
export type TestRow = Partial<Record<Column, string | number>>;

/** A credit code with its right check character, of a unit that a test calls by a number. */
export function creditCode(unit: number): string {
  const body = `91990100MA${String(unit).padStart(7, '0')}`;
  return `${body}${creditCodeCheck(body) ?? ''}`;
}

/** A unit of a rig (below 10,000), by a number that no other rig has: permits' workflows share one namespace. */
export const unitOf = (rig: Rig, unit: number): number => rig.number * 10_000 + unit;

/** The first permit of that unit. */
export const permitNo = (unit: number): string => `${creditCode(unit)}001P`;

/** A good row of that unit's permit, with what a test says of it. */
export function row(unit: number, more: TestRow = {}): TestRow {
  return {
    ...{ permitNo: permitNo(unit), name: `示范企业${unit}有限公司`, creditCode: creditCode(unit) },
    ...{ industry: '乳制品制造', permitClass: '简化管理', province: '示范自治区', city: '云川市' },
    ...{ county: '市辖区', organ: '云川市生态环境局', business: '首次申请' },
    ...{ issuedOn: '2024-03-05', validFrom: '2024-03-05', validTo: '2029-03-04' },
    ...more,
  };
}

/** The header and the rows, as cells; `order` names the columns that the list has. */
export function cellsOf(
  rows: readonly TestRow[],
  order: readonly Column[] = (Object.keys(columns) as Column[]).filter((column) => column !== 'validity'),
): (string | number)[][] {
  return [
    order.map((column) => columns[column].title),
    ...rows.map((each) => order.map((column) => each[column] ?? '')),
  ];
}

/** A list as CSV. */
export function csvOf(rows: readonly TestRow[]): Buffer {
  const quoted = (cell: string | number): string =>
    /[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell);
  return Buffer.from(
    cellsOf(rows)
      .map((cells) => cells.map(quoted).join(','))
      .join('\r\n'),
  );
}

/** Reads a list as of a day, without a database. */
export const read = (bytes: Uint8Array, on = '2026-03-02') =>
  readList(bytes, { packs: packsOn(on as ReturnType<typeof dateOf>) });

/** Imports a list as the command line does, and waits until its permits live. */
export async function importList(rig: Rig, rows: readonly TestRow[]): Promise<Report> {
  const bytes = csvOf(rows);
  const list = read(bytes, dateOf(await legalNow(rig.db)));
  const { id } = await resumeOrBegin(rig.db, fileHashOf(bytes));
  await carryOut(rig.db, id, list, () => undefined);
  await rig.world.settle();
  return await readReport(rig.db, id);
}

/** What the import of a list would come to. */
export async function dryRun(rig: Rig, rows: readonly TestRow[]): Promise<Report> {
  return await tryImport(rig.db, read(csvOf(rows), dateOf(await legalNow(rig.db))), () => undefined);
}
