import { expect, test } from 'vitest';
import { categories } from '../../rules/checks/categories.js';
import { checklists } from '../../rules/checks/checklists.js';
import { checkRules } from '../../rules/checks/index.js';
import { modifiers } from '../../rules/checks/modifiers.js';
import type { RuleFacts } from '../../rules/checks/rule.js';
import { ruleCases } from './ruleCases.js';

const rules: readonly RuleFacts[] = Object.values(checkRules).flat();
const ids = rules.map(({ id }) => id);

const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${String(index + 1).padStart(2, '0')}`);

test('Q5: every row of the check catalogue is a rule, or says when one applies', () => {
  const rows = [...numbered('PQ', 40), ...numbered('TL', 10), ...numbered('ER', 25), ...numbered('SM', 18)];
  expect([...ids, ...modifiers.map(({ id }) => id)].sort()).toEqual(rows.sort());
});

test('Q5: every rule has a case, in these tests, that it finds and one that it must not', () => {
  const lacking = Object.entries(checkRules).flatMap(([document, ofDocument]) => {
    const cases: readonly (readonly [rule: string, ...rest: readonly unknown[]])[] =
      ruleCases[document as keyof typeof ruleCases];
    return ofDocument.flatMap(({ id }) => {
      const own = cases.filter(([rule]) => rule === id);
      // Rule, what it finds, where; what follows is what it must not find.
      return own.length > 0 && own.some((each) => each.length > 3) ? [] : [id];
    });
  });
  expect(lacking).toEqual([]);
});

test.each(rules.map((rule) => [rule.id, rule] as const))(
  'Q5: %s says all of itself in both languages',
  (_id, rule) => {
    for (const words of [rule.basis, rule.condition, categories[rule.category]]) {
      expect(words.zh).toMatch(/\p{Script=Han}/u);
      expect(words.en).toMatch(/[a-z]/i);
    }
    expect(rule.reads.length).toBeGreaterThan(0);
  },
);

test('Q5: people’s checklists cover the four tests, and name rows of the catalogue', () => {
  for (const items of Object.values(checklists)) {
    expect(new Set(items.map(({ test: yardstick }) => yardstick)).size).toBe(4);
    for (const { row } of items) if (row !== null) expect(ids).toContain(row);
  }
});
