import { expect, test } from 'vitest';
import { competentOn } from '../../rules/competence.js';
import { parseDate } from '../../rules/date.js';
import { demonstration } from '../../rules/packs/demonstration/index.js';
import { organsOfSuperior } from '../../rules/superior.js';

const organsOn = (area: string, day: string) => {
  const { accepting, reviewing, deciding, sealing, supervising } = competentOn(
    demonstration,
    area,
    'first',
    parseDate(day),
  );
  return [accepting, reviewing, deciding, sealing, supervising];
};
const all = (organ: string) => Array<string>(5).fill(organ);

test('L19: an entrusted bureau acts from the first day of its term to the last; outside, the organ that entrusted it', () => {
  expect(organsOn('990171', '2024-06-30')).toEqual(all('yunchuan'));
  expect(organsOn('990171', '2024-07-01')).toEqual(all('zone'));
  expect(organsOn('990171', '2044-06-30')).toEqual(all('zone'));
  expect(organsOn('990171', '2044-07-01')).toEqual(all('yunchuan'));
});

test('L19: what rests on a statute or on a dispatch has no term', () => {
  expect(organsOn('990200', '2044-07-01')).toEqual([
    ...[
      'lanjiang.approval',
      'lanjiang.ecology',
      'lanjiang.approval',
      'lanjiang.approval',
      'lanjiang.ecology',
    ],
  ]);
  expect(organsOn('990121', '2044-07-01').slice(0, 3)).toEqual([
    ...['yunchuan.qinghe', 'yunchuan.qinghe', 'yunchuan'],
  ]);
});

test('L11, L19: once the entrustment is over, the superior is that of the organ that decides now', () => {
  const superiorOn = (day: string) =>
    organsOfSuperior(demonstration, '990171', 'annulment', parseDate(day)).deciding;
  expect(superiorOn('2044-06-30')).toBe('yunchuan');
  expect(superiorOn('2044-07-01')).toBe('province');
});
