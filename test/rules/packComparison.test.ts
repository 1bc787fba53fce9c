import { describe, expect, test } from 'vitest';
import { comparePacks } from '../../rules/packComparison.js';
import { demonstration } from '../../rules/packs/demonstration/index.js';
import { demonstration2 } from '../../rules/packs/demonstration2.js';
import { packOf, packsOn } from '../../rules/packs/index.js';
import { day } from './calendars.js';

describe('A8: two packs compared', () => {
  test('what was altered, in both languages, with marks and citations of both', () => {
    const differences = comparePacks(demonstration, demonstration2);
    expect(differences.map(({ change, kind, id }) => `${change} ${kind} ${id}`)).toEqual([
      'altered limit review.element',
      'altered promise decision.key/yunchuan/first',
      'altered promise decision.key/yunchuan/reapplication',
      'altered signingChain default',
    ]);
    const [limit] = differences;
    expect(limit?.zh).toMatch(/^修改 .*：10个工作日（.*推定，已确认） → 5个工作日（.*推定，已确认）$/);
    expect(limit?.en).toMatch(/^altered .*: 10 working days .* → 5 working days .*derived, confirmed\)$/);
    expect(limit?.before?.standing).toBe('derived');
    expect(differences.at(-1)?.zh).toContain('法制审核（需要时）');
  });

  test('what was added and removed; the same pack has no difference', () => {
    const { completeness: _, ...limits } = demonstration.limits;
    const without = { ...demonstration, limits };
    const removed = comparePacks(demonstration, without);
    expect(removed.map(({ change, kind, id }) => `${change} ${kind} ${id}`)).toContain(
      'removed limit completeness',
    );
    expect(removed.every(({ after }) => after === null)).toBe(true);
    expect(comparePacks(without, demonstration).map(({ change }) => change)).toContain('added');
    expect(comparePacks(demonstration, demonstration)).toEqual([]);
  });
});

describe('A8: packs that follow each other', () => {
  test('the later one is in force from its first day, one a region', () => {
    expect(packOf('990000', day('2039-12-31')).id).toBe('demonstration-1');
    expect(packOf('990000', day('2040-01-01')).id).toBe('demonstration-2');
    expect(
      packsOn(day('2040-01-01'))
        .map(({ region }) => region)
        .sort(),
    ).toEqual(['980000', '990000']);
  });
});
