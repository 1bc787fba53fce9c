import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type CalendarDate, parseDate } from '../../rules/date.js';
import { staggerInvitations } from '../../rules/invitations.js';

const day = (text: string): CalendarDate => parseDate(text);
// Two weeks of March 2026, from a Monday.
const workdays = [2, 3, 4, 5, 6, 9, 10, 11, 12, 13].map((date) =>
  day(`2026-03-${String(date).padStart(2, '0')}`),
);
// The first week, for whose last day to ask is 10 April.
const window = { earliest: 39, latest: 35 };
const permit = (permitNo: string, lastDay: string) => ({ permitNo, lastDay: day(lastDay) });

describe('A9: staggered invitations', () => {
  test('six that end together are invited two a day, by their numbers', () => {
    const six = ['F', 'E', 'D', 'C', 'B', 'A'].map((no) => permit(no, '2026-04-10'));
    const { perDay, days, late } = staggerInvitations(six, window, workdays);
    expect({ perDay, late }).toEqual({ perDay: 2, late: [] });
    expect(days.map((each) => [each.day, each.permits.map(({ permitNo }) => permitNo)])).toEqual([
      ['2026-03-02', ['A', 'B']],
      ['2026-03-03', ['C', 'D']],
      ['2026-03-04', ['E', 'F']],
    ]);
  });

  test('nobody is invited before his window opens; whose window has passed is told apart', () => {
    const permits = [permit('B', '2026-04-13'), permit('A', '2026-04-10'), permit('L', '2026-04-05')];
    const { perDay, days, late } = staggerInvitations(permits, window, workdays);
    expect(perDay).toBe(1);
    expect(days.map((each) => [each.day, each.permits[0]?.permitNo])).toEqual([
      ['2026-03-02', 'A'],
      ['2026-03-05', 'B'],
    ]);
    expect(late.map(({ permitNo }) => permitNo)).toEqual(['L']);
  });

  test('a window without a working day loses nobody', () => {
    const weekend = permit('W', '2026-04-11');
    expect(staggerInvitations([weekend], { earliest: 35, latest: 34 }, workdays)).toEqual({
      ...{ perDay: 0, days: [], late: [weekend] },
    });
  });

  test('nobody to invite is no invitation', () => {
    expect(staggerInvitations([], window, workdays)).toEqual({ perDay: 0, days: [], late: [] });
  });

  test('any wave: all within their windows, and no plan needs fewer a day', () => {
    const offsets = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 40 });
    fc.assert(
      fc.property(offsets, (all) => {
        const permits = all.map((offset, index) => ({
          permitNo: String(index).padStart(3, '0'),
          lastDay: addDays(day('2026-04-10'), offset),
        }));
        const { perDay, days } = staggerInvitations(permits, window, workdays);
        const opens = ({ lastDay }: { lastDay: CalendarDate }) => addDays(lastDay, -39);
        const closes = ({ lastDay }: { lastDay: CalendarDate }) => addDays(lastDay, -35);
        expect(days.flatMap((each) => each.permits)).toHaveLength(permits.length);
        for (const { day: on, permits: invited } of days)
          expect(invited.every((each) => opens(each) <= on && on <= closes(each))).toBe(true);
        // Hall: what must fit between two working days needs so many a day; the densest such stretch decides.
        const needed = workdays.flatMap((first, from) =>
          workdays.slice(from).map((last, length) => {
            const inside = permits.filter((each) => {
              const own = workdays.filter((on) => opens(each) <= on && on <= closes(each));
              return own.every((on) => first <= on && on <= last);
            });
            return Math.ceil(inside.length / (length + 1));
          }),
        );
        expect(perDay).toBe(Math.max(...needed));
      }),
    );
  });
});
