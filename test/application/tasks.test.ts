import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { tasks } from '../../db/schema/index.js';
import * as people from '../../rehearsal/people.js';
import { Application, refused, type Scene, story } from './application.js';

const mayRefuse = { mayRefuse: true };
const agree = { outcome: 'agree', opinion: '同意', demands: [] };
const [first, second] = ['li', 'wang'].map((id) => people.officer(id, 'element.water@yunchuan')) as [
  ReturnType<typeof people.officer>,
  ReturnType<typeof people.officer>,
];

/** The opinion of the water section, which two officers could give. */
async function waterOpinion({ rig, unitId }: Scene) {
  const application = await Application.accepted(rig, unitId);
  const taskId = await rig.task(application.caseId, 'opinion.water');
  const holder = async () => (await rig.db.select().from(tasks).where(eq(tasks.id, taskId)))[0]?.assignee;
  const ask = (actor: typeof first, name: 'task.claim' | 'task.release') =>
    application.ask(actor, name, { taskId }, mayRefuse);
  const complete = (actor: typeof first) =>
    application.ask(actor, 'task.complete', { taskId, form: agree }, mayRefuse);
  const hand = (actor: typeof first, name: 'task.reassign' | 'task.delegate', assignee: string) =>
    application.ask(actor, name, { taskId, assignee, reason: '出差' }, mayRefuse);
  return { application, taskId, holder, ask, complete, hand };
}

story(
  'A2: who claims a task has it; a second claimant is told; who releases it gives it back',
  '2026-03-02 09:00',
  async (scene) => {
    const { application, taskId, holder, ask, complete } = await waterOpinion(scene);
    expect(await ask(people.reviewer('air'), 'task.claim')).toMatchObject(
      refused('task.notYours', { expected: 'element.water@yunchuan' }),
    );
    expect(await ask(first, 'task.claim')).toMatchObject({ status: 'done' });
    expect(await holder()).toBe('li');
    expect(await ask(second, 'task.claim')).toMatchObject(refused('task.claimed'));
    expect(await complete(second)).toMatchObject(refused('task.claimed'));
    expect(await ask(second, 'task.release')).toMatchObject(refused('task.claimed'));
    expect(await ask(first, 'task.release')).toMatchObject({ status: 'done' });
    expect(await holder()).toBeNull();
    expect(await complete(second)).toMatchObject({ status: 'done' });
    expect(await complete(second)).toMatchObject(refused('task.closed', { found: taskId }));
    expect(await application.entries('review.opinion')).toHaveLength(1);
  },
);

story(
  'A2: the section head reassigns, the holder delegates, each with its reason in the ledger',
  '2026-03-02 09:00',
  async (scene) => {
    const { application, holder, ask, complete, hand } = await waterOpinion(scene);
    await ask(first, 'task.claim');
    expect(await hand(second, 'task.reassign', 'wang')).toMatchObject(
      refused('task.notYours', { expected: 'sectionHead@yunchuan' }),
    );
    expect(await hand(people.staffOf('zone').sectionHead, 'task.reassign', 'wang')).toMatchObject(
      refused('task.notYours'),
    );
    expect(await hand(people.sectionHead, 'task.reassign', 'wang')).toMatchObject({ status: 'done' });
    expect(await holder()).toBe('wang');
    expect(await complete(first)).toMatchObject(refused('task.claimed'));
    expect(await hand(first, 'task.delegate', 'li')).toMatchObject(refused('task.claimed'));
    expect(await hand(second, 'task.delegate', 'li')).toMatchObject({ status: 'done' });
    // Whoever covers the holder acts for him.
    const cover = { ...people.officer('zhao', 'element.water@yunchuan'), onBehalfOf: 'li' };
    expect(await complete(cover)).toMatchObject({ status: 'done' });
    expect(await application.entries('task.reassigned')).toMatchObject([
      { params: { to: 'wang', reason: '出差' } },
    ]);
    expect(await application.entries('task.delegated')).toMatchObject([
      { params: { to: 'li', reason: '出差' } },
    ]);
    expect((await application.entries('review.opinion')).at(-1)).toMatchObject({
      actor: { id: 'zhao', onBehalfOf: 'li' },
    });
  },
);

story(
  'A2: a task that events have overtaken is closed, and refuses whoever comes late',
  '2026-03-02 09:00',
  async (scene) => {
    const { application, taskId, complete } = await waterOpinion(scene);
    await application.withdraw(scene.unitId);
    expect(await complete(first)).toMatchObject(refused('task.closed'));
    const [row] = await scene.rig.db.select().from(tasks).where(eq(tasks.id, taskId));
    expect(row).toMatchObject({ status: 'overtaken', closedAt: '2026-03-02T09:00:00.000+08:00' });
    expect(await application.clock('opinion.water.1')).toMatchObject({ state: 'stopped' });
  },
);

story('A2: only a draft on its signing chain goes back', '2026-03-02 09:00', async (scene) => {
  const { application, taskId } = await waterOpinion(scene);
  const back = application.ask(first, 'task.return', { taskId, to: 'drafting', reason: '退回' }, mayRefuse);
  expect(await back).toMatchObject(
    refused('rule.refused', { what: 'only a draft on its signing chain goes back' }),
  );
});
