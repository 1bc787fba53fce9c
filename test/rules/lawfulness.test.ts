import { expect, test } from 'vitest';
import { parseDate } from '../../rules/date.js';
import { lawfulnessOn, type PermitEvent, standingsOf } from '../../rules/lawfulness.js';

const event = (on: string, name: string, params: PermitEvent['params'] = {}): PermitEvent => ({
  ...{ event: name, on: parseDate(on), params },
});

/** Issued on 5 March 2026 for 2026-03-10 to 2031-03-09. */
const begun = event('2026-03-05', 'permit.begun', { validFrom: '2026-03-10' });

function verdicts(events: readonly PermitEvent[], validTo: string, ...days: readonly string[]) {
  const standings = standingsOf(events);
  return days.map((day) => {
    const { verdict, article } = lawfulnessOn(parseDate(day), standings, parseDate(validTo));
    return `${day} ${verdict} ${article}`;
  });
}

test('L11: a permit allows discharge from its first day to its last, and neither before nor after', () => {
  expect(verdicts([begun], '2031-03-09', '2026-03-09', '2026-03-10', '2031-03-09', '2031-03-10')).toEqual([
    '2026-03-09 notAllowed REG 33(1)',
    '2026-03-10 allowed REG 2',
    '2031-03-09 allowed REG 2',
    '2031-03-10 notAllowed REG 33(2)',
  ]);
});

test.each([
  ['annulled', 'REG 33(3)'],
  ['revoked', 'REG 33(3)'],
  ['withdrawnByAuthority', 'REG 33(1)'],
])(
  'L11: %s: lawful until the day of service, unlawful from it, and after the cancellation too',
  (state, article) => {
    const events = [
      begun,
      // Recorded three days after the service.
      event('2027-05-13', 'permit.endedByAuthority', { state, on: '2027-05-10' }),
      event('2027-06-18', 'permit.ended'),
    ];
    expect(verdicts(events, '2031-03-09', '2027-05-09', '2027-05-10', '2027-06-17', '2027-06-18')).toEqual([
      '2027-05-09 allowed REG 2',
      `2027-05-10 notAllowed ${article}`,
      `2027-06-17 notAllowed ${article}`,
      '2027-06-18 notAllowed REG 33(3)',
    ]);
  },
);

test('L7: renewed by law it is allowed, to be confirmed or not; the last day is that of the new term', () => {
  const events = [
    begun,
    event('2031-03-10', 'permit.renewedByLaw'),
    event('2031-03-14', 'permit.renewalConfirmed'),
    event('2036-03-10', 'permit.expired'),
  ];
  expect(verdicts(events, '2036-03-09', '2031-03-10', '2031-03-14', '2036-03-09', '2036-03-10')).toEqual([
    '2031-03-10 allowed ALL 50',
    '2031-03-14 allowed REG 2',
    '2036-03-09 allowed REG 2',
    '2036-03-10 notAllowed REG 33(2)',
  ]);
});

test('L7: held is undecided, until a renewal covers the days between; a lapse after it covers nothing', () => {
  const held = [begun, event('2031-03-10', 'permit.held')];
  expect(verdicts(held, '2031-03-09', '2031-03-11')).toEqual(['2031-03-11 undecided REG 9(4)']);
  const renewed = [...held, event('2031-03-13', 'permit.renewedByLaw')];
  expect(verdicts(renewed, '2036-03-09', '2031-03-11')).toEqual(['2031-03-11 allowed ALL 50']);
  const lapsed = [...held, event('2031-03-13', 'permit.expired')];
  expect(verdicts(lapsed, '2031-03-09', '2031-03-11', '2031-03-13')).toEqual([
    '2031-03-11 undecided REG 9(4)',
    '2031-03-13 notAllowed REG 33(2)',
  ]);
});

test('L7: a late renewal gives a new term from the platform’s day, and nothing for the gap before it', () => {
  const events = [
    begun,
    event('2031-03-10', 'permit.expired'),
    event('2031-04-02', 'permit.renewed', { validFrom: '2031-04-01' }),
  ];
  expect(verdicts(events, '2036-03-31', '2031-03-31', '2031-04-01')).toEqual([
    '2031-03-31 notAllowed REG 33(2)',
    '2031-04-01 allowed REG 2',
  ]);
});

test('L16: an imported permit is judged by the term on the platform’s list, and by how it ended there', () => {
  const imported = event('2026-03-05', 'permit.imported', { validFrom: '2020-01-06', validTo: '2025-01-05' });
  const cleanUp = event('2026-03-05', 'permit.toCleanUp');
  expect(verdicts([imported, cleanUp], '2025-01-05', '2024-06-01', '2025-06-01', '2026-03-05')).toEqual([
    '2024-06-01 allowed REG 2',
    '2025-06-01 notAllowed REG 33(2)',
    '2026-03-05 notAllowed REG 33(2)',
  ]);
  const ended = event('2026-03-05', 'permit.importEnded', { ending: 'withdrawal' });
  expect(verdicts([imported, ended], '2025-01-05', '2026-03-05')).toEqual([
    '2026-03-05 notAllowed REG 33(1)',
  ]);
});

test('what changes no state changes nothing here: holds, notes, a change by the authority', () => {
  const events = [
    begun,
    event('2026-04-01', 'permit.holdPlaced'),
    event('2026-04-02', 'permit.changedByAuthority'),
    event('2026-04-03', 'case.closed'),
  ];
  expect(standingsOf(events)).toEqual([{ state: 'valid', since: '2026-03-10' }]);
});
