import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pino } from 'pino';
import { cases, issues, notices } from '../../db/schema/index.js';
import { Office, type Refusal } from '../../rehearsal/office.js';
import { applicantOf } from '../../rehearsal/people.js';
import { runDue } from '../../relay/daily.js';
import { openSelfChecks, selfCheckJob } from '../../relay/selfChecks.js';
import { selfCheckItems, type SelfCheckItem } from '../../rules/selfCheck.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import { goodPermit } from '../checks/documents.js';
import { type HeldPermit, dueDay, issuePermit } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { storedJson } from './campaign.js';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
});
afterAll(async () => {
  await rig.close();
});

/** The work of a unit on its self-check. */
class SelfCheck extends Office<Rig> {
  constructor(
    readonly permit: HeldPermit,
    readonly period: string,
  ) {
    super(permit.rig, `selfCheck/${period}-${permit.permitNo}`);
  }

  async row() {
    const [row] = await this.rig.db.select().from(cases).where(eq(cases.id, this.caseId));
    if (row === undefined) throw new Error(`no ${this.caseId}`);
    return row;
  }

  async submit(problems: readonly JsonObject[], refusal: Refusal = {}, leftOut = 0) {
    const { facts } = await this.row();
    const items = facts['items'] as unknown as readonly SelfCheckItem[];
    const answers = items
      .slice(leftOut)
      .map(({ id }) => problems.find(({ item }) => item === id) ?? { item: id, answer: 'conforms' });
    const responsible = { name: '李环', position: '环保负责人' };
    const signedOn = (await this.rig.world.now()).slice(0, 10);
    const body = { answers, responsible, signedOn, commitment: true };
    const status = await this.ask(applicantOf(this.permit.unitId), 'selfCheck.submit', body, refusal);
    await this.rig.world.settle();
    return status;
  }

  async mend(item: string, mendedOn: string, refusal: Refusal = {}) {
    const body = { item, mendedOn, note: '已更换', evidence: [{ note: '照片' }] };
    return await this.ask(applicantOf(this.permit.unitId), 'selfCheck.mend', body, refusal);
  }

  async issues() {
    return await this.rig.db
      .select()
      .from(issues)
      .where(and(eq(issues.permitNo, this.permit.permitNo), eq(issues.tier, 'selfCheck')));
  }
}

const problem = (item: string, more: JsonObject = {}): JsonObject => ({
  ...{ item, answer: 'problem' },
  problem: { description: `${item} 不符`, severity: 'general', ...more },
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
  const ids = selfCheckItems(goodPermit).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['ledger', 'report', 'outlet.DA001', 'limits.DA001']));
  expect(new Set(ids).size).toBe(ids.length);
  const bare = selfCheckItems('a scan').map(({ id }) => id);
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
  await mended.submit([problem('noise'), problem('facilities', { mendedOn: today })].slice(1));
  expect(await mended.row()).toMatchObject({ outcome: 'selfCorrected' });
  await sound.submit([]);
  expect(await sound.row()).toMatchObject({ outcome: 'sound' });
  expect([...(await mended.issues()), ...(await sound.issues())]).toEqual([]);
});

test('Q1: the year’s round opens by itself, once; a unit that is silent climbs the ladder, and none is asked twice', async () => {
  const permit = await issuePermit(rig, 'silent', '2026-04-06');
  await rig.world.advanceTo(at('2026-11-15 04:30'));
  const logger = pino({ level: 'silent' });
  await runDue(rig.db, [selfCheckJob(rig.db)], logger);
  await rig.world.settle();
  const check = new SelfCheck(permit, '2026');
  expect(await check.row()).toMatchObject({ stage: 'selfChecking' });
  expect(await openSelfChecks(rig.db, { area: '99', period: '2026' })).toBe(0);
  // 45 days: the last is 30 December 2026; then fifteen more each time.
  expect(await dueDay(rig, check.caseId, 'selfCheck.1')).toBe('2026-12-30');
  await rig.world.advanceTo(at('2027-01-16 09:00'));
  const story = (await rig.events(check.caseId)).map((entry) => `${entry.at.slice(0, 10)} ${entry.event}`);
  expect(story.filter((line) => line.endsWith('selfCheck.overdue'))).toEqual([
    '2026-12-31 selfCheck.overdue',
    '2027-01-16 selfCheck.overdue',
  ]);
  const told = await rig.db.select().from(notices).where(eq(notices.caseId, check.caseId));
  const overdue = told.filter(({ template }) => template === 'selfCheck.overdue');
  expect(overdue.map(({ recipient }) => recipient).sort()).toEqual(['deputyHead', 'sectionHead']);
  await check.submit([]);
  expect(await check.row()).toMatchObject({ outcome: 'sound' });
}, 300_000);
