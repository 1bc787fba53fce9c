import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../cli/program.js';
import { goodPlan, goodReport } from '../checks/documents.js';

const known = (name: string): string => new URL(`../checks/known/${name}`, import.meta.url).pathname;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yizheng-check-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function check(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(['check', ...args], {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

async function written(name: string, value: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

const on = ['--on', '2026-11-24'];

describe('Q5: yizheng check', () => {
  test('finds nothing in a clean permit, report and plan, with exit 0', async () => {
    expect(await check('permit', known('clean.json'), ...on)).toEqual({
      code: 0,
      out: '未发现问题 · nothing found',
      err: '',
    });
    expect((await check('report', await written('report.json', goodReport), ...on)).code).toBe(0);
    expect((await check('plan', await written('plan.json', goodPlan), ...on)).code).toBe(0);
  });

  test('prints findings and what is proposed, as text and as JSON, with exit 1', async () => {
    const text = await check('permit', known('permit.json'), ...on);
    expect({ code: text.code, err: text.err }).toEqual({ code: 1, err: '' });
    expect(text.out).toContain('PQ-03 [1] 管理类别错误（降级管理） · wrong class (too low)  lines.0.steps');
    expect(text.out).toContain('应为 expected: 2031-03-19（5 年） · 2031-03-19 (5 years)');
    const { code, out } = await check('permit', known('permit.json'), ...on, '--json');
    const { findings, acts } = JSON.parse(out) as { findings: Record<string, unknown>[]; acts: unknown[] };
    expect(code).toBe(1);
    expect(findings.map(({ rule }) => rule)).toEqual(['PQ-03', 'PQ-33', 'PQ-38', 'TL-01']);
    expect(acts).toHaveLength(4);
    expect(Object.keys(findings[0] ?? {}).sort()).toEqual(
      [
        ...[
          'rule',
          'basis',
          'reads',
          'condition',
          'severity',
          'test',
          'remedy',
          'category',
          'at',
          'expected',
        ],
        ...['found', 'act', 'suspicion', 'standing', 'caution'],
      ].sort(),
    );
  });

  test('the day of the check decides: the same permit has lapsed five years later', async () => {
    const { code, out } = await check('permit', known('clean.json'), '--on', '2031-03-20');
    expect(code).toBe(1);
    expect(out).toContain('TL-06');
    expect((await check('permit', known('clean.json'), '--on', '2031-01-18')).code).toBe(0);
    expect((await check('permit', known('clean.json'), '--on', '2031-01-19')).out).toContain('TL-02');
  });

  test.each(['permit', 'report', 'plan'])(
    'prints the JSON schema and the checklist of a %s',
    async (document) => {
      const { code, out } = await check(document, '--schema');
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
      });
      expect((await check(document, '--checklist')).out).toMatch(
        /完整性 · complete[^]*规范性[^]*一致性[^]*时效性 · timely/,
      );
    },
  );

  test('a malformed permit is refused with exit 2, every fault with path, expected and found', async () => {
    const clean = JSON.parse(readFileSync(known('clean.json'), 'utf8')) as { permit: object };
    const path = await written('bad.json', {
      ...clean,
      permit: { ...clean.permit, category: 'major', validFrom: '2026-02-30' },
      limits: [{ outlet: 'DA001', pollutant: '颗粒物', annual: ['7.2'] }],
      colour: 'green',
    });
    const { code, out, err } = await check('permit', path);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('permit.category; expected key | simplified | registration; found "major"');
    expect(err).toMatch(/permit\.validFrom; expected .*; found "2026-02-30"/);
    expect(err).toContain('limits.0.annual.0; expected number; found "7.2"');
    expect(err).toContain('unknown field at');
    expect(err.split('\n')).toHaveLength(4);
  });

  test.each<[string, readonly string[], string]>([
    ['an unknown document', ['licence', 'x.json'], 'unknown document licence'],
    ['no file', ['permit'], 'FILE.json is missing'],
    ['a file that is not there', ['permit', 'nowhere.json'], 'nowhere.json'],
    ['a file beside a region', ['permit', 'x.json', '--region', 'y'], 'exclude each other'],
    ['a region that is not there', ['permit', '--region', 'nowhere.jsonl'], 'nowhere.jsonl'],
    [
      'a day that is none',
      ['permit', known('clean.json'), '--on', '2026-02-30'],
      'not a calendar day at --on',
    ],
    ['a file that is not JSON', ['permit', new URL(import.meta.url).pathname], 'not JSON'],
  ])('refuses %s, with exit 2', async (_name, args, message) => {
    const { code, out, err } = await check(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  test('checks a region from JSON Lines and from a folder: the others too when one is refused', async () => {
    const [clean, faulty] = [known('clean.json'), known('permit.json')].map((path) =>
      JSON.stringify(JSON.parse(readFileSync(path, 'utf8'))),
    );
    const good = await written('good.jsonl', `${clean ?? ''}\n\n${clean ?? ''}\n`);
    expect(await check('permit', '--region', good, ...on)).toMatchObject({ code: 0, out: '' });
    const mixed = await written('mixed.jsonl', [clean, '{"unit":', faulty].join('\r\n'));
    const { code, out, err } = await check('permit', '--region', mixed, ...on, '--json');
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ where: `${mixed}:3`, findings: [{ rule: 'PQ-03' }, {}, {}, {}] });
    expect(err).toContain(`not JSON at ${mixed}:2`);
    expect(err).toContain('共 documents 3，有问题 with findings 1，问题 findings 4，无法核查 refused 1');
    const byFolder = await check('permit', '--region', known(''), ...on);
    expect(byFolder.code).toBe(1);
    expect(byFolder.out).toContain('permit.json: PQ-03 lines.0.steps; PQ-33');
    expect(byFolder.err).toContain('PQ-03 1  PQ-33 1  PQ-38 1  TL-01 1');
  });
});
