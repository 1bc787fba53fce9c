import { expect, test } from 'vitest';
import { authorityChange } from '../../workflows/messages/authorityForms.js';
import { calendarDate } from '../../workflows/messages/fields.js';

test('a day that is none, or lies so far ahead that its year must be mistyped, is refused at the border', () => {
  for (const day of ['1992-01-01', '2026-02-28', '2099-12-31']) expect(calendarDate.parse(day)).toBe(day);
  for (const day of ['1991-12-31', '2026-02-29', '2100-01-01', '2926-07-01', '9999-12-31'])
    expect(calendarDate.safeParse(day).error?.issues).toMatchObject([
      { message: 'no such day from 1992-01-01 to 2099-12-31' },
    ]);
  const change = { permitNo: `${'9'.repeat(18)}001P`, unitId: 'steel', area: '990100' };
  const asked = { ...change, trigger: 'standardsChanged', contentId: 'a'.repeat(64), reason: 'x' };
  const mistyped = authorityChange.safeParse({ ...asked, burdensRise: false, effectiveOn: '2926-07-01' });
  expect(mistyped.error?.issues.map(({ path }) => path)).toEqual([['effectiveOn']]);
});
