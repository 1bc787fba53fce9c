import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requests, steps } from '../../db/schema/index.js';
import { content, Office, submission } from '../../rehearsal/office.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import * as people from '../../rehearsal/people.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';

describe('many hands at once', () => {
  let rig: Rig;
  let unitId: string;
  beforeAll(async () => {
    rig = await openRig('2026-03-02T09:00:00+08:00');
    unitId = (await addUnit(rig, 'races')).id;
  });
  afterAll(() => rig.close());

  async function received(): Promise<Office> {
    const caseId = await rig.nextApplication();
    await rig.ask(people.applicantOf(unitId), 'application.submit', caseId, submission(unitId));
    return new Office(rig, caseId);
  }

  test('two deciders at once: one decides, the other is told that the task is closed', async () => {
    const office = await received();
    const taskId = await rig.task(office.caseId, 'completeness');
    const decide = (form: JsonObject) =>
      rig.ask(people.desk, 'task.complete', office.caseId, { taskId, form }, { mayRefuse: true });
    const answers = await Promise.all([
      decide({ outcome: 'accept', corrected: [] }),
      decide({ outcome: 'refuse', reason: '不予受理' }),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual(['done', 'refused']);
    expect(answers.find((answer) => answer.status === 'refused')).toMatchObject({ code: 'task.closed' });
    const story = await office.story();
    const outcomes = ['application.accepted', 'application.refused'].filter((event) =>
      story.includes(event as never),
    );
    expect(outcomes).toHaveLength(1);
  });

  test('the same submission sent ten times over is one case with one step', async () => {
    const caseId = await rig.nextApplication();
    const applicant = people.applicantOf(unitId);
    const key = 'the same click';
    const rows = await Promise.all(
      Array.from({ length: 10 }, () =>
        rig.write(applicant, 'application.submit', caseId, submission(unitId), { key }),
      ),
    );
    expect(new Set(rows.map((row) => row.id)).size).toBe(1);
    const answers = await Promise.all(rows.map((row) => rig.send(row)));
    expect(answers).toEqual(
      Array.from({ length: 10 }, () => expect.objectContaining({ status: 'done' }) as unknown),
    );
    expect(await rig.db.select().from(steps).where(eq(steps.caseId, caseId))).toHaveLength(1);
  });

  test('the same key with another body is refused, and the first request stands', async () => {
    const caseId = await rig.nextApplication();
    const applicant = people.applicantOf(unitId);
    await rig.ask(applicant, 'application.submit', caseId, submission(unitId), { key: 'k' });
    const other = { ...submission(unitId), contentId: content('other') };
    await expect(
      rig.write(applicant, 'application.submit', caseId, other, { key: 'k' }),
    ).rejects.toMatchObject({
      code: 'request.mismatch',
    });
  });

  test('a decision written down before midnight and the lapse at midnight: the decision counts', async () => {
    const office = await received();
    // Monday's receipt: the three working days end on Thursday 5 March.
    await rig.world.advanceTo(at('2026-03-05 23:59'));
    const taskId = await rig.task(office.caseId, 'completeness');
    const form = { outcome: 'refuse', reason: '不予受理' };
    // Written down, not sent: the officer's browser has lost its network, and the relay sends it only later.
    await rig.write(people.desk, 'task.complete', office.caseId, { taskId, form });
    await rig.world.advanceTo(at('2026-03-06 00:00'));
    const story = await office.story();
    expect(story).toContain('application.refused');
    expect(story).not.toContain('application.deemedAccepted');
  });

  test('a decision at midnight is too late: the application has been accepted by silence', async () => {
    const office = await received();
    const taskId = await rig.task(office.caseId, 'completeness');
    // Friday's receipt: Monday 9, Tuesday 10, Wednesday 11 March.
    await rig.world.advanceTo(at('2026-03-12 00:00'));
    const form = { outcome: 'refuse', reason: '不予受理' };
    const late = await rig.ask(
      people.desk,
      'task.complete',
      office.caseId,
      { taskId, form },
      { mayRefuse: true },
    );
    expect(late).toMatchObject({ status: 'refused', code: 'task.closed' });
    expect(await office.story()).toContain('application.deemedAccepted');
  });

  test('a decision after the close is refused, by the database and not by a hanging caller', async () => {
    const office = await received();
    await rig.ask(people.applicantOf(unitId), 'application.withdraw', office.caseId, { reason: '改日再办' });
    await office.dispatch('2026-03-12');
    await rig.world.settle();
    const late = await rig.ask(
      people.desk,
      'task.complete',
      office.caseId,
      { taskId: `${office.caseId}#completeness.1`, form: { outcome: 'accept', corrected: [] } },
      { mayRefuse: true },
    );
    expect(late).toMatchObject({ status: 'refused', code: 'case.closed' });
    const open = and(eq(requests.caseId, office.caseId), eq(requests.status, 'open'));
    expect(await rig.db.select().from(requests).where(open)).toHaveLength(0);
  });

  test('a step adds at most 8 events, 9 where the stage changes', async () => {
    const office = await received();
    const length = async (): Promise<number> => {
      const described = await rig.client.workflow.getHandle(office.caseId).describe();
      return described.historyLength;
    };
    const added = async (step: () => Promise<unknown>): Promise<number> => {
      const before = await length();
      await step();
      return (await length()) - before;
    };
    const taskId = await rig.task(office.caseId, 'completeness');
    expect(
      await added(() => rig.ask(people.desk, 'task.claim', office.caseId, { taskId })),
    ).toBeLessThanOrEqual(8);
    expect(await added(() => office.accept())).toBeLessThanOrEqual(9);
    const water = () => office.opine('agree', ['water']);
    expect(await added(water)).toBeLessThanOrEqual(8);
  });
});
