import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClockEvent, colourAt, explain, momentsBy, remaining, resolve } from '../../rules/clock.js';
import { type CalendarDate, addDays, addYears, atTime, daysBetween } from '../../rules/date.js';
import { limitOf } from '../../rules/pack.js';
import { demonstration } from '../../rules/packs/demonstration/index.js';
import { anyDay, anyStretch, calendar } from './calendars.js';
import { oracleDue } from './oracle.js';

type Stretch = { readonly from: CalendarDate; readonly to: CalendarDate };

const all = Object.values(demonstration.limits);
const countable = all.filter((limit) => limit.unit !== 'year' && limit.length > 0);
const anyCountable = fc.constantFrom(...countable);
const anyForward = fc.constantFrom(...countable.filter((limit) => limit.direction === 'forward'));
const anyPausable = fc.constantFrom(...countable.filter((limit) => limit.pausable));
const anyWorkingDays = fc.constantFrom(
  ...countable.filter(({ pausable, unit }) => pausable && unit === 'workingDay'),
);
const anyPauses = fc.array(anyStretch, { maxLength: 4 });

const started = (limit: string, on: CalendarDate): ClockEvent => ({ type: 'started', limit, on });
const pausing = (pauses: readonly Stretch[]): ClockEvent[] =>
  pauses.flatMap(({ from, to }): ClockEvent[] => [
    { type: 'paused', on: from, ground: 'hearing' },
    { type: 'resumed', on: addDays(to, 1) },
  ]);

function due(events: readonly ClockEvent[]): CalendarDate {
  const day = resolve(events, demonstration, calendar).due;
  if (day === null) throw new Error('the clock has no due day');
  return day;
}

/** Days after `from`, up to and with `to`, that a limit's unit counts. */
function countedDays(unit: string, from: CalendarDate, to: CalendarDate): number {
  let days = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (unit === 'calendarDay' || calendar.isWorkingDay(day)) days += 1;
  }
  return days;
}

describe('for every limit, day and pause', () => {
  test('an independent oracle finds the same due day', () => {
    fc.assert(
      fc.property(anyCountable, anyDay, anyPauses, (limit, on, pauses) => {
        const taken = limit.pausable ? pauses : [];
        const { unit, length, direction, roll } = limit;
        if (unit === 'year') return;
        expect(due([started(limit.id, on), ...pausing(taken)])).toBe(
          oracleDue({ unit, length, direction, roll }, on, taken),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('the explanation recomputes to the due day', () => {
    fc.assert(
      fc.property(anyCountable, anyDay, anyPauses, (limit, on, pauses) => {
        const events = [started(limit.id, on), ...(limit.pausable ? pausing(pauses) : [])];
        const parts = explain(events, demonstration, calendar).filter((part) => part.days > 0);
        const days = parts.reduce((sum, part) => sum + part.days, 0);
        const forward = limit.direction === 'forward';
        expect(addDays(on, forward ? days : -days)).toBe(due(events));
        const counted = parts
          .filter((part) => part.kind === 'counted')
          .reduce((sum, part) => sum + part.days, 0);
        expect(counted).toBe(limit.length);
        // The days follow each other without gap or overlap.
        let next = forward ? addDays(on, 1) : due(events);
        for (const part of parts) {
          expect(part.from).toBe(next);
          expect(part.to).toBe(addDays(part.from, part.days - 1));
          next = addDays(part.from, part.days);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a later start never makes a deadline earlier', () => {
    fc.assert(
      fc.property(anyCountable, anyDay, fc.integer({ min: 0, max: 40 }), (limit, on, later) => {
        expect(due([started(limit.id, addDays(on, later))]) >= due([started(limit.id, on)])).toBe(true);
      }),
    );
  });

  test('a longer limit, a longer pause or an extension never makes a deadline earlier', () => {
    fc.assert(
      fc.property(anyPausable, anyDay, anyStretch, fc.nat(20), (limit, on, pause, more) => {
        const events = [started(limit.id, on), ...pausing([pause])];
        const longer = { ...pause, to: addDays(pause.to, more) };
        expect(due([started(limit.id, on), ...pausing([longer])]) >= due(events)).toBe(true);
        expect(due([...events, { type: 'extended', by: more, reason: '' }]) >= due(events)).toBe(true);
      }),
    );
    fc.assert(
      fc.property(anyDay, anyPauses, (on, pauses) => {
        const events = [started('decision.key', on), ...pausing(pauses)];
        expect(due([...events, { type: 'relimited', limit: 'decision.key.visit' }]) > due(events)).toBe(true);
      }),
    );
  });

  test('a pause moves the deadline by exactly the countable days that it takes out', () => {
    fc.assert(
      fc.property(anyWorkingDays, anyDay, fc.nat(40), fc.nat(20), (limit, on, after, length) => {
        const plain = due([started(limit.id, on)]);
        const from = addDays(on, 1 + after);
        const moved = due([started(limit.id, on), ...pausing([{ from, to: addDays(from, length) }])]);
        // What begins after the due day takes nothing out.
        const taken = from > plain ? 0 : countedDays('workingDay', addDays(from, -1), addDays(from, length));
        expect(countedDays('workingDay', plain, moved)).toBe(taken);
      }),
    );
  });

  test('pauses merge where they overlap: no day is taken out twice', () => {
    fc.assert(
      fc.property(anyPausable, anyDay, anyPauses, (limit, on, pauses) => {
        const dayByDay = pauses.flatMap(({ from, to }) =>
          Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index)),
        );
        const apart = [...new Set(dayByDay)].map((day) => ({ from: day, to: day }));
        expect(due([started(limit.id, on), ...pausing(pauses)])).toBe(
          due([started(limit.id, on), ...pausing(apart)]),
        );
      }),
    );
  });

  test('the order of independent events does not matter', () => {
    const extended: ClockEvent = { type: 'extended', by: 10, reason: '' };
    const orders = anyPauses.chain((pauses) => {
      const groups = [[extended], ...pauses.map((pause) => pausing([pause]))];
      return fc.tuple(fc.constant(groups), fc.shuffledSubarray(groups, { minLength: groups.length }));
    });
    fc.assert(
      fc.property(anyDay, orders, (on, orders) => {
        const [one, other] = orders.map((order) =>
          resolve([started('decision.simplified', on), ...order.flat()], demonstration, calendar),
        );
        expect(one).toEqual(other);
      }),
    );
  });

  test('a pause that is all days off, or lies outside, changes nothing', () => {
    fc.assert(
      fc.property(anyWorkingDays, anyDay, anyStretch, (limit, on, pause) => {
        const plain = due([started(limit.id, on)]);
        const outside = pause.to <= on || pause.from > plain;
        const off = countedDays('workingDay', addDays(pause.from, -1), pause.to) === 0;
        fc.pre(outside || off);
        expect(due([started(limit.id, on), ...pausing([pause])])).toBe(plain);
      }),
    );
  });

  test('a roll never lands on a day off, and never where it need not', () => {
    fc.assert(
      fc.property(anyForward, anyDay, (limit, on) => {
        const day = due([started(limit.id, on)]);
        if (limit.roll === 'nextWorkingDay') {
          expect(calendar.isWorkingDay(day)).toBe(true);
          const plain = addDays(on, limit.length);
          expect(countedDays('workingDay', addDays(plain, -1), day)).toBe(1);
        } else if (limit.unit === 'workingDay') {
          expect(calendar.isWorkingDay(day)).toBe(true);
        } else {
          expect(day).toBe(addDays(on, limit.length));
        }
      }),
    );
  });

  test('counting back is the inverse of counting forward', () => {
    fc.assert(
      fc.property(anyDay, (anchor) => {
        const notice = due([started('hearing.notice', anchor)]);
        expect(calendar.isWorkingDay(notice)).toBe(true);
        expect(countedDays('workingDay', addDays(notice, -1), addDays(anchor, -1))).toBe(
          limitOf(demonstration, 'hearing.notice', anchor).length,
        );
        expect(addDays(due([started('renewal.apply', anchor)]), 60)).toBe(anchor);
      }),
    );
  });

  test('what is left falls to 0 on the due day, and never rises', () => {
    fc.assert(
      fc.property(anyCountable, anyDay, anyPauses, fc.nat(60), (limit, on, pauses, after) => {
        const events = [started(limit.id, on), ...(limit.pausable ? pausing(pauses) : [])];
        const left = (day: CalendarDate): number => remaining(events, demonstration, calendar, day);
        const last = due(events);
        expect(left(last)).toBe(0);
        expect(left(addDays(last, 1))).toBeLessThanOrEqual(0);
        const day = addDays(limit.direction === 'back' ? addDays(last, -60) : on, after);
        expect(left(addDays(day, 1))).toBeLessThanOrEqual(left(day));
        expect(left(day) >= 0).toBe(day <= last || left(day) === 0);
      }),
    );
  });

  test('the colour never goes back to green, and is red once the promise is over', () => {
    const order = ['green', 'yellow', 'red'];
    fc.assert(
      fc.property(
        anyForward,
        anyDay,
        anyPauses,
        fc.nat(90),
        fc.nat(40),
        (limit, on, pauses, after, later) => {
          const events = [started(limit.id, on), ...(limit.pausable ? pausing(pauses) : [])];
          const promised = Math.max(1, limit.length - 3);
          const changes = resolve(events, demonstration, calendar, promised);
          const card = (day: CalendarDate, time: string): number =>
            order.indexOf(colourAt(changes, atTime(day, time)));
          const day = addDays(on, after);
          expect(card(addDays(day, later), '10:00')).toBeGreaterThanOrEqual(card(day, '09:30'));
          const { promisedDue } = resolve(events, demonstration, calendar, promised);
          if (promisedDue === null) throw new Error('nothing promised');
          expect(promisedDue <= due(events)).toBe(true);
          expect(card(addDays(promisedDue, 1), '00:00')).toBe(2);
        },
      ),
    );
  });

  test('the next moment is never one that was handled, and the last of all is the lapse', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), anyDay, (limit, on) => {
        const events = [started(limit.id, on)];
        const seen: string[] = [];
        for (let next = resolve(events, demonstration, calendar).next; next !== null;) {
          expect(seen).not.toContain(next.name);
          seen.push(next.name);
          events.push({ type: 'reached', moment: next.name });
          const at = next.at;
          next = resolve(events, demonstration, calendar).next;
          if (next !== null) expect(next.at >= at).toBe(true);
        }
        expect(seen).toContain('lapse');
      }),
    );
  });

  test('joining changes neither the due day nor a colour, and leaves the moments ahead alone, counted anew or not', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), anyDay, fc.nat(2000), fc.boolean(), (limit, on, after, anew) => {
        const own = [started(limit.id, on)];
        const at = atTime(addDays(on, after), '10:00');
        const retimed: ClockEvent[] = anew ? [{ type: 'retimed', edition: 'demonstration' }] : [];
        const joined: ClockEvent[] = [...own, { type: 'joined', at }, ...retimed];
        expect(due(joined)).toBe(due(own));
        const { yellowAt, redAt } = resolve(own, demonstration, calendar);
        expect(resolve(joined, demonstration, calendar)).toMatchObject({ yellowAt, redAt });
        const behind = momentsBy(own, demonstration, calendar, at);
        const handled = behind.map(({ name }): ClockEvent => ({ type: 'reached', moment: name }));
        expect(resolve(joined, demonstration, calendar).next).toEqual(
          resolve([...own, ...handled], demonstration, calendar).next,
        );
      }),
    );
  });

  test('a term is due on the day of its record, red after it at the latest, and renewed from there', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(4000), fc.integer({ min: -200, max: 200 }), (on, length, ahead) => {
        const recorded = addDays(on, length);
        const at = atTime(addDays(recorded, -ahead), '10:00');
        const events: ClockEvent[] = [
          started('permit.validity', on),
          { type: 'joined', at, due: recorded },
          { type: 'retimed', edition: 'demonstration' },
        ];
        expect(due(events)).toBe(recorded);
        const changes = resolve(events, demonstration, calendar);
        expect(colourAt(changes, atTime(addDays(recorded, 1), '00:00'))).toBe('red');
        const { next, lapseAt } = resolve(events, demonstration, calendar);
        expect(next === null).toBe(lapseAt !== null && lapseAt <= at);
        if (next !== null) expect(next.at > at).toBe(true);
        const renewed: ClockEvent[] = [...events, { type: 'extended', by: 5, reason: 'renewal' }];
        expect(due(renewed)).toBe(addDays(addYears(addDays(recorded, 1), 5), -1));
      }),
    );
  });
});
