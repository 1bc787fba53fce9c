import { describe, expect, test } from 'vitest';
import { run } from '../../cli/program.js';

interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function deadline(...args: readonly string[]): Promise<Result> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(['deadline', ...args], {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

async function answer(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await deadline(...args, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Record<string, unknown>;
}

describe('yizheng deadline', () => {
  test('answers in JSON with exactly the promised shape', async () => {
    const { explanation, ...rest } = await answer('--limit', 'decision.simplified', '--from', '2026-02-10');
    expect(rest).toEqual({
      limit: 'decision.simplified',
      from: '2026-02-10',
      due: '2026-03-16',
      unit: 'workingDay',
      citation: 'REG 12',
      standing: 'seen',
      estimated: false,
    });
    for (const part of explanation as Record<string, unknown>[]) {
      expect(Object.keys(part)).toEqual(['from', 'to', 'kind', 'days', 'zh', 'en', 'citation']);
    }
  });

  test('counts a day off as the start', async () => {
    expect(await answer('--limit', 'completeness', '--from', '2025-10-03')).toMatchObject({
      due: '2025-10-11',
    });
  });

  test('takes pauses out, both ends included, merged where they overlap, none outside', async () => {
    const args = ['--limit', 'decision.simplified', '--from', '2026-02-10'];
    const pauses = ['2026-02-25..2026-02-27', '2026-02-26..2026-03-01', '2027-01-04..2027-01-05'];
    const given = pauses.flatMap((pause) => ['--pause', pause]);
    expect(await answer(...args, ...given)).toMatchObject({ due: '2026-03-20', estimated: false });
    expect(await answer(...args, '--pause', '2026-03-16..2026-03-16')).toMatchObject({ due: '2026-03-17' });
  });

  test('says that a year is not announced yet', async () => {
    expect(await answer('--limit', 'decision.key', '--from', '2031-01-06')).toMatchObject({
      estimated: true,
    });
  });

  test('speaks both languages without --json', async () => {
    const { code, out } = await deadline('--limit', 'renewal.apply', '--from', '2026-06-30');
    expect(code).toBe(0);
    expect(out).toContain('2026-05-01');
    expect(out).toContain('《排污许可管理条例》第十四条');
    expect(out).toContain('The last lawful day is 1 May 2026');
  });

  test('lists every limit', async () => {
    const { code, out } = await deadline('--list', '--json');
    expect(code).toBe(0);
    const limits = JSON.parse(out) as { limit: string; citation: string; zh: string }[];
    const ids = limits.map(({ limit }) => limit);
    expect(ids).toEqual(
      expect.arrayContaining([
        ...['completeness', 'decision.simplified', 'decision.key', 'decision.key.visit', 'renewal.apply'],
        ...[
          'renewal.decision',
          'delivery',
          'publicity',
          'change.apply',
          'registration.change',
          'hearing.request',
        ],
        ...['penalty.hearing.request', 'penalty.decision'],
      ]),
    );
    expect((await deadline('--list')).out.split('\n')).toHaveLength(ids.length);
  });

  test.each<[string, readonly string[], string]>([
    ['an unknown limit', ['--limit', 'nothing', '--from', '2026-01-05'], 'unknown time limit'],
    ['no limit', ['--from', '2026-01-05'], '--limit is missing'],
    ['no day', ['--limit', 'delivery'], '--from is missing'],
    ['nothing at all', [], '--limit is missing'],
    ['a day that is none', ['--limit', 'delivery', '--from', '2026-02-30'], 'not a calendar day at --from'],
    [
      'a pause that ends before it begins',
      [...['--limit', 'decision.key', '--from', '2026-01-05'], '--pause', '2026-02-02..2026-02-01'],
      'ends before it begins',
    ],
    [
      'a pause without an end',
      [...['--limit', 'decision.key', '--from', '2026-01-05'], '--pause', '2026-02-02'],
      'not a stretch of days',
    ],
    [
      'a pause of days that are none',
      [...['--limit', 'decision.key', '--from', '2026-01-05'], '--pause', 'a..b'],
      'not a calendar day at --pause',
    ],
    [
      'a pause of three ends',
      [
        ...['--limit', 'decision.key', '--from', '2026-01-05'],
        '--pause',
        '2026-02-02..2026-02-03..2026-02-04',
      ],
      'not a stretch of days',
    ],
    [
      'a pause on a limit that can not pause',
      [...['--limit', 'completeness', '--from', '2026-01-05'], '--pause', '2026-01-06..2026-01-06'],
      'completeness can not be paused',
    ],
    ['an unknown option', ['--limits', 'delivery'], 'unknown option'],
    ['an option without its value', ['--limit'], 'argument missing'],
    ['a stray word', ['--list', 'everything'], 'too many arguments'],
    ['--list with more', ['--list', '--limit', 'delivery'], '--list stands alone'],
    ['a deadline past the year 9999', ['--limit', 'delivery', '--from', '9999-12-31'], 'not a calendar day'],
  ])('refuses %s on standard error, with exit 2', async (_name, args, message) => {
    const { code, out, err } = await deadline(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
  });

  test('an unknown command and no command are refused too; help is not', async () => {
    const silent = { out: () => undefined, err: () => undefined };
    expect(await run(['dead-line'], silent)).toBe(2);
    expect(await run([], silent)).toBe(2);
    expect(await run(['deadline', '--help'], silent)).toBe(0);
  });
});
