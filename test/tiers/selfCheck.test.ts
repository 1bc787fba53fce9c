import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSelfChecks } from '../../relay/selfChecks.js';
import { permitContent } from '../../rules/content/permit.js';
import { selfCheckItems } from '../../rules/selfCheck.js';
import { goodPermit } from '../checks/documents.js';
import { dueDay, issuePermit } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { storedJson } from './campaign.js';
import { problem, SelfCheck } from './selfCheckCase.js';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
});
afterAll(async () => {
  await rig.close();
});

async function asked(unit: string, period: string): Promise<SelfCheck> {
  const contentId = await storedJson(rig, goodPermit);
  const permit = await issuePermit(rig, unit, '2026-03-05', '990100', { contentId });
  await rig.world.settle();
  await openSelfChecks(rig.db, { area: '9901', period });
  await rig.world.settle();
  return new SelfCheck(permit, period);
}

test('Q1: the checklist is drawn from the permit’s own terms; without structure it asks what every permit asks', () => {
  const ids = selfCheckItems(permitContent.parse(goodPermit)).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['ledger', 'report', 'outlet.DA001', 'limits.DA001']));
  expect(new Set(ids).size).toBe(ids.length);
  const bare = selfCheckItems(undefined).map(({ id }) => id);
  expect(bare).not.toContain('outlet.DA001');
  expect(ids).toEqual(expect.arrayContaining(bare));
});

test('Q1: what a unit found and mended in time is its own; what is grave, false or unmended is an issue', async () => {
  const check = await asked('honest', 'A2026');
  expect(await check.row()).toMatchObject({ stage: 'selfChecking' });
  expect(await check.submit([], { mayRefuse: true }, 1)).toMatchObject({
    ...{ status: 'refused', code: 'rule.refused' },
    detail: { where: 'answers' },
  });
  await check.submit([
    problem('outlet.DA001', { mendedOn: '2026-03-04', evidence: [{ note: '照片' }] }),
    problem('ledger'),
    problem('report'),
    problem('limits.DA001', { severity: 'serious', mendedOn: '2026-03-04' }),
    problem('disclosure', { falsified: true, mendedOn: '2026-03-04' }),
  ]);
  expect(await check.row()).toMatchObject({ stage: 'mending' });
  const [signed] = await check.entries('selfCheck.submitted');
  expect(signed?.zh).toContain('李环（环保负责人）');
  expect((await check.issues()).map(({ subject }) => subject).sort()).toEqual(['disclosure', 'limits.DA001']);

  await check.mend('ledger', '2026-03-05');
  expect(await check.mend('ledger', '2026-03-05', { mayRefuse: true })).toMatchObject({ status: 'refused' });
  // Thirty days: the last is 4 April 2026.
  expect(await dueDay(rig, check.caseId, 'mending')).toBe('2026-04-04');
  await rig.world.advanceTo(at('2026-04-05 09:00'));
  expect(await check.row()).toMatchObject({ outcome: 'problems' });
  expect((await check.row()).facts).toMatchObject({ mended: ['outlet.DA001', 'ledger'] });
  const found = await check.issues();
  expect(found.map(({ subject }) => subject).sort()).toEqual(['disclosure', 'limits.DA001', 'report']);
  expect(found.find(({ subject }) => subject === 'report')).toMatchObject({
    severity: 'general',
    responsible: 'unit',
  });
});

test('Q1: everything mended ends as the unit’s own, and nothing found as sound: no issue of either', async () => {
  const [mended, sound] = [await asked('mender', 'B2026'), await asked('sound', 'C2026')];
  const today = (await rig.world.now()).slice(0, 10);
  await mended.submit([problem('facilities', { mendedOn: today })]);
  expect(await mended.row()).toMatchObject({ outcome: 'selfCorrected' });
  await sound.submit([]);
  expect(await sound.row()).toMatchObject({ outcome: 'sound' });
  expect([...(await mended.issues()), ...(await sound.issues())]).toEqual([]);
});
