import { describe, expect, test } from 'vitest';
import { type ClockEvent, explain } from '../../rules/clock.js';
import { demonstration } from '../../rules/packs/demonstration/index.js';
import { calendar, day } from './calendars.js';

const partsOf = (limit: string, on: string, more: readonly ClockEvent[] = [], promised?: number) =>
  explain([{ type: 'started', limit, on: day(on) }, ...more], demonstration, calendar, promised);

const kinds = (parts: ReturnType<typeof partsOf>) => parts.map(({ kind }) => kind);

describe('the explanation', () => {
  const parts = partsOf('decision.simplified', '2026-02-10', [
    { type: 'paused', on: day('2026-02-25'), ground: 'expertReview' },
    { type: 'resumed', on: day('2026-03-02') },
  ]);

  test('tells rule, start, what counts, what is skipped, the pause and the last day, in order', () => {
    expect(parts.map(({ kind, from, to, days }) => [kind, from, to, days])).toEqual([
      ['rule', '2026-02-10', '2026-02-10', 0],
      ['start', '2026-02-10', '2026-02-10', 0],
      ['counted', '2026-02-11', '2026-02-13', 3],
      ['counted', '2026-02-14', '2026-02-14', 1],
      ['holiday', '2026-02-15', '2026-02-23', 9],
      ['counted', '2026-02-24', '2026-02-24', 1],
      ['pause', '2026-02-25', '2026-03-01', 5],
      ['counted', '2026-03-02', '2026-03-06', 5],
      ['weekend', '2026-03-07', '2026-03-08', 2],
      ['counted', '2026-03-09', '2026-03-13', 5],
      ['weekend', '2026-03-14', '2026-03-15', 2],
      ['counted', '2026-03-16', '2026-03-20', 5],
      ['due', '2026-03-20', '2026-03-20', 0],
    ]);
  });

  test('cites the article, the calendar notice and the ground of the pause', () => {
    expect(parts.map(({ citation }) => citation)).toEqual([
      ...['REG 12', 'CC 201', null, '国办发明电〔2025〕7号', '国办发明电〔2025〕7号', null, 'ALL 45'],
      ...[null, 'ALL 82', null, 'ALL 82', null, null],
    ]);
  });

  test('speaks Chinese and English', () => {
    expect(parts[0]?.zh).toBe(
      '期限“审批决定（简化管理）”为20个工作日，依据《排污许可管理条例》第十二条。按工作日计算，依据《行政许可法》第八十二条。',
    );
    expect(parts[3]).toMatchObject({
      zh: '2026年2月14日（春节调休上班）为工作日，计入1日。',
      en: '14 February 2026: make-up workday for Spring Festival, counted.',
    });
    expect(parts[6]).toMatchObject({
      zh: '2026年2月25日至2026年3月1日扣除（专家评审），共4个工作日，不计入期限。',
      en: 'The pause 25 February 2026 to 1 March 2026 (expert review) takes out 4 working days.',
    });
    expect(parts.at(-1)?.en).toBe('The last lawful day is 20 March 2026, until 24:00.');
  });

  test('tells a roll forward', () => {
    const rolled = partsOf('change.apply', '2025-09-05');
    expect(kinds(rolled)).toEqual(['rule', 'start', 'counted', 'roll', 'due']);
    expect(rolled[3]).toMatchObject({ from: '2025-10-06', to: '2025-10-09', days: 4, citation: 'CC 203' });
  });

  test('tells how it is counted back, and that the anchor is not counted', () => {
    const back = partsOf('renewal.apply', '2026-06-30');
    expect(back.map(({ kind, from, to, days }) => [kind, from, to, days])).toEqual([
      ['rule', '2026-06-30', '2026-06-30', 0],
      ['start', '2026-06-30', '2026-06-30', 0],
      ['counted', '2026-05-01', '2026-06-29', 60],
      ['due', '2026-05-01', '2026-05-01', 0],
    ]);
    expect(back[1]?.zh).toContain('向前推算');
  });

  test('tells an extension with its reason, a change of limit, a promise and a stop', () => {
    const parts = partsOf(
      'decision.key',
      '2025-09-01',
      [
        { type: 'relimited', limit: 'decision.key.visit' },
        { type: 'stopped', on: day('2025-10-20') },
      ],
      40,
    );
    expect(kinds(parts)).toContain('relimited');
    expect(parts.find(({ kind }) => kind === 'promise')).toMatchObject({ from: '2025-10-31' });
    expect(parts.at(-1)).toMatchObject({ kind: 'stopped', from: '2025-10-20' });
    const extended = partsOf('decision.simplified', '2026-02-10', [
      { type: 'extended', by: 10, reason: '专家意见尚未汇总' },
    ]);
    expect(extended.find(({ kind }) => kind === 'extension')).toMatchObject({
      zh: '经批准延长10个工作日，理由：专家意见尚未汇总。',
      citation: 'ALL 42',
    });
  });

  test('tells a pause that still lasts, and one that takes nothing out', () => {
    const parts = partsOf('decision.key', '2026-04-20', [
      { type: 'paused', on: day('2026-04-01'), ground: 'testing' },
      { type: 'resumed', on: day('2026-04-10') },
      { type: 'paused', on: day('2026-05-11'), ground: 'hearing' },
    ]);
    const pauses = parts.filter(({ kind }) => kind === 'pause');
    expect(pauses.map(({ from, to, days }) => [from, to, days])).toEqual([
      ['2026-05-11', null, 0],
      ['2026-04-01', '2026-04-09', 0],
    ]);
    expect(parts.some(({ kind }) => kind === 'due')).toBe(false);
  });

  test('tells a value that is not read in the law, and who has confirmed it', () => {
    expect(partsOf('supplement.submit', '2026-03-02')[0]?.zh).toContain('林若川');
  });

  test('tells that a year is not announced yet', () => {
    const estimate = partsOf('completeness', '2026-12-29').find(({ kind }) => kind === 'estimate');
    expect(estimate).toMatchObject({ from: '2027-01-01', to: '2027-01-01', days: 0 });
  });

  test('tells that the rule is younger than the day it is asked for', () => {
    expect(partsOf('completeness', '2020-05-06')[0]?.en).toContain('in force from 1 March 2021');
  });
});
