import { knownPermits } from '../db/queries/imported.js';
import type { Unit } from '../db/queries/units.js';
import type { Database, Transaction } from '../db/database.js';
import type { Calendar } from '../rules/calendar.js';
import { dateOf, type Instant } from '../rules/date.js';
import { lifePointAt } from '../rules/lifePoint.js';
import { packOfArea } from '../rules/packs/index.js';
import { endedBy, type ImportedPermit } from '../workflows/messages/importedLives.js';
import { type Finding, warning } from './findings.js';
import { judgePermit } from './judge.js';
import type { RowVersion } from './life.js';
import type { ListedPermit, ReadList } from './list.js';

/** By what a page is judged: the legal instant, and the calendar in force. */
export interface Looking {
  readonly now: Instant;
  readonly calendar: Calendar;
}

/** What rows have come to. */
export interface Tally {
  readonly accepted: number;
  readonly rejected: number;
  readonly unchanged: number;
  /** How many permits stand at which point of their life. */
  readonly states: Readonly<Record<string, number>>;
}

/** What a page of permits comes to: what is to be written down, and what is to be said. */
export interface PagePlan extends Tally {
  readonly units: readonly Unit[];
  readonly rows: readonly RowVersion[];
  /** The lives that bring something new. */
  readonly lives: readonly ImportedPermit[];
  readonly findings: readonly Finding[];
}

/** The most rows that one transaction deals with. */
const pageRows = 500;

/** The permits of the page that begins at this one: whole permits, of up to 500 rows together. */
export function pageFrom({ permits }: ReadList, first: number): readonly ListedPermit[] {
  let rows = 0;
  let end = first;
  while (end < permits.length && (end === first || rows + (permits[end]?.acts.length ?? 0) <= pageRows)) {
    rows += permits[end]?.acts.length ?? 0;
    end += 1;
  }
  return permits.slice(first, end);
}

/** Judges a page against what the database holds; reads only. */
export async function planPage(
  db: Database | Transaction,
  page: readonly ListedPermit[],
  { names }: ReadList,
  looking: Looking,
): Promise<PagePlan> {
  const creditCodes = page.flatMap(({ acts }) => acts[0]?.creditCode ?? []);
  const known = await knownPermits(
    db,
    page.map(({ permitNo }) => permitNo),
    creditCodes,
  );
  const judged = page.map((permit) => ({ permit, ...judgePermit(permit, known, names) }));
  const states: Record<string, number> = {};
  const findings = judged.flatMap(({ permit, life, findings: own }) => {
    if (life === null) return own;
    const state = stateOf(life, looking);
    states[state] = (states[state] ?? 0) + 1;
    return state === 'lapsed' && permit.incomplete ? [...own, incomplete(permit)] : own;
  });
  const sum = (count: (each: (typeof judged)[number]) => number): number =>
    judged.reduce((total, each) => total + count(each), 0);
  return {
    accepted: sum(({ taken }) => taken.length),
    rejected: sum(({ rejected }) => rejected),
    unchanged: sum(({ unchanged }) => unchanged),
    ...{ states, findings },
    units: judged.flatMap(({ unit, taken }) => (unit === null || taken.length === 0 ? [] : [unit])),
    rows: judged.flatMap(({ taken }) => taken),
    lives: judged.flatMap(({ life, taken }) => (life === null || taken.length === 0 ? [] : [life])),
  };
}

/** Where a permit stands now: at a point of its life, or at its end. The case's own step comes to the same. */
function stateOf(life: ImportedPermit, { now, calendar }: Looking): string {
  if (life.ending !== null) return endedBy[life.ending];
  return lifePointAt(life, now, packOfArea(life.area, dateOf(now)), calendar);
}

function incomplete({ permitNo, acts }: ListedPermit): Finding {
  return warning(acts[0]?.row ?? 0, 'permitNo', permitNo, 'history.incomplete');
}

/** Adds up what pages have come to. */
export function addTally(one: Tally, other: Tally): Tally {
  const states: Record<string, number> = { ...one.states };
  for (const [state, count] of Object.entries(other.states)) states[state] = (states[state] ?? 0) + count;
  return {
    accepted: one.accepted + other.accepted,
    rejected: one.rejected + other.rejected,
    unchanged: one.unchanged + other.unchanged,
    states,
  };
}
