import { utils, write } from '@e965/xlsx';
import type { Database } from '../../db/database.js';
import { type CaseLook } from '../../db/queries/cases.js';
import {
  type IssueFilter,
  ledgerFactsOf,
  type ListedIssue,
  listIssues,
  namesOf,
} from '../../db/queries/issues.js';
import type { Scope } from '../../db/queries/scope.js';
import { organOf, type RulePack } from '../../rules/pack.js';
import { packById } from '../../rules/packs/index.js';
import { columnsInOrder, ledgerColumns, type LedgerRow } from './columns.js';
import { categoryWord, remarkOf, wordOf } from './words.js';

const pageSize = 500;

/** What an issue's case remembers, as far as the ledger has columns for it. */
interface Remembered {
  readonly finding: {
    readonly [Name in 'industry' | 'business' | 'issuedOn' | 'institution' | 'campaign' | 'rule' | 'item']:
      string | null;
  } & {
    readonly method: string;
    readonly basis: string;
    readonly place: string;
    readonly examiners: readonly string[];
  };
  readonly confirmedBy: string | null;
  readonly description: string;
  readonly statements: readonly { readonly side: string; readonly grounds: string | null }[];
  readonly determination: { readonly outcome: string; readonly reason: string } | null;
  readonly assigned: {
    readonly person: string;
    readonly measure: string;
    readonly institution: string | null;
  } | null;
  readonly routes: readonly { readonly route: string; readonly receipt: string | null }[];
  readonly evidence: readonly { readonly note: string }[];
  readonly progress: string | null;
  readonly completedOn: string | null;
  readonly verifiers: readonly string[];
  readonly closedBy: string | null;
}

const factsOf = ({ row }: ListedIssue): Remembered => row.facts as unknown as Remembered;

/** The rows of the ledger that fit a filter, by the issues' numbers. */
export async function ledgerRows(
  db: Database,
  scope: Scope,
  filter: IssueFilter,
  look: CaseLook,
): Promise<readonly LedgerRow[]> {
  const rows: LedgerRow[] = [];
  for (let cursor: string | undefined; ;) {
    const { items, next } = await listIssues(db, scope, filter, { limit: pageSize, cursor }, look);
    rows.push(...(await rowsOf(db, items, rows.length)));
    if (next === null) return rows;
    cursor = next;
  }
}

async function rowsOf(db: Database, items: readonly ListedIssue[], before: number): Promise<LedgerRow[]> {
  const known = await ledgerFactsOf(
    db,
    items.map(({ issue }) => issue.caseId),
  );
  const people = items.flatMap((item) => {
    const { confirmedBy, verifiers, closedBy, finding } = factsOf(item);
    const approver = known.extensions.get(item.issue.caseId)?.approver;
    return [confirmedBy, closedBy, ...verifiers, ...finding.examiners, approver].filter(
      (id) => typeof id === 'string',
    );
  });
  const names = await namesOf(db, people);
  return items.map((item, index) => rowOf(item, before + index + 1, known, names));
}

function rowOf(
  item: ListedIssue,
  number: number,
  { deadlines, extensions, holders }: Awaited<ReturnType<typeof ledgerFactsOf>>,
  names: ReadonlyMap<string, string>,
): LedgerRow {
  const { issue, row } = item;
  const facts = factsOf(item);
  const { finding, assigned, determination, routes } = facts;
  const pack = packById(row.packId);
  const holder = holders.get(issue.caseId);
  const extension = extensions.get(issue.caseId);
  const named = (id: string): string => names.get(id) ?? id;
  const lead = routes.find(({ route }) => route === 'lead');
  return {
    ...{
      row: String(number),
      ...divisionOf(pack, issue.area),
      note: remarkOf(finding.rule, finding.item, finding.place),
    },
    ...{
      unitName: holder?.unit.name ?? '',
      creditCode: holder?.unit.creditCode ?? '',
      permitNo: issue.permitNo,
    },
    ...{ industry: finding.industry ?? '', permitClass: wordOf(holder?.permitClass ?? null) },
    ...{ business: finding.business ?? '', issuedOn: finding.issuedOn ?? '' },
    ...{
      authority: organOf(pack, row.organs.reviewing).zh,
      examiners: finding.examiners.map(named).join('、'),
    },
    ...{ institution: assigned?.institution ?? finding.institution ?? '' },
    ...{ tier: wordOf(issue.tier), campaign: issue.campaign ?? '', method: wordOf(finding.method) },
    ...{ foundOn: issue.foundOn, finder: facts.confirmedBy === null ? '' : named(facts.confirmedBy) },
    ...{ number: issue.caseId.slice('issue/'.length), category: categoryWord(issue.category) },
    ...{ severity: wordOf(issue.severity), description: facts.description, basis: finding.basis },
    determination: [
      ...facts.statements.map(({ side, grounds }) => `${wordOf(side)}：${grounds ?? '无异议'}`),
      ...(determination === null ? [] : [`核定：${wordOf(determination.outcome)}，${determination.reason}`]),
    ].join('；'),
    ...{
      responsible: wordOf(issue.responsible),
      person: assigned?.person ?? '',
      measure: assigned?.measure ?? '',
    },
    ...{
      routes: routes.map(({ route }) => wordOf(route)).join('、'),
      due: deadlines.get(issue.caseId) ?? '',
    },
    extension:
      extension === undefined ? '' : `${extension.days}日，${named(extension.approver)}，${extension.reason}`,
    ...{ progress: facts.progress ?? '', completedOn: facts.completedOn ?? '' },
    evidence: facts.evidence.map(({ note }) => note).join('；'),
    verifiers: facts.verifiers.slice(-2).map(named).join('、'),
    ...{ closer: facts.closedBy === null ? '' : named(facts.closedBy), closedOn: issue.closedOn ?? '' },
    recurred: issue.reopened > 0 || issue.recurrenceOf !== null ? '是' : '否',
    handedOver: lead !== undefined && lead.receipt !== null ? '是' : '否',
  };
}

/** City and county by name: a county's code begins with its city's first four digits. */
function divisionOf(pack: RulePack, area: string): Pick<LedgerRow, 'city' | 'county'> {
  const nameOf = (code: string): string =>
    pack.divisions.find((division) => division.code === code)?.zh ?? '';
  const city = `${area.slice(0, 4)}00`;
  return { city: nameOf(city), county: area === city ? '' : nameOf(area) };
}

/** The ledger as a workbook, every cell a text: a number that a spreadsheet may not change. */
export function ledgerWorkbook(rows: readonly LedgerRow[]): Buffer {
  const header = columnsInOrder.map((column) => ledgerColumns[column]);
  const cells = rows.map((row) => columnsInOrder.map((column) => row[column]));
  const sheet = utils.aoa_to_sheet([header, ...cells]);
  sheet['!cols'] = columnsInOrder.map((column) => ({
    wch: ['description', 'measure'].includes(column) ? 40 : 16,
  }));
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, '问题台账');
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer;
}
