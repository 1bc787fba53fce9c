import { describe, expect, test } from 'vitest';
import { cite, instruments } from '../../rules/instruments.js';
import { mayTakeEffect } from '../../rules/limit.js';
import {
  type RulePack,
  ladderOf,
  limitOf,
  organOf,
  promisedLength,
  responsibility,
  signingChainOf,
} from '../../rules/pack.js';
import { packProblems, parsePack } from '../../rules/packSchema.js';
import { demonstration } from '../../rules/packs/demonstration/index.js';
import { packById, packOf, packOfArea, packs } from '../../rules/packs/index.js';
import { day } from './calendars.js';

/** The demonstration pack with one thing changed, as a person might send it: plain JSON. */
function changed(change: (pack: Record<string, never> & RulePack) => unknown): unknown {
  const copy = JSON.parse(JSON.stringify(demonstration)) as Record<string, never> & RulePack;
  return change(copy) ?? copy;
}

const firstProblem = (value: unknown) => packProblems(value)[0];

describe('the packs that are shipped', () => {
  test.each(packs.map((pack) => [pack.id, pack] as const))('%s is sound, and plain JSON', (_id, pack) => {
    expect(packProblems(pack)).toEqual([]);
    expect(parsePack(JSON.parse(JSON.stringify(pack)))).toEqual(pack);
  });

  test('every value that is not read in the law is marked so, and confirmed by a named legal officer', () => {
    const unread = Object.values(demonstration.limits).filter((limit) => limit.standing !== 'seen');
    expect(unread.length).toBeGreaterThan(5);
    for (const limit of unread) expect(limit.confirmedBy?.name, limit.id).toBe('林若川');
  });

  test('rest on the articles of the law where it speaks', () => {
    const citation = (id: string) => limitOf(demonstration, id, day('2026-01-05')).citation;
    expect(citation('completeness')).toEqual({
      short: 'REG 9(4)',
      zh: '《排污许可管理条例》第九条第四项',
      en: 'article 9(4) of the Regulation on Pollutant-Discharge Permit Management (State Council Order 736)',
    });
    expect(citation('renewal.apply').short).toBe('REG 14');
    expect(citation('penalty.decision').zh).toBe('《行政处罚法》第六十条');
    expect(cite('CC', '201').zh).toBe('《民法典》第二百零一条');
    expect(cite('CC', '110').zh).toBe('《民法典》第一百一十条');
    expect(cite('REG', '13(11)').zh).toBe('《排污许可管理条例》第十三条第十一项');
    expect(instruments.REG.from).toBe('2021-03-01');
  });

  test('allow the extension of 20 days under simplified management alone, and pauses on the closed list alone', () => {
    const { limits } = demonstration;
    expect(limits['decision.simplified']?.extension).toMatchObject({
      times: 1,
      length: 10,
      approver: 'organHead',
    });
    expect(limits['decision.key']?.extension).toBeNull();
    expect(limits['decision.key.visit']?.extension).toBeNull();
    expect(limits['decision.key']?.pauseGrounds).toEqual([
      ...['hearing', 'inspection', 'testing', 'quarantine', 'appraisal', 'expertReview'],
    ]);
    expect(limits['completeness']?.pausable).toBe(false);
  });

  test('warn before the law takes silence for consent', () => {
    const actions = (id: string) =>
      ladderOf(demonstration, id).map(({ name, action }) => `${name} ${action}`);
    expect(actions('completeness')).toContain('warnDeputyHead warn');
    expect(actions('permit.expiry')).toEqual(['warn10 warn', 'warn5 warn', 'warn3 warn', 'warn1 warn']);
    expect(actions('supplement.submit')).toEqual(['remind5 remind']);
    expect(ladderOf(demonstration, 'renewal.apply')).toEqual([]);
  });
});

describe('looking things up', () => {
  test('a pack, by id, by region or by area, and a day', () => {
    expect(packById('demonstration-1')).toBe(demonstration);
    expect(packOf('990000', day('2026-01-05'))).toBe(demonstration);
    expect(packOfArea('990121', day('2026-01-05'))).toBe(demonstration);
    expect(packOfArea('980200', day('2026-01-05')).settings.cancellationCompletion).toBe('automatic');
    expect(() => packById('nowhere')).toThrow('no such rule pack');
    expect(() => packOf('990000', day('2024-06-30'))).toThrow('no rule pack is in force');
    expect(() => packOfArea('110101', day('2026-01-05'))).toThrow('no rule pack is in force');
  });

  test('a promise, by organ and procedure, never longer than the limit', () => {
    expect(promisedLength(demonstration, 'yunchuan', 'first', 'decision.simplified')).toBe(15);
    expect(promisedLength(demonstration, 'yunchuan', 'first', 'decision.key')).toBe(25);
    expect(promisedLength(demonstration, 'lanjiang.approval', 'renewal', 'renewal.decision')).toBe(12);
    expect(promisedLength(demonstration, 'lanjiang.ecology', 'first', 'decision.key')).toBeUndefined();
  });

  test('L19: in one kind of city the ecology bureau does everything, and a branch works in its name', () => {
    expect(responsibility(demonstration, '990121', 'first')).toMatchObject({
      accepting: 'yunchuan.qinghe',
      deciding: 'yunchuan',
      sealing: 'yunchuan',
    });
    expect(organOf(demonstration, 'yunchuan.qinghe')).toMatchObject({
      actsFor: 'yunchuan',
      basis: { kind: 'dispatched' },
    });
  });

  test('L19: in the other an approval bureau decides where the ecology bureau reviews, and zones count on their own', () => {
    expect(responsibility(demonstration, '990200', 'renewal')).toMatchObject({
      accepting: 'lanjiang.approval',
      reviewing: 'lanjiang.ecology',
      deciding: 'lanjiang.approval',
      supervising: 'lanjiang.ecology',
    });
    expect(responsibility(demonstration, '990171', 'first').deciding).toBe('zone');
    expect(organOf(demonstration, 'zone').basis).toMatchObject({ kind: 'entrusted', to: '2044-06-30' });
    expect(() => responsibility(demonstration, '990999', 'first')).toThrow('no organ is responsible');
    expect(() => organOf(demonstration, 'nobody')).toThrow('no such organ');
  });

  test('a signing chain, of the organ or the default, with the seal as its end', () => {
    expect(signingChainOf(demonstration, 'yunchuan').map(({ step }) => step)).toEqual([
      ...['drafting', 'sectionHead', 'legalReview', 'deputyHead', 'seal'],
    ]);
    expect(signingChainOf(demonstration, 'yunchuan')[2]?.when).toBe('legalReviewDue');
    expect(signingChainOf(demonstration, 'lanjiang.approval')[2]?.when).toBe('always');
  });

  test('a limit that has gone out of force is refused; one not yet in force serves older days', () => {
    const pack = parsePack(
      changed((copy) => void Object.assign(copy.limits['delivery'] ?? {}, { effectiveTo: '2025-12-31' })),
    );
    expect(limitOf(pack, 'delivery', day('2025-12-31')).length).toBe(10);
    expect(() => limitOf(pack, 'delivery', day('2026-01-01'))).toThrow('no longer in force');
    expect(limitOf(pack, 'delivery', day('2001-01-01')).length).toBe(10);
  });
});

describe('a recalled or derived value', () => {
  test('changes no legal state by itself until a legal officer has confirmed it', () => {
    const limit = limitOf(demonstration, 'supplement.submit', day('2026-01-05'));
    expect(mayTakeEffect(limit)).toBe(true);
    expect(mayTakeEffect({ ...limit, confirmedBy: null })).toBe(false);
    expect(mayTakeEffect({ ...limit, confirmedBy: null, standing: 'seen' })).toBe(true);
    expect(mayTakeEffect({ ...limit, legalEffect: false })).toBe(false);
  });
});

describe('a pack is refused', () => {
  const set = (path: string, value: unknown) =>
    changed((pack) => {
      const keys = path.split('/');
      const last = keys.pop() ?? '';
      const holder = keys.reduce<Record<string, unknown>>(
        (at, key) => at[key] as Record<string, unknown>,
        pack,
      );
      if (value === undefined) Reflect.deleteProperty(holder, last);
      else holder[last] = value;
    });

  test.each<[string, string, unknown, string, string, string]>([
    ['for a wrong type', 'limits/delivery/length', '10', 'limits.delivery.length', 'expected number', '"10"'],
    ['for a day that is none', 'effectiveFrom', '2025-02-30', 'effectiveFrom', 'a real day', '"2025-02-30"'],
    [
      'for a missing part',
      'settings/cancellationCompletion',
      undefined,
      'settings.cancellationCompletion',
      '',
      'nothing',
    ],
    ['for an unknown part', 'surprise', 1, 'the pack', 'surprise', ''],
    [
      'for a limit that is lacking',
      'limits/completeness',
      undefined,
      'limits.completeness',
      'this limit',
      'nothing',
    ],
    [
      'for a limit under another name',
      'limits/delivery/id',
      'deliver',
      'limits.delivery.id',
      'delivery',
      '"deliver"',
    ],
    [
      'for a promise longer than the law',
      'promised/0/length',
      21,
      'promised.0.length',
      'no longer than the limit, 20',
      '21',
    ],
    [
      'for a promise of an unknown organ',
      'promised/0/organ',
      'nobody',
      'promised.0.organ',
      'an organ',
      '"nobody"',
    ],
    [
      'for grounds on a limit that can not pause',
      'limits/delivery/pauseGrounds',
      ['hearing'],
      'limits.delivery.pauseGrounds',
      'grounds',
      '["hearing"]',
    ],
    [
      'for an unknown ground',
      'limits/decision.key/pauseGrounds',
      ['weather'],
      'limits.decision.key.pauseGrounds',
      'a ground of the pack',
      '"weather"',
    ],
    [
      'for a roll of what is counted back',
      'limits/renewal.apply/roll',
      'nextWorkingDay',
      'limits.renewal.apply.roll',
      'never rolls',
      '"nextWorkingDay"',
    ],
    ['for a ladder without a limit', 'ladders/nothing', [], 'ladders.nothing', 'a limit', '"nothing"'],
    ['for a moment at no time', 'ladders/delivery/0/at', '9 am', 'ladders.delivery.0.at', 'HH:mm', '"9 am"'],
    [
      'for a moment without a place',
      'ladders/delivery/0/before',
      undefined,
      'ladders.delivery.0',
      'one of before',
      '',
    ],
    [
      'for an entrusted organ without its document',
      'organs/5/basis',
      { kind: 'entrusted', from: '2024-07-01', to: '2029-06-30' },
      'organs.5.basis.document',
      '',
      'nothing',
    ],
    [
      'for an entrustment that ends before it begins',
      'organs/5/basis/to',
      '2020-01-01',
      'organs.5.basis.to',
      'after the term began',
      '',
    ],
    [
      'for an entrusted organ without the one that entrusted it',
      'organs/5/superior',
      null,
      'organs.5.superior',
      'the organ that entrusted it',
      'null',
    ],
    [
      'for an unknown responsible organ',
      'responsibilities/0/deciding',
      'nobody',
      'responsibilities.0.deciding',
      'an organ',
      '"nobody"',
    ],
    [
      'for a chain that does not end in a seal',
      'signingChains/default/4/role',
      'officer',
      'signingChains.default',
      'the seal',
      '"seal"',
    ],
    [
      'for a number without its year',
      'documents/approval/numberPattern',
      '许{number}号',
      'documents.approval.numberPattern',
      '{year}',
      '"许{number}号"',
    ],
    [
      'for a clock that runs from an unserved document',
      'documents/supplementNotice/served',
      false,
      'documents.supplementNotice.served',
      'true',
      'false',
    ],
    [
      'for an automatic cancellation without a document',
      'settings/cancellationCompletion',
      'automatic',
      'settings.cancellationDocument',
      "region's own document",
      'null',
    ],
  ])('%s: place, expectation and what was found', (_name, path, value, where, expected, found) => {
    const problem = firstProblem(set(path, value));
    expect(problem?.where).toBe(where);
    expect(problem?.expected).toContain(expected);
    expect(problem?.found).toContain(found);
  });

  test('for an automatic cancellation on a term that nobody has confirmed', () => {
    const pack = changed((copy) => {
      Object.assign(copy.settings, {
        cancellationCompletion: 'automatic',
        cancellationDocument: '示环规〔2024〕2号',
      });
      Object.assign(copy.limits['cancellation.hearing'] ?? {}, { confirmedBy: null });
    });
    expect(firstProblem(pack)?.where).toBe('limits.cancellation.hearing.confirmedBy');
  });

  test('for two gates of one name, and two organs responsible for the same', () => {
    const pack = changed((copy) => ({
      ...copy,
      gates: [...copy.gates, copy.gates[0]],
      responsibilities: [...copy.responsibilities, copy.responsibilities[0]],
    }));
    expect(packProblems(pack).map(({ where }) => where)).toContain('gates');
    expect(packProblems(pack).map(({ where }) => where)).toContain('responsibilities');
  });

  test('with one readable error', () => {
    expect(() => parsePack(set('promised/0/length', 21))).toThrow(
      'the rule pack contradicts itself at promised.0.length; expected no longer than the limit, 20; found 21',
    );
    expect(() => parsePack(null)).toThrow('the rule pack is not valid at the pack');
  });
});
