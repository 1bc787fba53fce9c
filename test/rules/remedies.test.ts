import { expect, test } from 'vitest';
import { packs } from '../../rules/packs/index.js';
import { demonstration } from '../../rules/packs/demonstration/index.js';
import { reconsiderationOrgan, remedySentence } from '../../rules/remedies.js';

const nameOf = (organ: string) => reconsiderationOrgan(demonstration, organ)?.zh;

test('L18: reconsideration lies with the people’s government of the deciding organ’s own level', () => {
  expect(nameOf('yunchuan')).toBe('云川市人民政府');
  expect(nameOf('lanjiang.approval')).toBe('澜江市人民政府');
  expect(nameOf('province')).toBe('示范自治区人民政府');
});

test('L18: what a branch or an entrusted bureau does is reconsidered as the bureau’s for whom it acts', () => {
  expect(nameOf('yunchuan.qinghe')).toBe('云川市人民政府');
  expect(nameOf('zone')).toBe('云川市人民政府');
});

test('L18: every organ that decides in a pack has an organ of reconsideration', () => {
  for (const pack of packs) {
    for (const { deciding } of pack.responsibilities)
      expect(reconsiderationOrgan(pack, deciding)?.kind, `${pack.id} ${deciding}`).toBe('government');
  }
});

test('L18: a document names the organ, and none where the pack knows none', () => {
  expect(remedySentence(demonstration, 'lanjiang.approval')).toEqual({
    zh: '如不服，可以自收到本文书之日起60日内依法向澜江市人民政府申请行政复议（《行政复议法》第二十条），也可以自收到本文书之日起6个月内依法向人民法院提起行政诉讼（《行政诉讼法》第四十六条）。',
    en: expect.stringContaining(
      'may apply to the People’s Government of Lanjiang for administrative reconsideration within 60 days',
    ) as string,
  });
  const without = {
    ...demonstration,
    organs: demonstration.organs.filter(({ kind }) => kind !== 'government'),
  };
  expect(remedySentence(without, 'yunchuan')).toMatchObject({
    zh: expect.stringContaining('60日内依法申请行政复议（') as string,
    en: expect.stringContaining('may apply for administrative reconsideration') as string,
  });
});
