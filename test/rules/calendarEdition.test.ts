import { describe, expect, test } from 'vitest';
import { type EditionFile, parseEdition } from '../../rules/calendarEdition.js';
import { FaultyInput } from '../../rules/faultyInput.js';
import { changed2026, of2027 } from '../calendar/editions.js';

/** The faults of an edition with something changed. */
function faultsOf(change: (file: EditionFile) => unknown) {
  const file = of2027();
  const changed = change(file);
  try {
    parseEdition(typeof changed === 'object' ? changed : file);
  } catch (error) {
    if (error instanceof FaultyInput) return error.faults;
    throw error;
  }
  return [];
}

describe('L15: the file of an edition', () => {
  test('names each day off and each day worked instead, stretches day by day', () => {
    const { year, document, holidays, workdays } = parseEdition(of2027());
    expect({ year, document }).toEqual({ year: 2027, document: '测试数据〔2026〕1号' });
    expect(holidays.filter(({ zh }) => zh === '元旦').map(({ date }) => date)).toEqual([
      ...['2027-01-01', '2027-01-02', '2027-01-03'],
    ]);
    expect(holidays).toHaveLength(28);
    expect(workdays.map(({ date }) => date)).toContain('2027-02-14');
    expect(parseEdition(changed2026()).holidays).toHaveLength(34);
  });

  test('a make-up workday lies on a weekend', () => {
    expect(faultsOf((file) => file.workdays.push({ date: '2027-03-03', zh: '调休', en: 'make-up' }))).toEqual(
      [
        {
          what: '调休上班日不在周末 · a make-up workday that is no weekend day',
          ...{ where: 'workdays', expected: '星期六或星期日 · a Saturday or Sunday', found: '2027-03-03' },
        },
      ],
    );
  });

  test('no day is both off and worked, and none is named twice', () => {
    expect(faultsOf((file) => file.workdays.push({ date: '2027-01-02', zh: '元旦', en: 'x' }))).toMatchObject(
      [{ found: '2027-01-02', expected: '二者之一 · one of the two' }],
    );
    expect(faultsOf((file) => file.holidays.push({ date: '2027-01-02', zh: '元旦', en: 'x' }))).toMatchObject(
      [{ where: 'holidays.7', found: '2027-01-02', expected: '一次 · once' }],
    );
  });

  test('the year is complete: every statutory holiday is there', () => {
    expect(faultsOf((file) => ({ ...file, holidays: file.holidays.slice(0, 5) }))).toMatchObject([
      { what: '年度不完整 · the year is not complete', expected: '中秋' },
      { expected: '国庆' },
      { expected: '2027-10-01 国庆' },
      { expected: '2027-10-02 国庆' },
      { expected: '2027-10-03 国庆' },
    ]);
  });

  test('every day is a real day of that year', () => {
    expect(faultsOf((file) => file.holidays.push({ date: '2027-02-30', zh: 'x', en: 'x' }))).toMatchObject([
      { what: '不存在的日期 · a day that is not in the calendar', where: 'holidays.7', found: '2027-02-30' },
    ]);
    expect(faultsOf((file) => file.holidays.push({ date: '2026-12-31', zh: 'x', en: 'x' }))).toMatchObject([
      { expected: '2027', found: '2026-12-31' },
    ]);
    const backwards = { from: '2027-03-05', to: '2027-03-01', zh: 'x', en: 'x' };
    expect(faultsOf((file) => file.holidays.push(backwards))).toMatchObject([{ found: '2027-03-01' }]);
  });

  test('what is no edition at all is told apart', () => {
    expect(faultsOf(() => ({ year: '2027' }))[0]).toMatchObject({
      what: '日历文件格式不符 · not the file of an edition',
      where: 'year',
    });
    expect(faultsOf((file) => ({ ...file, more: 1 }))).toHaveLength(1);
  });
});
