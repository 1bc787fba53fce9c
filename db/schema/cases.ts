import { type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ClockEvent } from '../../rules/clock.js';
import type { Procedure } from '../../rules/facts.js';
import type { CaseKind } from '../../workflows/messages/caseId.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import type { Actor, RequestOrigin } from '../../workflows/messages/request.js';
import type { CommittedStep, NextMoment, OrganRole } from '../../workflows/messages/step.js';
import { calendarDate, instant } from '../columns.js';

/** What is remembered of each case; only `commit` writes these tables. */
export const cases = pgTable(
  'cases',
  {
    id: text().primaryKey(),
    kind: text().$type<CaseKind>().notNull(),
    procedure: text().$type<Procedure>().notNull(),
    revision: integer().notNull(),
    stage: text().notNull(),
    outcome: text(),
    packId: text('pack_id').notNull(),
    area: text().notNull(),
    organs: jsonb().$type<Readonly<Record<OrganRole, string>>>().notNull(),
    unitId: text('unit_id').notNull(),
    permitNo: text('permit_no'),
    facts: jsonb().$type<JsonObject>().notNull(),
    openedAt: instant('opened_at').notNull(),
    closedAt: instant('closed_at'),
    /** The moment that the case's one timer waits for. */
    next: jsonb().$type<NextMoment | null>(),
    nextAt: instant('next_at'),
    ledgerCount: integer('ledger_count').notNull(),
    ledgerHead: text('ledger_head').notNull(),
  },
  (table) => [
    index('cases_open_next').on(table.nextAt),
    index('cases_permit').on(table.permitNo),
    index('cases_unit').on(table.unitId),
    // Nothing that most steps change is indexed: the row then moves within its page, and no index with it.
    index('cases_area').on(table.area),
    index('cases_open')
      .on(table.id)
      .where(sql`${table.outcome} is null`),
  ],
);

/** One row a step: what the workflow needs to adopt it. The cause is its key. */
export const steps = pgTable(
  'steps',
  {
    caseId: text('case_id').notNull(),
    revision: integer().notNull(),
    cause: text().notNull(),
    step: jsonb().$type<CommittedStep>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.revision] }),
    uniqueIndex('steps_cause').on(table.caseId, table.cause),
  ],
);

/** Every write that people and cases ask for: the API's only write, and the legal instant of the act. */
export const requests = pgTable(
  'requests',
  {
    id: uuid().primaryKey(),
    /** Unique per actor; a case's message has its sender and step for a key. */
    idempotencyKey: text('idempotency_key').notNull(),
    actor: jsonb().$type<Actor>().notNull(),
    actorId: text('actor_id').notNull(),
    name: text().notNull(),
    caseId: text('case_id').notNull(),
    /** The permit whose expiry must wait for this request. */
    permitNo: text('permit_no'),
    body: jsonb().$type<JsonObject>().notNull(),
    bodyHash: text('body_hash').notNull(),
    receivedAt: instant('received_at').notNull(),
    status: text().$type<'open' | 'done' | 'refused'>().notNull(),
    /** The answer once done, the problem once refused. */
    answer: jsonb().$type<JsonObject>(),
    attempts: integer().notNull().default(0),
    /** Nobody else sends the row before this wall-clock instant. */
    leasedUntil: instant('leased_until'),
    /** The HTTP call and the trace that it came with. */
    origin: jsonb().$type<RequestOrigin>(),
  },
  (table) => [
    uniqueIndex('requests_key').on(table.actorId, table.idempotencyKey),
    index('requests_open').on(table.status, table.receivedAt),
    index('requests_case').on(table.caseId, table.status),
    index('requests_permit')
      .on(table.permitNo, table.status)
      .where(sql`${table.permitNo} is not null`),
  ],
);

/** The last day of a task, beyond all days where it has none: what the inbox is sorted by, and indexed. */
export const dueOrNever = (due: SQLWrapper): SQL => sql`coalesce(${due}, 'infinity'::date)`;

/** Human tasks: the inbox. */
export const tasks = pgTable(
  'tasks',
  {
    id: text().primaryKey(),
    caseId: text('case_id').notNull(),
    kind: text().notNull(),
    round: integer().notNull(),
    role: text().notNull(),
    organ: text().notNull(),
    assignee: text(),
    status: text().$type<'open' | 'completed' | 'overtaken'>().notNull(),
    clock: text(),
    /** The last day of its clock; of a closed task as it was then. The clock is the truth: this is the inbox's order. */
    due: calendarDate(),
    openedAt: instant('opened_at').notNull(),
    closedAt: instant('closed_at'),
    closedBy: text('closed_by'),
    outcome: text(),
    form: jsonb().$type<JsonObject>(),
  },
  (table) => [
    // In the order of the inbox, of a whole organ and of a role alike.
    index('tasks_inbox').on(table.status, table.organ, dueOrNever(table.due), table.id, table.role),
    index('tasks_assignee').on(table.assignee, table.status),
    index('tasks_case').on(table.caseId),
  ],
);

/** Clocks: the event list is the truth, the rest is derived from it by the rules and the calendar. */
export const clocks = pgTable(
  'clocks',
  {
    caseId: text('case_id').notNull(),
    id: text().notNull(),
    limit: text().notNull(),
    events: jsonb().$type<readonly ClockEvent[]>().notNull(),
    state: text().$type<'running' | 'paused' | 'stopped'>().notNull(),
    due: calendarDate(),
    promisedDue: calendarDate('promised_due'),
    lapseAt: instant('lapse_at'),
    /** From when on the card is yellow, and red; so that a colour is a condition of SQL. */
    yellowAt: instant('yellow_at'),
    redAt: instant('red_at'),
    nextAt: instant('next_at'),
    next: jsonb().$type<NextMoment | null>(),
    promised: integer(),
    estimated: text().$type<'yes' | 'no'>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.id] }),
    index('clocks_due').on(table.state, table.due),
  ],
);
