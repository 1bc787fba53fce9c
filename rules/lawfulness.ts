import type { CalendarDate } from './date.js';
import type { EventName } from './events.js';
import type { permitEvents } from './events/permit.js';
import type { authorityEvents } from './events/authority.js';

type Params = Readonly<Record<string, unknown>>;

/** What a permit's ledger says, as far as this rule reads it. */
export interface PermitEvent {
  readonly event: string;
  /** The day of the event, Asia/Shanghai. */
  readonly on: CalendarDate;
  readonly params: Params;
}

/** How a permit stood from a day on. */
export interface Standing {
  readonly state: string;
  readonly since: CalendarDate;
}

/**
 * Whether the permit allows its unit to discharge on a day. It speaks of the permit alone: whether anything was discharged,
 * and whether another permit covers it, people find out.
 */
export interface Lawfulness {
  readonly on: CalendarDate;
  readonly verdict: 'allowed' | 'notAllowed' | 'undecided';
  readonly state: string;
  readonly since: CalendarDate | null;
  readonly article: string;
  readonly zh: string;
  readonly en: string;
}

type LifeEvent = Extract<keyof typeof permitEvents | keyof typeof authorityEvents, `permit.${string}`>;
type Reading = (event: PermitEvent) => Standing | null;

const day = (value: unknown, otherwise: CalendarDate): CalendarDate =>
  typeof value === 'string' ? (value as CalendarDate) : otherwise;
const from =
  (state: string, dayOf?: string): Reading =>
  ({ on, params }) => ({ state, since: dayOf === undefined ? on : day(params[dayOf], on) });
/** How the platform's list says that a permit has ended. */
const endings: Readonly<Record<string, string>> = {
  ...{ cancellation: 'cancelled', annulment: 'annulled' },
  ...{ withdrawal: 'withdrawnByAuthority', revocation: 'revoked' },
};
const nothing: Reading = () => null;

/** What each event of a permit's life makes of it. A new event that nobody has judged here does not compile. */
const readings: Readonly<Record<LifeEvent, Reading>> = {
  'permit.begun': from('valid', 'validFrom'),
  'permit.imported': from('valid', 'validFrom'),
  'permit.importCorrected': from('valid', 'validFrom'),
  'permit.toCleanUp': from('lapsed'),
  'permit.importEnded': ({ on, params }) => ({
    state: endings[String(params['ending'])] ?? 'cancelled',
    since: on,
  }),
  'permit.held': from('held'),
  'permit.renewedByLaw': from('toBeConfirmed'),
  'permit.renewalConfirmed': from('valid'),
  'permit.renewed': from('valid', 'validFrom'),
  'permit.expired': from('lapsed'),
  'permit.endedByAuthority': ({ on, params }) => ({
    state: String(params['state']),
    since: day(params['on'], on),
  }),
  'permit.ended': from('cancelled'),
  'permit.changedByAuthority': nothing,
  'permit.holdPlaced': nothing,
  'permit.holdReleased': nothing,
  'permit.annotated': nothing,
};

/** The states that a permit has had, in order, by its ledger. */
export function standingsOf(events: readonly PermitEvent[]): readonly Standing[] {
  return events.flatMap((event) => {
    const read: Reading = Object.hasOwn(readings, event.event) ? readings[event.event as LifeEvent] : nothing;
    return read(event) ?? [];
  });
}

/** The events that bear on it: what a reader of ledgers has to fetch. */
export const lifeEvents: readonly EventName[] = Object.keys(readings) as LifeEvent[];

type Meaning = Pick<Lawfulness, 'verdict' | 'article' | 'zh' | 'en'>;

const ended: Meaning = {
  verdict: 'notAllowed',
  article: 'REG 33(3)',
  zh: '许可证已撤销、吊销或者注销，不得排污。',
  en: 'The permit was annulled, revoked or cancelled: it allows no discharge.',
};

/** What each state means for whoever discharges, and the article that says so. */
const meanings: Readonly<Record<string, Meaning>> = {
  valid: {
    verdict: 'allowed',
    article: 'REG 2',
    zh: '许可证有效，可以按证排污。',
    en: 'The permit is in force: discharge is allowed within its terms.',
  },
  toBeConfirmed: {
    verdict: 'allowed',
    article: 'ALL 50',
    zh: '延续申请按期提出，许可证依法视为准予延续，可以按证排污。',
    en: 'Renewed by law: discharge is allowed within its terms.',
  },
  held: {
    verdict: 'undecided',
    article: 'REG 9(4)',
    zh: '有效期已满，延续申请尚待结果，能否排污尚未确定。',
    en: 'Past its last day with the renewal’s result still to come: not decided yet.',
  },
  lapsed: {
    verdict: 'notAllowed',
    article: 'REG 33(2)',
    zh: '许可证已到期失效，不得排污。',
    en: 'The permit has lapsed: it allows no discharge.',
  },
  withdrawnByAuthority: {
    // REG 33(3) does not name a withdrawn permit: until its cancellation it is simply none.
    verdict: 'notAllowed',
    article: 'REG 33(1)',
    zh: '许可证已被撤回，不得排污。',
    en: 'The permit was withdrawn: it allows no discharge.',
  },
  none: {
    verdict: 'notAllowed',
    article: 'REG 33(1)',
    zh: '当日许可证尚未生效，不得凭该证排污。',
    en: 'The permit was not in force yet: it allows no discharge.',
  },
  annulled: ended,
  revoked: ended,
  cancelled: ended,
};

/**
 * The answer for a day, by the states that the permit has had and the last day of its present term. The day on which a
 * decision that ends a permit is served is allowed no more; a day on which the permit was held is allowed once a renewal
 * covers it. Sources: REG 2, 14, 33; ALL 50, 69, 70.
 */
export function lawfulnessOn(
  on: CalendarDate,
  standings: readonly Standing[],
  validTo: CalendarDate,
): Lawfulness {
  const reached = standings.filter(({ since }) => since <= on);
  const standing = reached.at(-1);
  const after = standings[standing === undefined ? 0 : standings.indexOf(standing) + 1];
  const covered =
    standing?.state === 'held' && (after?.state === 'valid' || after?.state === 'toBeConfirmed');
  const inTerm = standing?.state === 'valid' || standing?.state === 'toBeConfirmed';
  const over = inTerm && on > validTo;
  const state = over ? 'lapsed' : covered ? after.state : (standing?.state ?? 'none');
  return { on, state, since: standing?.since ?? null, ...(meanings[state] ?? ended) };
}
