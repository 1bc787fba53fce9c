import { expect, test } from 'vitest';
import type { RulePack } from '../../rules/pack.js';
import { isUnconfirmed, type PackValue, valuesOf } from '../../rules/packValues.js';
import { demonstration } from '../../rules/packs/demonstration/index.js';
import { packs } from '../../rules/packs/index.js';

const values = valuesOf(demonstration);
const find = (kind: PackValue['kind'], id: string, of = values): PackValue => {
  const found = of.find((value) => value.kind === kind && value.id === id);
  if (found === undefined) throw new Error(`no ${kind} ${id}`);
  return found;
};

test('A7: every limit, extension, promise, rung and condition of a pack is a value, in both languages', () => {
  for (const pack of packs) {
    const ofPack = valuesOf(pack);
    const count = (kind: PackValue['kind']) => ofPack.filter((value) => value.kind === kind).length;
    const limits = Object.values(pack.limits);
    expect(count('limit')).toBe(limits.length);
    expect(count('extension')).toBe(limits.filter(({ extension }) => extension !== null).length);
    expect(count('promise')).toBe(pack.promised.length);
    expect(count('ladder')).toBe(Object.values(pack.ladders).flat().length);
    expect(count('gate')).toBe(pack.gates.length);
    expect(new Set(ofPack.map(({ kind, id }) => `${kind} ${id}`)).size).toBe(ofPack.length);
    for (const { id, name, value } of ofPack) {
      for (const { zh, en } of [name, value]) {
        expect(zh, id).toMatch(/\p{Script=Han}/u);
        expect(en, id).not.toMatch(/\p{Script=Han}|undefined|clock\./u);
      }
    }
  }
});

test('A7: a value says how long, on what it rests, and what it does by itself', () => {
  expect(find('limit', 'completeness')).toMatchObject({
    value: { zh: '3个工作日', en: '3 working days' },
    citation: { short: 'REG 9(4)' },
    standing: 'seen',
    confirmedBy: null,
    effect: 'takesEffect',
  });
  expect(find('limit', 'renewal.apply').value.en).toMatch(/60 calendar days back/);
  expect(find('extension', 'decision.simplified')).toMatchObject({
    value: { zh: '一次，10个工作日，机关负责人批准', en: 'once, 10 working days, by the head of the organ' },
    standing: 'derived',
    confirmedBy: { name: '林若川' },
  });
  expect(find('promise', 'decision.key/yunchuan/first')).toMatchObject({
    value: { en: '25 working days' },
    standing: null,
  });
  expect(find('ladder', 'decision.key/yellow').value).toEqual({
    zh: '承诺日前3个工作日 09:00 黄牌（承办人）',
    en: '3 working days before the promised day, 09:00: yellow card, to the officer',
  });
});

test('A7: a value is unconfirmed where no provision was read and nobody has confirmed it; then it only warns', () => {
  expect(values.filter(isUnconfirmed)).toEqual([]);
  const { limits } = demonstration;
  const supplement = limits['supplement.submit'];
  const simplified = limits['decision.simplified'];
  if (supplement === undefined || simplified?.extension == null) throw new Error('the pack has them');
  const doubtful: RulePack = {
    ...demonstration,
    limits: {
      ...limits,
      'supplement.submit': { ...supplement, confirmedBy: null },
      'decision.simplified': { ...simplified, extension: { ...simplified.extension, confirmedBy: null } },
    },
  };
  const found = valuesOf(doubtful).filter(isUnconfirmed);
  expect(found.map(({ kind, id, effect }) => `${kind} ${id} ${effect}`).sort()).toEqual([
    'extension decision.simplified none',
    'limit supplement.submit warns',
  ]);
});
