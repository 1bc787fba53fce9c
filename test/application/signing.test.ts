import { expect } from 'vitest';
import * as people from '../../rehearsal/people.js';
import { Application, refused, story } from './application.js';

const mayRefuse = { mayRefuse: true };
const approve = { outcome: 'approve', opinion: '同意' };

story(
  'L5: a draft goes back to any earlier step, and each step signs anew',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    const application = await Application.reviewed(rig, unitId);
    await application.draft();
    expect(await application.clock('sign.sectionHead.1')).toMatchObject({ due: '2026-03-04' });
    await application.complete(people.sectionHead, 'sign.sectionHead', {
      outcome: 'return',
      to: 'drafting',
      reason: '补充排放量核算',
    });
    // Back with the officer who drafted it, and with nobody else of the same role.
    const colleague = people.officer('another', 'officer@yunchuan');
    const taskId = await rig.task(application.caseId, 'merge');
    const taken = { taskId, form: { outcome: 'draft', conclusion: 'grant', opinion: '同意', gates: [] } };
    expect(await application.ask(colleague, 'task.complete', taken, mayRefuse)).toMatchObject(
      refused('task.claimed'),
    );
    await application.draft();
    await application.sign('sectionHead');
    // By the operation of its own, too, and never to a step that is still to come.
    const back = async (to: string) => ({
      taskId: await rig.task(application.caseId, 'sign.deputyHead'),
      to,
      reason: '再核',
    });
    expect(
      await application.ask(people.deputyHead, 'task.return', await back('seal'), mayRefuse),
    ).toMatchObject(refused('rule.refused', { expected: 'drafting | sectionHead' }));
    await application.ask(people.deputyHead, 'task.return', await back('sectionHead'));
    expect(await application.openTasks()).toContain('sign.sectionHead');
    await application.sign('sectionHead', 'deputyHead');
    const returned = (await application.entries('decision.returned')).map(({ params }) => [
      params['from'],
      params['to'],
    ]);
    expect(returned).toEqual([
      ['sign.sectionHead', 'drafting'],
      ['sign.deputyHead', 'sectionHead'],
    ]);
    const signed = (await application.entries('decision.signed')).map(({ params }) => params['step']);
    expect(signed).toEqual(['sign.sectionHead', 'sign.sectionHead', 'sign.deputyHead']);
    expect(await application.openTasks()).toContain('seal.3');
  },
);

story(
  'L5: one person signs one step, and a cover signs in whose stead',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    const application = await Application.reviewed(rig, unitId);
    await application.draft();
    const drafter = people.officer(people.lead.id, 'sectionHead@yunchuan');
    expect(await application.complete(drafter, 'sign.sectionHead', approve, mayRefuse)).toMatchObject(
      refused('rule.refused', { what: 'one person signs one step of a chain', found: 'drafting' }),
    );
    await application.sign('sectionHead');
    const same = {
      ...people.officer(people.sectionHead.id, 'deputyHead@yunchuan'),
      onBehalfOf: people.deputyHead.id,
    };
    expect(await application.complete(same, 'sign.deputyHead', approve, mayRefuse)).toMatchObject(
      refused('rule.refused'),
    );
    const cover = {
      ...people.officer('secondDeputy', 'deputyHead@yunchuan'),
      onBehalfOf: people.deputyHead.id,
    };
    await application.complete(cover, 'sign.deputyHead', approve);
    expect((await application.entries('decision.signed')).at(-1)).toMatchObject({
      actor: { id: 'secondDeputy', onBehalfOf: 'deputyHead' },
      params: { step: 'sign.deputyHead', onBehalfOf: 'deputyHead' },
    });
  },
);

story(
  'L5: a denial passes legal review, and the seal is the seal keeper’s of the sealing organ',
  '2026-03-02 09:00',
  async (scene) => {
    const application = await Application.reviewed(scene.rig, scene.unitId);
    await application.draft('deny', { grounds: [{ article: 'REG 11(3)', reason: '防治措施不可行' }] });
    await application.sign('sectionHead');
    expect(await application.openTasks()).not.toContain('sign.deputyHead');
    await application.sign('legalReview', 'deputyHead');
    // Signed is not decided: the decision is made by its seal, and its clock runs until then.
    expect(await application.story()).not.toContain('decision.made');
    expect(await application.clock('decision')).toMatchObject({ state: 'running' });
    const documentId = await application.document('denial');
    const seal = (actor = people.sealKeeper) =>
      application.ask(
        actor,
        'document.seal',
        { documentId, seal: '行政许可专用章', by: '印管员' },
        mayRefuse,
      );
    expect(await seal(people.sectionHead)).toMatchObject(
      refused('task.notYours', { expected: 'sealKeeper@yunchuan' }),
    );
    expect(await seal(people.staffOf('zone').sealKeeper)).toMatchObject(refused('task.notYours'));
    expect(await seal()).toMatchObject({ status: 'done' });
    expect(await seal()).toMatchObject(refused('case.stage'));
    expect(await application.entries('decision.made')).toHaveLength(1);
    expect(await application.clock('decision')).toMatchObject({ state: 'stopped' });
  },
);
