import { expect, test } from 'vitest';
import { changeTriggers, startingRule, triggerRules } from '../../rules/authorityChange.js';
import { parseDate } from '../../rules/date.js';
import { termOf } from '../../rules/glossary.js';
import { groundOf } from '../../rules/instruments.js';
import { mayTakeEffect } from '../../rules/limit.js';
import { annulmentGrounds, revocationBars, withdrawalGrounds } from '../../rules/permitEndings.js';
import { demonstration } from '../../rules/packs/demonstration/index.js';
import { organsOfSuperior } from '../../rules/superior.js';
import { answersUrging, requireUrgeable, urgedActs } from '../../rules/urging.js';

test('L10: four triggers start a change by the authority, each on an article of law; the law’s own are seen', () => {
  const starting = changeTriggers.filter((trigger) => triggerRules[trigger].starts);
  expect(starting).toEqual(['standardsChanged', 'totalQuantityChanged', 'ownError', 'monitoringFindings']);
  for (const trigger of starting) {
    for (const article of startingRule(trigger).articles) expect(groundOf(article), trigger).toBeDefined();
  }
  expect(triggerRules.standardsChanged).toMatchObject({ standing: 'seen', articles: ['REG 16'] });
  expect(triggerRules.ownError).toMatchObject({ standing: 'recalled', aim: null });
});

test('L10: every other trigger is refused and names the procedure that it belongs to', () => {
  const instead = changeTriggers.flatMap((trigger) => {
    const rule = triggerRules[trigger];
    return rule.starts ? [] : [`${trigger} ${rule.instead}`];
  });
  expect(instead).toEqual([
    'inspectionFindings urging',
    'retrofitFinished urging',
    'holderAsks change',
    'holderBuilds reapplication',
  ]);
  expect(() => startingRule('retrofitFinished')).toThrow('does not start a change');
});

test('invariant 6: the aims of a change and the term of an urging rest on no provision: they warn, no more', () => {
  for (const limit of ['authorityChange.standard', 'authorityChange.quota', 'urging.answer']) {
    const found = demonstration.limits[limit];
    expect(found?.standing, limit).not.toBe('seen');
    expect(found === undefined || mayTakeEffect(found), limit).toBe(false);
  }
});

test('ALL 69: the authority’s own faults may annul, the holder’s fraud must; each has its article and its words', () => {
  expect(Object.entries(annulmentGrounds).filter(([, { mandatory }]) => mandatory)).toEqual([
    ['fraud', { article: 'ALL 69', mandatory: true }],
    ['bribery', { article: 'ALL 69', mandatory: true }],
  ]);
  const words = [...Object.keys(annulmentGrounds), ...withdrawalGrounds, ...changeTriggers];
  for (const word of words) expect(termOf(word).zh, word).not.toBe(word);
  for (const { article } of Object.values(annulmentGrounds)) expect(groundOf(article)).toBeDefined();
});

test('REG 34, 41: a penalty revokes under these articles alone', () => {
  expect(revocationBars('REG 34(2)')).toBe(false);
  expect(revocationBars('REG 41')).toBe(true);
  for (const article of ['REG 33', 'REG 35(1)', 'toString', ''])
    expect(() => revocationBars(article)).toThrow('no penalty under this article');
});

test('L17: a re-application answers an urging to change, a change no urging to re-apply; a report is filed elsewhere', () => {
  expect(answersUrging('change', 'change')).toBe(true);
  expect(answersUrging('change', 'reapplication')).toBe(true);
  expect(answersUrging('reapplication', 'change')).toBe(false);
  expect(answersUrging('change', 'renewal')).toBe(false);
  expect(answersUrging('executionReport', 'change')).toBe(false);
  for (const { article } of Object.values(urgedActs)) expect(groundOf(article)).toBeDefined();
});

test('L17: a finished retrofit asks for the holder’s change', () => {
  expect(() => requireUrgeable('retrofit', 'executionReport')).toThrow('leads to the holder’s change');
  expect(() => requireUrgeable('retrofit', 'change')).not.toThrow();
  expect(() => requireUrgeable('monitoring', 'executionReport')).not.toThrow();
});

test('L11: the superior of the deciding organ does everything in its own name; without one nobody does', () => {
  const today = parseDate('2026-03-09');
  expect(organsOfSuperior(demonstration, '990121', 'annulment', today)).toMatchObject({
    ...{ accepting: 'province', deciding: 'province', sealing: 'province', supervising: 'province' },
  });
  expect(() => organsOfSuperior(demonstration, '990200', 'annulment', today)).toThrow('no superior');
});
