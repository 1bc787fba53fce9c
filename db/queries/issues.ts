import { and, count, desc, eq, inArray, isNotNull, isNull, like, type SQL, sql } from 'drizzle-orm';
import type { Colour } from '../../rules/clock.js';
import type { CalendarDate } from '../../rules/date.js';
import type { Database } from '../database.js';
import { cases, clocks, issues, ledger, permits, units, users } from '../schema/index.js';
import { type CaseLook, cardOf } from './cases.js';
import { colourColumn, hasColour } from './colour.js';
import { after, keyColumn, type PageRequest, pageOf, sorted, type SortKey } from './keyset.js';
import { caseInScope, type Scope } from './scope.js';
import { caseMatches } from './search.js';
import { groupedByEach, tallyOf } from './tally.js';

/** What a list of issues may be narrowed to. */
export interface IssueFilter {
  readonly tier?: string | undefined;
  readonly campaign?: string | undefined;
  readonly area?: string | undefined;
  readonly organ?: string | undefined;
  readonly severity?: string | undefined;
  readonly category?: string | undefined;
  readonly responsible?: string | undefined;
  readonly stage?: string | undefined;
  /** `open` until the close-out, `closed` from then on, `withdrawn` where there was no fault. */
  readonly status?: 'open' | 'closed' | 'withdrawn' | undefined;
  readonly overdue?: 'yes' | 'no' | undefined;
  readonly reopened?: 'yes' | 'no' | undefined;
  readonly colour?: Colour | undefined;
  readonly unit?: string | undefined;
  readonly permit?: string | undefined;
  readonly search?: string | undefined;
}

const byNumber: SortKey = [{ by: issues.caseId, type: 'text' }];

/** Issues of a scope by their numbers, each with its case and the card that its clocks make. */
export async function listIssues(
  db: Database,
  scope: Scope,
  filter: IssueFilter,
  page: PageRequest,
  look: CaseLook,
) {
  const card = cardOf(db, look);
  const rows = await db
    .select({
      ...{ issue: issues, row: cases, due: card.due, yellowAt: card.yellowAt, redAt: card.redAt },
      ...{ clock: sql<string | null>`${card.clock}`, key: keyColumn(byNumber) },
    })
    .from(issues)
    .innerJoin(cases, eq(cases.id, issues.caseId))
    .leftJoinLateral(card, sql`true`)
    .where(and(caseInScope(scope), after(byNumber, page.cursor), ...conditionsOf(filter, card, look)))
    .orderBy(...sorted(byNumber))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit);
}

/** An issue in a list. */
export type ListedIssue = Awaited<ReturnType<typeof listIssues>>['items'][number];

const tallied = [
  'tiers',
  'severities',
  'categories',
  'responsibles',
  'stages',
  'statuses',
  'colours',
] as const;

/** How many issues of a scope fit a filter: in all, and by each of what they are sorted by. */
export async function countIssues(db: Database, scope: Scope, filter: IssueFilter, look: CaseLook) {
  const card = cardOf(db, look);
  const status = sql<string>`case when ${withdrawn} then 'withdrawn' when ${issues.closedOn} is null and ${cases.outcome} is null
    then 'open' else 'closed' end`;
  const colour = sql<string>`case when ${card.clock} is null then 'none' else ${colourColumn(card, look.now)} end`;
  const found = db
    .select({
      ...{ tier: issues.tier, severity: issues.severity, category: issues.category },
      ...{ responsible: issues.responsible, stage: cases.stage },
      ...{ status: status.as('status'), colour: colour.as('colour') },
    })
    .from(issues)
    .innerJoin(cases, eq(cases.id, issues.caseId))
    .leftJoinLateral(card, sql`true`)
    .where(and(caseInScope(scope), ...conditionsOf(filter, card, look)))
    .as('found');
  const columns = {
    ...{ tiers: found.tier, severities: found.severity, categories: found.category },
    ...{
      responsibles: found.responsible,
      stages: found.stage,
      statuses: found.status,
      colours: found.colour,
    },
  };
  const rows = await db
    .select({ ...columns, count: count() })
    .from(found)
    .groupBy(groupedByEach(Object.values(columns)));
  return tallyOf([...tallied], rows);
}

const withdrawn = sql`coalesce(${cases.outcome}, '') in ('noFault', 'recurrence', 'ended')`;

function conditionsOf(
  filter: IssueFilter,
  card: ReturnType<typeof cardOf>,
  { now }: CaseLook,
): (SQL | undefined)[] {
  const { area, stage, status, overdue, reopened, colour, unit, permit, search } = filter;
  const same = (['tier', 'campaign', 'organ', 'severity', 'category', 'responsible'] as const).flatMap(
    (name) => (filter[name] === undefined ? [] : [sql`${issues[name]} = ${filter[name]}`]),
  );
  return [
    ...same,
    area === undefined ? undefined : sql`starts_with(${issues.area}, ${area})`,
    unit === undefined ? undefined : eq(issues.unitId, unit),
    permit === undefined ? undefined : eq(issues.permitNo, permit),
    stage === undefined ? undefined : eq(cases.stage, stage),
    ...statusOf(status),
    overdue === undefined ? undefined : sql`(${issues.overdue} > 0) = ${overdue === 'yes'}`,
    reopened === undefined ? undefined : sql`(${issues.reopened} > 0) = ${reopened === 'yes'}`,
    colour === undefined ? undefined : hasColour(colour, card, now),
    search === undefined ? undefined : caseMatches(search),
  ];
}

function statusOf(status: IssueFilter['status']): (SQL | undefined)[] {
  switch (status) {
    case undefined:
      return [];
    case 'open':
      return [isNull(issues.closedOn), isNull(cases.outcome)];
    case 'closed':
      return [isNotNull(issues.closedOn)];
    case 'withdrawn':
      return [withdrawn];
  }
}

/** An issue by its case's id, if it lies within the scope. */
export async function findIssue(
  db: Database,
  scope: Scope,
  caseId: string,
  look: CaseLook,
): Promise<ListedIssue | undefined> {
  const card = cardOf(db, look);
  const [found] = await db
    .select({
      ...{ issue: issues, row: cases, due: card.due, yellowAt: card.yellowAt, redAt: card.redAt },
      clock: sql<string | null>`${card.clock}`,
    })
    .from(issues)
    .innerJoin(cases, eq(cases.id, issues.caseId))
    .leftJoinLateral(card, sql`true`)
    .where(and(eq(issues.caseId, caseId), caseInScope(scope)));
  return found;
}

/** An extension as the ledger keeps it. */
type Extension = { readonly days: number; readonly approver: string; readonly reason: string };

/** What the ledger's columns say of some issues beside what their cases remember. */
export async function ledgerFactsOf(db: Database, caseIds: readonly string[]) {
  const ids = [...caseIds];
  const due = await db
    .select({ caseId: clocks.caseId, due: clocks.due })
    .from(clocks)
    .where(and(inArray(clocks.caseId, ids), like(clocks.id, 'rectification.%'), isNotNull(clocks.due)))
    .orderBy(clocks.due);
  const extended = await db
    .select({ caseId: ledger.caseId, params: ledger.params })
    .from(ledger)
    .where(and(inArray(ledger.caseId, ids), eq(ledger.event, 'clock.extended')))
    .orderBy(desc(ledger.sequence));
  const holders = await db
    .select({ caseId: issues.caseId, unit: units, permitClass: permits.permitClass })
    .from(issues)
    .innerJoin(units, eq(units.id, issues.unitId))
    .innerJoin(permits, eq(permits.permitNo, issues.permitNo))
    .where(inArray(issues.caseId, ids));
  return {
    deadlines: new Map(due.map(({ caseId, due: day }) => [caseId, day as CalendarDate] as const)),
    extensions: new Map(extended.map(({ caseId, params }) => [caseId, params as Extension] as const)),
    holders: new Map(holders.map(({ caseId, ...holder }) => [caseId, holder] as const)),
  };
}

/** The names of accounts, by their ids. */
export async function namesOf(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(inArray(users.id, [...new Set(ids)]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The next number of an issue that a person finds, in a year: the year and a number that is never given twice. */
export async function nextIssueNumber(db: Database, year: string): Promise<string> {
  const { rows } = await db.execute<{ number: string }>(sql`select nextval('issue_numbers') as number`);
  return `${year}${String(rows[0]?.number).padStart(6, '0')}`;
}
