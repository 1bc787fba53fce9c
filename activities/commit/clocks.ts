import { eq } from 'drizzle-orm';
import type { Calendar } from '../../rules/calendar.js';
import { type ClockEvent, resolve } from '../../rules/clock.js';
import type { CalendarDate, Instant } from '../../rules/date.js';
import { DomainError } from '../../rules/errors.js';
import type { Procedure } from '../../rules/facts.js';
import { promisedLength, type RulePack } from '../../rules/pack.js';
import { packById } from '../../rules/packs/index.js';
import type { Transaction } from '../../db/database.js';
import { type cases, type clocks, permits } from '../../db/schema/index.js';
import type { ClockChange, ClockView, Day, NextMoment } from '../../workflows/messages/step.js';

type ClockRow = typeof clocks.$inferSelect;

/** The rules that a case's clocks run under. */
export interface ClockRules {
  readonly pack: RulePack;
  readonly calendar: Calendar;
  readonly organ: string;
  readonly procedure: Procedure;
}

/** The rules that a case runs under, by its row and a calendar. Throws `not.found` for a pack that is not there. */
export const rulesOf = (
  row: Pick<typeof cases.$inferSelect, 'packId' | 'organs' | 'procedure'>,
  calendar: Calendar,
): ClockRules => ({
  pack: packById(row.packId),
  calendar,
  organ: row.organs.deciding,
  procedure: row.procedure,
});

/** A clock that was counted out anew: its last lawful day before and after, null while paused. */
export interface Retimed {
  readonly clock: string;
  readonly before: CalendarDate | null;
  readonly after: CalendarDate | null;
  readonly edition: string;
}

/** The clocks of a case after a step: every one of them, and those that the step touched. */
export interface ResolvedClocks {
  readonly touched: readonly ClockRow[];
  readonly all: readonly ClockRow[];
  readonly views: Readonly<Record<string, ClockView>>;
  readonly next: NextMoment | null;
  /** What counting anew has changed, for the ledger. */
  readonly retimed: readonly Retimed[];
  /** The due days of all clocks, as the step leaves them; null while paused. */
  readonly dueDays: Readonly<Record<string, CalendarDate | null>>;
  /** The due day of a clock, as the step leaves it. */
  readonly dueOf: (clock: string) => CalendarDate;
}

/**
 * Applies a step's clock changes to the case's clocks, in order, and resolves each with the rules and the calendar. While
 * the case is held, the clocks run on, but the next moment of the case is never a lapse: those wait, each at its instant,
 * and come in their order once it is released.
 */
export async function resolveClocks(
  tx: Transaction,
  caseId: string,
  rows: readonly ClockRow[],
  changes: readonly ClockChange[],
  rules: ClockRules,
  isHeld: boolean,
): Promise<ResolvedClocks> {
  const all = new Map(rows.map((row) => [row.id, row]));
  const touched = new Set<string>();
  const retimed: Retimed[] = [];
  const dueOf = (clock: string): CalendarDate => {
    const due = all.get(clock)?.due ?? null;
    if (due === null)
      throw new DomainError('clock.state', { what: 'the clock has no due day', where: caseId, found: clock });
    return due;
  };
  for (const change of changes) {
    const before = all.get(change.clock);
    const event =
      change.type === 'retimed'
        ? { type: change.type, edition: change.edition ?? editionFor(before, rules) }
        : await eventOf(tx, change, dueOf);
    const events: readonly ClockEvent[] =
      event.type === 'started' ? [event] : [...(before?.events ?? []), event];
    const row = rowOf(caseId, change.clock, events, rules);
    all.set(change.clock, row);
    if (event.type === 'retimed') {
      const { edition } = event;
      retimed.push({ clock: row.id, before: before?.due ?? null, after: row.due, edition });
    }
    touched.add(change.clock);
  }
  const touchedRows = [...touched].flatMap((id) => all.get(id) ?? []);
  return {
    touched: touchedRows,
    all: [...all.values()],
    views: Object.fromEntries(touchedRows.map((row) => [row.id, viewOf(row)])),
    next: earliest([...all.values()], isHeld),
    retimed,
    dueDays: Object.fromEntries([...all.values()].map((row) => [row.id, row.due])),
    dueOf,
  };
}

/** The edition that a clock's last day is counted by; while it is paused, that of the day it runs from. */
function editionFor(row: ClockRow | undefined, { calendar }: ClockRules): string {
  const [started] = row?.events ?? [];
  const day = row?.due ?? (started?.type === 'started' ? started.on : undefined);
  return day === undefined ? '' : calendar.editionOf(day);
}

async function eventOf(
  tx: Transaction,
  change: Exclude<ClockChange, { readonly type: 'retimed' }>,
  dueOf: (clock: string) => CalendarDate,
): Promise<ClockEvent> {
  const { clock: _, ...event } = change;
  if (event.type !== 'started') return event;
  return { ...event, on: await literalDay(tx, event.on, dueOf) };
}

async function literalDay(
  tx: Transaction,
  day: Day,
  dueOf: (clock: string) => CalendarDate,
): Promise<CalendarDate> {
  if (typeof day === 'string') return day;
  if ('dueOf' in day) return dueOf(day.dueOf);
  const [permit] = await tx
    .select({ validTo: permits.validTo })
    .from(permits)
    .where(eq(permits.permitNo, day.permitNo));
  if (permit === undefined)
    throw new DomainError('not.found', { what: 'no such permit', found: day.permitNo });
  return permit.validTo;
}

/** A clock's row, counted out by the rules. Throws as `resolve` does. */
export function rowOf(
  caseId: string,
  id: string,
  events: readonly ClockEvent[],
  rules: ClockRules,
): ClockRow {
  const started = events[0];
  if (started?.type !== 'started') {
    throw new DomainError('clock.state', { what: 'the clock was never started', where: caseId, found: id });
  }
  const limit = events.reduce(
    (current, event) => (event.type === 'relimited' ? event.limit : current),
    started.limit,
  );
  const promised = promisedLength(rules.pack, rules.organ, rules.procedure, limit);
  const resolved = resolve(events, rules.pack, rules.calendar, promised);
  const next: NextMoment | null =
    resolved.next === null
      ? null
      : {
          clock: id,
          moment: resolved.next.name,
          at: resolved.next.at,
          action: resolved.next.action,
          level: resolved.next.level ?? null,
        };
  return {
    caseId,
    id,
    limit,
    events,
    state: resolved.state,
    due: resolved.due,
    promisedDue: resolved.promisedDue,
    lapseAt: resolved.lapseAt,
    yellowAt: resolved.yellowAt,
    redAt: resolved.redAt,
    nextAt: next?.at ?? null,
    next,
    promised: promised ?? null,
    estimated: resolved.estimated ? 'yes' : 'no',
  };
}

/** What a case knows of a clock. */
export function viewOf(row: ClockRow): ClockView {
  return {
    limit: row.limit,
    state: row.state,
    due: row.due,
    lapsed: row.lapseAt !== null && hasLapsed(row.events, row.lapseAt),
  };
}

/**
 * Whether the lapse was reached, or lay behind the clock when it came to us, and no later extension gave it a new last day.
 */
function hasLapsed(events: readonly ClockEvent[], lapseAt: Instant): boolean {
  return events.reduce((lapsed, event) => {
    if (event.type === 'reached' && event.moment === 'lapse') return true;
    if (event.type === 'joined') return event.at >= lapseAt;
    return event.type === 'extended' ? false : lapsed;
  }, false);
}

/** Whether a clock counts out to another next moment than the one that its row holds: an edition has changed it. */
export function isOutdated(row: ClockRow, rules: ClockRules): boolean {
  const { next } = rowOf(row.caseId, row.id, row.events, rules);
  return next?.moment !== row.next?.moment || next?.at !== row.next?.at;
}

/** The earliest next moment; at the same instant the clocks' names decide, so that every machine agrees. */
export function earliest(rows: readonly ClockRow[], isHeld: boolean): NextMoment | null {
  return rows.reduce<NextMoment | null>((first, { next }) => {
    if (next === null || (isHeld && next.action === 'lapse')) return first;
    if (first === null || next.at < first.at || (next.at === first.at && next.clock < first.clock))
      return next;
    return first;
  }, null);
}
