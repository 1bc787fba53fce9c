import { describe, expect, test } from 'vitest';
import { type ClockEvent, colourAt, remaining, resolve } from '../../rules/clock.js';
import { parseInstant } from '../../rules/date.js';
import { DomainError } from '../../rules/errors.js';
import { demonstration } from '../../rules/packs/demonstration/index.js';
import { calendar, day } from './calendars.js';

const started = (limit: string, on: string): ClockEvent => ({ type: 'started', limit, on: day(on) });
const paused = (on: string, ground = 'hearing'): ClockEvent => ({ type: 'paused', on: day(on), ground });
const resumed = (on: string): ClockEvent => ({ type: 'resumed', on: day(on) });
const stopped = (on: string): ClockEvent => ({ type: 'stopped', on: day(on) });
const reached = (...moments: readonly string[]): ClockEvent[] =>
  moments.map((moment) => ({ type: 'reached', moment }));

const clock = (events: readonly ClockEvent[], promised?: number) =>
  resolve(events, demonstration, calendar, promised);
const left = (events: readonly ClockEvent[], today: string) =>
  remaining(events, demonstration, calendar, day(today));
const card = (events: readonly ClockEvent[], at: string, promised?: number) =>
  colourAt(resolve(events, demonstration, calendar, promised), parseInstant(`${at}:00+08:00`));

/** Every next moment in turn, each handled as it comes. */
function allMoments(events: readonly ClockEvent[], promised?: number): string[] {
  const { next } = clock(events, promised);
  if (next === null) return [];
  const rest = allMoments([...events, { type: 'reached', moment: next.name }], promised);
  return [`${next.at.slice(0, 16)} ${next.name}`, ...rest];
}

// Due on 2026-06-03; with 25 promised days, on 2026-05-27.
const decision = started('decision.key', '2026-04-20');
// Due on 2031-03-15, a Saturday.
const validity = started('permit.validity', '2026-03-16');

describe('the state of a clock', () => {
  test('running: its due day, its lapse at 00:00 of the next, its promise', () => {
    expect(clock([decision], 25)).toMatchObject({
      limit: 'decision.key',
      state: 'running',
      due: '2026-06-03',
      promisedDue: '2026-05-27',
      lapseAt: '2026-06-04T00:00:00.000+08:00',
      estimated: false,
    });
  });

  test('paused: no due day, no moment, until it is resumed', () => {
    const open = [decision, paused('2026-05-11')];
    expect(clock(open)).toMatchObject({ state: 'paused', due: null, lapseAt: null, next: null });
    expect(clock([...open, resumed('2026-05-13')])).toMatchObject({ state: 'running', due: '2026-06-05' });
  });

  test('a promise kept in view while the statutory day is unknown', () => {
    expect(clock([decision, paused('2026-05-28')], 25)).toMatchObject({
      due: null,
      promisedDue: '2026-05-27',
    });
  });

  test('an open pause after the due day pauses nothing', () => {
    expect(clock([decision, paused('2026-06-04')])).toMatchObject({ state: 'running', due: '2026-06-03' });
  });

  test('stopped: it keeps its due day, and has no moment and no lapse', () => {
    expect(clock([decision, stopped('2026-05-20')])).toMatchObject({
      state: 'stopped',
      due: '2026-06-03',
      lapseAt: null,
      next: null,
    });
  });

  test('two grounds at once: it runs again when both have ended', () => {
    const both = [decision, paused('2026-05-11'), paused('2026-05-12', 'testing'), resumed('2026-05-13')];
    expect(clock(both).state).toBe('paused');
    expect(clock([...both, resumed('2026-05-15')]).due).toBe('2026-06-09');
  });

  test('paused and resumed on one day, nothing is taken out', () => {
    expect(clock([decision, paused('2026-05-11'), resumed('2026-05-11')]).due).toBe('2026-06-03');
  });

  test('a new edition of the calendar is a note', () => {
    expect(clock([decision, { type: 'retimed', edition: '2026/2' }])).toEqual(clock([decision]));
  });

  test.each<[string, readonly ClockEvent[], string]>([
    ['an empty list', [], 'clock.state'],
    ['one that does not begin with its start', [stopped('2026-05-11')], 'clock.state'],
    ['one started twice', [decision, decision], 'clock.state'],
    ['one resumed without a pause', [decision, resumed('2026-05-11')], 'clock.state'],
    [
      'one resumed before it was paused',
      [decision, paused('2026-05-12'), resumed('2026-05-11')],
      'clock.state',
    ],
    ['another unit', [decision, { type: 'relimited', limit: 'change.apply' }], 'clock.state'],
    [
      'a pause on a limit that can not pause',
      [started('completeness', '2026-05-11'), paused('2026-05-12')],
      'clock.notPausable',
    ],
    ['an unknown limit', [started('toString', '2026-05-11')], 'input.invalid'],
  ])('refuses %s', (_name, events, code) => {
    const thrown = (() => {
      try {
        return clock(events);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(DomainError);
    expect(thrown).toMatchObject({ code });
  });
});

describe('what is left', () => {
  test('in working days: all of it on the day it starts, 0 on the last day, negative when it is over', () => {
    expect(left([decision], '2026-04-19')).toBe(30);
    expect(left([decision], '2026-04-20')).toBe(30);
    expect(left([decision], '2026-04-21')).toBe(29);
    expect(left([decision], '2026-05-05')).toBe(22);
    expect(left([decision], '2026-06-03')).toBe(0);
    expect(left([decision], '2026-06-07')).toBe(-2);
  });

  test('it stands still in a pause, open or closed', () => {
    const open = [decision, paused('2026-05-11')];
    expect(left(open, '2026-05-10')).toBe(18);
    expect(left(open, '2026-05-20')).toBe(18);
    expect(left([...open, resumed('2026-05-13')], '2026-05-12')).toBe(18);
    expect(left([...open, resumed('2026-05-13')], '2026-05-13')).toBe(17);
  });

  test('in calendar days, those of the roll included', () => {
    // The 30th day is Sunday 5 October 2025, the last lawful one Thursday 9 October.
    const change = started('change.apply', '2025-09-05');
    expect(left([change], '2025-09-05')).toBe(34);
    expect(left([change], '2025-10-05')).toBe(4);
    expect(left([change], '2025-10-08')).toBe(1);
    expect(left([change], '2025-10-10')).toBe(-1);
  });

  test('counted back: until the last day for it', () => {
    const apply = started('renewal.apply', '2026-06-30');
    expect(left([apply], '2026-04-21')).toBe(10);
    expect(left([apply], '2026-05-01')).toBe(0);
    expect(left([apply], '2026-05-03')).toBe(-2);
  });

  test('of a term: in calendar days', () => {
    expect(left([validity], '2031-03-05')).toBe(10);
  });

  test('stopped, it keeps what was left', () => {
    expect(left([decision, stopped('2026-04-21')], '2026-06-30')).toBe(29);
  });
});

describe('the moments', () => {
  test('of a decision: cards and escalations by the promise, the last warning and the lapse by the statute', () => {
    expect(allMoments([decision], 25)).toEqual([
      '2026-05-20T09:00 remind5',
      '2026-05-22T09:00 yellow',
      '2026-05-26T09:00 sectionHead',
      '2026-05-28T00:00 red',
      '2026-05-28T09:00 deputyHead',
      '2026-06-02T09:00 lastWarning',
      '2026-06-04T00:00 lapse',
    ]);
  });

  test('of the three days: both heads are warned before the law accepts', () => {
    // Due on Monday 27 January 2025; the day before is a worked Sunday.
    expect(allMoments([started('completeness', '2025-01-23')])).toEqual([
      '2025-01-26T09:00 yellow',
      '2025-01-26T09:00 warnSectionHead',
      '2025-01-27T09:00 warnDeputyHead',
      '2025-01-28T00:00 lapse',
    ]);
  });

  test('of a supplement: exactly one reminder', () => {
    expect(allMoments([started('supplement.submit', '2026-03-02')])).toEqual([
      '2026-03-25T09:00 remind5',
      '2026-04-02T00:00 lapse',
    ]);
  });

  test('of an undecided renewal: 10, 5, 3 and 1 working days before the last day, itself a Saturday', () => {
    expect(allMoments([started('permit.expiry', '2031-03-15')])).toEqual([
      '2031-03-03T09:00 warn10',
      '2031-03-10T09:00 warn5',
      '2031-03-12T09:00 warn3',
      '2031-03-14T09:00 warn1',
      '2031-03-16T00:00 lapse',
    ]);
  });

  test('of a permit: an anniversary each year, and reminders that are silent on days off', () => {
    expect(allMoments([validity])).toEqual([
      '2027-03-16T03:00 anniversary.1',
      '2028-03-16T03:00 anniversary.2',
      '2029-03-16T03:00 anniversary.3',
      '2030-03-16T03:00 anniversary.4',
      '2030-09-16T09:00 remind180',
      '2030-11-15T09:00 remind120',
      // 15 December 2030 is a Sunday.
      '2030-12-13T09:00 remind90',
      '2030-12-30T09:00 remind75',
      '2031-01-09T09:00 remind65',
      '2031-03-16T00:00 lapse',
    ]);
  });

  test('of a renewed permit: the ladder begins anew for the new term', () => {
    const names = allMoments([validity]).map((line) => line.slice(17));
    const renewed = [
      validity,
      ...reached(...names),
      { type: 'extended', by: 5, reason: '视为延续' } as const,
    ];
    expect(clock(renewed).due).toBe('2036-03-15');
    expect(allMoments(renewed).map((line) => line.slice(0, 4))).toEqual([
      ...['2032', '2033', '2034', '2035', '2035', '2035', '2035', '2035', '2036', '2036'],
    ]);
    expect(allMoments(renewed).at(-1)).toBe('2036-03-16T00:00 lapse');
  });

  test('a pause handled is not handled again: what was reached before it stays reached', () => {
    const events = [decision, ...reached('remind5'), paused('2026-05-21'), resumed('2026-05-25')];
    expect(clock(events, 25).next?.name).toBe('yellow');
  });

  test('a moment that a shorter limit never had is left out', () => {
    // Two days: the yellow card one working day before is real, a reminder at the start would not be.
    expect(allMoments([started('sign', '2026-03-02')])[0]).toBe('2026-03-03T09:00 yellow');
  });

  test('a limit without a ladder only lapses', () => {
    expect(allMoments([started('renewal.apply', '2026-06-30')])).toEqual(['2026-05-02T00:00 lapse']);
  });
});

describe('the colour of the card', () => {
  test('follows the promise: yellow three working days before it, red when it is over', () => {
    expect(card([decision], '2026-05-22T08:59', 25)).toBe('green');
    expect(card([decision], '2026-05-22T09:00', 25)).toBe('yellow');
    expect(card([decision], '2026-05-27T23:59', 25)).toBe('yellow');
    expect(card([decision], '2026-05-28T00:00', 25)).toBe('red');
  });

  test('without a promise it follows the statute', () => {
    expect(card([decision], '2026-05-28T00:00')).toBe('green');
    expect(card([decision], '2026-06-04T00:00')).toBe('red');
  });

  test('stopped, it stays as it was', () => {
    expect(card([decision, stopped('2026-05-27')], '2026-06-30T12:00', 25)).toBe('yellow');
    expect(card([decision, stopped('2026-05-28')], '2026-06-30T12:00', 25)).toBe('red');
  });

  test('paused before the promise it is green', () => {
    expect(card([decision, paused('2026-05-11')], '2026-09-30T12:00', 25)).toBe('green');
  });
});

describe('a clock that comes from the platform’s record', () => {
  const at = parseInstant('2026-03-02T09:00:00+08:00');
  const term = (due: string): readonly ClockEvent[] => [
    { type: 'started', limit: 'permit.validity', on: day('2021-06-05') },
    { type: 'joined', at, due: day(due) },
  ];

  test('is due on the recorded day; a further term runs from there, and a later record replaces both', () => {
    expect(resolve(term('2026-06-10'), demonstration, calendar)).toMatchObject({
      due: '2026-06-10',
      lapseAt: '2026-06-11T00:00:00.000+08:00',
    });
    const renewed: ClockEvent[] = [...term('2026-06-10'), { type: 'extended', by: 5, reason: 'renewal' }];
    expect(resolve(renewed, demonstration, calendar).due).toBe('2031-06-10');
    const corrected: ClockEvent[] = [...renewed, { type: 'joined', at, due: day('2031-06-04') }];
    expect(resolve(corrected, demonstration, calendar).due).toBe('2031-06-04');
  });

  test('has no moments but those that still lie ahead', () => {
    // The reminders 180 and 120 days before, and four anniversaries, lie behind.
    expect(resolve(term('2026-06-10'), demonstration, calendar).next).toMatchObject({
      name: 'remind90',
      at: '2026-03-12T09:00:00.000+08:00',
    });
    expect(resolve(term('2026-03-01'), demonstration, calendar).next).toBeNull();
  });

  test('takes only the end of a term from a record', () => {
    const other: ClockEvent[] = [
      { type: 'started', limit: 'completeness', on: day('2026-03-02') },
      { type: 'joined', at, due: day('2026-03-09') },
    ];
    expect(() => resolve(other, demonstration, calendar)).toThrow('only the end of a term');
    expect(() => resolve(term('2021-06-04'), demonstration, calendar)).toThrow('not before the first day');
  });
});
