import { and, count, eq, inArray, isNotNull, isNull, ne, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { Colour } from '../../rules/clock.js';
import type { CalendarDate, Instant } from '../../rules/date.js';
import type { Database, Transaction } from '../database.js';
import { cases, clocks, ledger, requests } from '../schema/index.js';
import { colourColumn, hasColour } from './colour.js';
import { after, keyColumn, type Page, type PageRequest, pageOf, sorted, type SortKey } from './keyset.js';
import { caseInScope, caseOfOrgans, type Scope } from './scope.js';
import { caseMatches } from './search.js';
import { groupedByEach, tallyOf } from './tally.js';

/** A case's row. */
export type CaseRow = typeof cases.$inferSelect;

/** A clock's row. */
export type ClockRow = typeof clocks.$inferSelect;

/** A case by its id, if it lies within the scope. */
export async function findCase(
  db: Database | Transaction,
  scope: Scope,
  id: string,
): Promise<CaseRow | undefined> {
  const [row] = await db
    .select()
    .from(cases)
    .where(and(eq(cases.id, id), caseInScope(scope)));
  return row;
}

const byReceipt: SortKey = [
  { by: requests.receivedAt, type: 'timestamptz' },
  { by: sql`${requests.id}::text`, type: 'text' },
];

/** What a list of cases may be narrowed to. */
export interface CaseFilter {
  readonly kind?: CaseRow['kind'] | undefined;
  readonly procedure?: string | undefined;
  readonly stage?: string | undefined;
  readonly status?: 'open' | 'closed' | undefined;
  readonly outcome?: string | undefined;
  /** An organ that does something in the case. */
  readonly organ?: string | undefined;
  readonly area?: string | undefined;
  readonly unit?: string | undefined;
  readonly permit?: string | undefined;
  /** The worst colour of the case's clocks that run or are paused. */
  readonly colour?: Colour | undefined;
  /** The first day on which the case's earliest clock may be due, and the day before which it must be. */
  readonly dueFrom?: CalendarDate | undefined;
  readonly dueBefore?: CalendarDate | undefined;
  /** A part of the unit's name, or the number of a permit or case. */
  readonly search?: string | undefined;
}

/** How the clocks of cases are looked at: at which legal instant, and without which limits. */
export interface CaseLook {
  readonly now: Instant;
  readonly hiddenLimits: readonly string[];
}

/** A case in a list: with the earliest due day of its clocks, and when the first of them turns yellow, and red. */
export interface ListedCase {
  readonly row: CaseRow;
  readonly due: CalendarDate | null;
  readonly yellowAt: Instant | null;
  readonly redAt: Instant | null;
  /** The name of one of these clocks; null when there is none. */
  readonly clock: string | null;
}

/** By number: applications in the order in which they were opened. */
const byNumber: SortKey = [{ by: cases.id, type: 'text' }];

/** Cases of a scope by number. */
export async function listCases(
  db: Database,
  scope: Scope,
  filter: CaseFilter,
  page: PageRequest,
  look: CaseLook,
): Promise<Page<ListedCase>> {
  const card = cardOf(db, look);
  const rows = await db
    .select({
      row: cases,
      due: card.due,
      yellowAt: card.yellowAt,
      redAt: card.redAt,
      clock: sql<string | null>`${card.clock}`,
      key: keyColumn(byNumber),
    })
    .from(cases)
    .leftJoinLateral(card, sql`true`)
    .where(and(caseInScope(scope), after(byNumber, page.cursor), ...conditionsOf(filter, card, look.now)))
    .orderBy(...sorted(byNumber))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit);
}

/** How many cases of a scope fit a filter: in all, and by kind, procedure, stage, outcome and colour. */
export async function countCases(db: Database, scope: Scope, filter: CaseFilter, look: CaseLook) {
  const card = cardOf(db, look);
  const { kind, procedure, stage } = cases;
  const outcome = sql<string>`coalesce(${cases.outcome}, 'open')`;
  const colour = sql<string>`case when ${card.clock} is null then 'none' else ${colourColumn(card, look.now)} end`;
  const found = db
    .select({ kind, procedure, stage, outcome: outcome.as('outcome'), colour: colour.as('colour') })
    .from(cases)
    .leftJoinLateral(card, sql`true`)
    .where(and(caseInScope(scope), ...conditionsOf(filter, card, look.now)))
    .as('found');
  const columns = {
    ...{ kinds: found.kind, procedures: found.procedure, stages: found.stage },
    ...{ outcomes: found.outcome, colours: found.colour },
  };
  const rows = await db
    .select({ ...columns, count: count() })
    .from(found)
    .groupBy(groupedByEach(Object.values(columns)));
  return tallyOf(['kinds', 'procedures', 'stages', 'outcomes', 'colours'], rows);
}

/** What the clocks of a case that have not stopped come to. */
export function cardOf(db: Database, { hiddenLimits }: CaseLook) {
  return db
    .select({
      due: sql`min(${clocks.due})`.mapWith(clocks.due).as('due'),
      yellowAt: sql`min(${clocks.yellowAt})`.mapWith(clocks.yellowAt).as('yellow_at'),
      redAt: sql`min(${clocks.redAt})`.mapWith(clocks.redAt).as('red_at'),
      clock: sql`min(${clocks.id})`.as('clock'),
    })
    .from(clocks)
    .where(
      and(
        eq(clocks.caseId, cases.id),
        // A closed case has none: it is not even looked for.
        isNull(cases.outcome),
        ne(clocks.state, 'stopped'),
        hiddenLimits.length === 0 ? undefined : notInArray(clocks.limit, [...hiddenLimits]),
      ),
    )
    .as('card');
}

function conditionsOf(
  filter: CaseFilter,
  card: ReturnType<typeof cardOf>,
  now: Instant,
): (SQL | undefined)[] {
  const { kind, procedure, stage, status, outcome, organ, area, unit, permit } = filter;
  const { colour, dueFrom, dueBefore, search } = filter;
  // Only open cases have clocks that run: said, so that the index of open cases can serve.
  const byClock = colour !== undefined || dueFrom !== undefined || dueBefore !== undefined;
  return [
    kind === undefined ? undefined : eq(cases.kind, kind),
    procedure === undefined ? undefined : sql`${cases.procedure} = ${procedure}`,
    stage === undefined ? undefined : eq(cases.stage, stage),
    status === undefined ? undefined : status === 'open' ? isNull(cases.outcome) : isNotNull(cases.outcome),
    outcome === undefined ? undefined : eq(cases.outcome, outcome),
    organ === undefined ? undefined : caseOfOrgans([organ]),
    area === undefined ? undefined : sql`starts_with(${cases.area}, ${area})`,
    unit === undefined ? undefined : eq(cases.unitId, unit),
    permit === undefined ? undefined : eq(cases.permitNo, permit),
    byClock ? isNull(cases.outcome) : undefined,
    colour === undefined ? undefined : hasColour(colour, card, now),
    dueFrom === undefined ? undefined : sql`${card.due} >= ${dueFrom}::date`,
    dueBefore === undefined ? undefined : sql`${card.due} < ${dueBefore}::date`,
    search === undefined ? undefined : caseMatches(search),
  ];
}

/** The clocks of a case. */
export async function clocksOf(db: Database, caseId: string): Promise<readonly ClockRow[]> {
  return await db.select().from(clocks).where(eq(clocks.caseId, caseId)).orderBy(clocks.id);
}

/** The whole ledger of a case, in order. */
export async function ledgerOf(db: Database | Transaction, caseId: string) {
  return await db.select().from(ledger).where(eq(ledger.caseId, caseId)).orderBy(ledger.sequence);
}

/** The requests that were made of a case, in the order in which they were received; those of one kind of person alone. */
export async function listRequests(
  db: Database,
  caseId: string,
  { kind }: { readonly kind?: string | undefined },
  page: PageRequest,
) {
  const ofKind = kind === undefined ? undefined : sql`${requests.actor}->>'kind' = ${kind}`;
  const rows = await db
    .select({ row: requests, key: keyColumn(byReceipt) })
    .from(requests)
    .where(and(eq(requests.caseId, caseId), ofKind, after(byReceipt, page.cursor)))
    .orderBy(...sorted(byReceipt))
    .limit(page.limit + 1);
  const found = pageOf(rows, page.limit);
  return { ...found, items: found.items.map(({ row }) => row) };
}

/** A request by its id: one's own, or one to a case that lies within the scope, where there is one. */
export async function findRequest(
  db: Database,
  id: string,
  actorId: string,
  scope: Scope | undefined,
): Promise<typeof requests.$inferSelect | undefined> {
  const inScope =
    scope === undefined
      ? undefined
      : sql`exists (select 1 from ${cases} where ${cases.id} = ${requests.caseId} and ${caseInScope(scope)})`;
  const [row] = await db
    .select()
    .from(requests)
    .where(and(eq(requests.id, id), or(eq(requests.actorId, actorId), inScope)));
  return row;
}

/** The next number of an application in a year: the year and a number that is never given twice. */
export async function nextApplicationNumber(db: Database, year: string): Promise<string> {
  const { rows } = await db.execute<{ number: string }>(sql`select nextval('application_numbers') as number`);
  return year + String(rows[0]?.number).padStart(6, '0');
}

/** The ledger entries that certain steps of a case wrote. */
export async function ledgerOfRevisions(db: Database, caseId: string, revisions: readonly number[]) {
  if (revisions.length === 0) return [];
  const { sequence, revision, event, article, params, zh, en } = ledger;
  return await db
    .select({ sequence, revision, event, article, params, zh, en })
    .from(ledger)
    .where(and(eq(ledger.caseId, caseId), inArray(ledger.revision, [...revisions])))
    .orderBy(ledger.sequence);
}
