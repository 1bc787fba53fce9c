import { addDays, type CalendarDate, dateOf, type Instant } from '../../rules/date.js';
import { rectifyLimit } from '../../rules/issues.js';
import { issueSeverities, methods, responsibles, routes, tiers } from '../../rules/issueWords.js';
import { packOfArea } from '../../rules/packs/index.js';
import type { ImportedIssue } from '../../workflows/messages/between.js';
import { plain } from '../cells.js';
import { readDate } from '../dates.js';
import { type LedgerColumn, ledgerColumns } from './columns.js';
import type { ReadRow } from './read.js';
import { categoryCode, codeOf, readRemark } from './words.js';

/** Why a row is refused. Codes are never renamed. */
const rowProblems = {
  'cell.empty': { zh: '必填项为空', en: 'a cell that is needed is empty' },
  'word.unknown': { zh: '取值无法识别', en: 'not one of the known words' },
  'date.impossible': { zh: '日期无法识别或不存在', en: 'not a day that can be read, or no such day' },
  'date.future': { zh: '日期在今天之后', en: 'the day has not come yet' },
  'number.format': {
    zh: '问题编号不得含空格、斜杠和井号，至多 100 字',
    en: 'a number has no space, slash or hash, and at most 100 characters',
  },
  'permit.unknown': { zh: '许可证不在册', en: 'the permit is not in the register' },
  'area.notYours': { zh: '不在您的辖区内', en: 'outside the area of your organ' },
  'row.duplicate': { zh: '同一问题编号在文件中重复', en: 'the number stands in the file already' },
} as const;

/** Something that is wrong with a row. */
export interface RowProblem {
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly code: keyof typeof rowProblems;
  /** In Chinese and English. */
  readonly reason: string;
}

/** The permit of a row, as the register has it. */
export interface Holder {
  readonly unitId: string;
  readonly area: string;
}

/** What rows are judged by. */
export interface Judging {
  readonly now: Instant;
  readonly from1904: boolean;
  readonly by: string;
  readonly permits: ReadonlyMap<string, Holder>;
  /** The leading digits of the divisions that may be imported; null for all. */
  readonly areas: readonly string[] | null;
}

/** The number of a row's issue. */
export const numberOf = ({ text }: ReadRow): string => plain(text.number);

/** The issue that a row tells of, or everything that is wrong with it. */
export function judgeRow(row: ReadRow, judging: Judging): ImportedIssue | readonly RowProblem[] {
  const problems: RowProblem[] = [];
  const { text } = row;
  const fail = (column: LedgerColumn, code: RowProblem['code']): void => {
    problems.push(problemAt(row, column, code));
  };
  const needed = (column: LedgerColumn): string => {
    if (text[column] === '') fail(column, 'cell.empty');
    return text[column];
  };
  const word = <Code extends string>(column: LedgerColumn, codes: readonly Code[]): Code | undefined => {
    const found = codeOf(codes, plain(text[column]));
    if (found === undefined) fail(column, text[column] === '' ? 'cell.empty' : 'word.unknown');
    return found;
  };
  const day = (column: LedgerColumn): CalendarDate | null => {
    if (text[column] === '') return null;
    const found = readDate(row.cells[column], judging.from1904) ?? null;
    if (found === null) fail(column, 'date.impossible');
    return found;
  };
  const past = (column: LedgerColumn): CalendarDate | null => {
    const found = day(column);
    if (found !== null && found > dateOf(judging.now)) fail(column, 'date.future');
    return found;
  };

  if (!/^[^/#\s]{1,100}$/.test(numberOf(row))) fail('number', 'number.format');
  const permitNo = plain(text.permitNo).toUpperCase();
  const holder = judging.permits.get(permitNo);
  if (holder === undefined) fail('permitNo', 'permit.unknown');
  else if (judging.areas !== null && !judging.areas.some((digits) => holder.area.startsWith(digits)))
    fail('permitNo', 'area.notYours');
  const tier = word('tier', tiers);
  const severity = word('severity', issueSeverities);
  const responsible = word('responsible', responsibles);
  const method = text.method === '' ? 'documentsBasis' : word('method', methods);
  needed('foundOn');
  const foundOn = past('foundOn');
  const [due, completedOn, closedOn] = [day('due'), past('completedOn'), past('closedOn')];
  const issuedOn = day('issuedOn');
  const through = listOf(text.routes).map((each) => codeOf(routes, each));
  if (through.includes(undefined)) fail('routes', 'word.unknown');
  const { rule, item, place } = readRemark(text.note);
  const category = categoryCode(needed('category'));
  const description = needed('description');
  if (problems.length > 0) return problems;
  if (holder === undefined || tier === undefined || severity === undefined) return problems;
  if (responsible === undefined || method === undefined || foundOn === null) return problems;

  const isAssigned = text.measure !== '' || due !== null;
  return {
    ...{ tier, permitNo, method, category, severity, description, foundOn, place, rule },
    ...{ unitId: holder.unitId, area: holder.area, permitVersion: null, group: null, test: null },
    ...{
      campaign: orNull(text.campaign),
      item: rule === null ? (item ?? category) : item,
      basis: text.basis || '—',
    },
    ...{ responsible: responsible === 'unit' ? 'unit' : 'authority', falsified: false, evidence: [] },
    ...{ business: orNull(text.business), issuedOn, industry: orNull(text.industry) },
    ...{ examiners: [...listOf(text.examiners)], institution: orNull(text.institution) },
    confirmedBy: text.finder === '' ? judging.by : text.finder,
    assigned: isAssigned
      ? {
          ...{
            responsible,
            person: text.person,
            measure: text.measure,
            routes: through.flatMap((each) => each ?? []),
          },
          institution: responsible === 'institution' ? text.institution : null,
          startsOn: due === null ? null : addDays(due, -lengthOf(severity, holder.area, judging.now)),
        }
      : null,
    closed:
      closedOn === null
        ? null
        : {
            completedOn,
            evidence: text.evidence,
            verifiedBy: text.verifiers,
            closedBy: text.closer,
            closedOn,
          },
  };
}

/** The days that a rectification has by the pack: what a deadline on a ledger is counted back by. */
const lengthOf = (severity: 'general' | 'serious', area: string, now: Instant): number =>
  packOfArea(area, dateOf(now)).limits[rectifyLimit(severity)]?.length ?? 0;

const orNull = (text: string): string | null => (text === '' ? null : text);

const listOf = (text: string): readonly string[] =>
  text
    .split(/[、,，;；]/)
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** What is wrong with a row, at one of its cells. */
export function problemAt(row: ReadRow, column: LedgerColumn, code: RowProblem['code']): RowProblem {
  const { zh, en } = rowProblems[code];
  const value = row.text[column].slice(0, 200);
  return { row: row.row, column: ledgerColumns[column], value, code, reason: `${zh} · ${en}` };
}
