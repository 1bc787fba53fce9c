import { expect } from 'vitest';
import { content } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { Application, refused, story } from './application.js';

const six = [
  'opinion.air',
  'opinion.noise',
  'opinion.selfMonitoring',
  'opinion.soil',
  'opinion.solidWaste',
  'opinion.water',
];

story(
  'L2: six elements review at once; the late one escalates and never consents',
  '2026-03-02 09:00',
  async (scene) => {
    const application = await Application.accepted(scene.rig, scene.unitId);
    await application.decideVisit('notNeeded');
    expect((await application.openTasks()).filter((kind) => kind.startsWith('opinion.'))).toEqual(six);
    await application.opine('agree', ['air', 'soil', 'solidWaste', 'noise', 'selfMonitoring']);
    // Ten working days after Monday the 2nd.
    expect(await application.clock('opinion.water.1')).toMatchObject({ due: '2026-03-16' });
    expect(await application.clock('opinion.air.1')).toMatchObject({ state: 'stopped' });
    await application.advanceTo('2026-03-20 12:00');
    const climbed = (await application.rig.events(application.caseId))
      .filter(({ params }) => params['clock'] === 'opinion.water.1')
      .map(({ at, event, params }) => [at.slice(0, 16), event, params['level'] ?? null]);
    expect(climbed).toEqual([
      ['2026-03-13T09:00', 'clock.yellow', 'officer'],
      ['2026-03-17T00:00', 'clock.red', 'officer'],
      ['2026-03-17T00:00', 'clock.lapsed', null],
      ['2026-03-17T09:00', 'clock.escalate', 'sectionHead'],
      ['2026-03-19T09:00', 'clock.escalate', 'deputyHead'],
    ]);
    expect(await application.openTasks()).toContain('opinion.water');
    expect(await application.openTasks()).not.toContain('merge');
    await application.opine('agree', ['water']);
    expect(await application.openTasks()).toContain('merge');
  },
);

story(
  'L2: conflicting demands come to light, and each is settled by name',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    const application = await Application.accepted(rig, unitId);
    await application.decideVisit('notNeeded');
    const limit = (value: string) => [{ subject: 'DW001.COD', value, reason: '标准' }];
    await application.opine('agree', ['water'], limit('50 mg/L'));
    await application.opine('disagree', ['soil'], limit('40 mg/L'));
    await application.opine('agree', ['air', 'solidWaste', 'noise', 'selfMonitoring']);
    expect(await application.entries('review.conflict')).toMatchObject([
      { params: { subjects: ['DW001.COD', 'conclusion'] } },
    ]);
    const draft = (settled: Record<string, string>) =>
      application.draft('grant', { settled }, { mayRefuse: true });
    expect(await draft({})).toMatchObject(
      refused('rule.refused', { where: 'settled.DW001.COD', found: 'water: 50 mg/L; soil: 40 mg/L' }),
    );
    expect(await draft({ 'DW001.COD': '从严' })).toMatchObject(
      refused('rule.refused', { where: 'settled.conclusion' }),
    );
    expect(await draft({ 'DW001.COD': '从严', conclusion: '土壤意见已采纳' })).toMatchObject({
      status: 'done',
    });
    expect(await application.entries('decision.drafted')).toMatchObject([
      { params: { settled: { 'DW001.COD': '从严', conclusion: '土壤意见已采纳' } } },
    ]);
  },
);

story('L2: a demand that nobody answered is no consent', '2026-03-02 09:00', async ({ rig, unitId }) => {
  const application = await Application.accepted(rig, unitId);
  await application.decideVisit('notNeeded');
  await application.opine('revise', ['water']);
  await application.opine('agree', ['air', 'soil', 'solidWaste', 'noise', 'selfMonitoring']);
  expect(await application.draft('grant', {}, { mayRefuse: true })).toMatchObject(
    refused('rule.refused', { where: 'settled.water', found: 'revise' }),
  );
  const settled = { water: '已电话核实，无需修改' };
  expect(await application.draft('grant', { settled })).toMatchObject({ status: 'done' });
});

story(
  'L2: two revision rounds, in which only those who asked review again while the statute runs on',
  '2026-03-02 09:00',
  async (scene) => {
    const { rig, unitId } = scene;
    const applicant = people.applicantOf(unitId);
    const application = await Application.accepted(rig, unitId);
    await application.decideVisit('notNeeded');
    await application.opine('revise', ['water', 'air']);
    await application.opine('agree', ['soil', 'solidWaste', 'noise', 'selfMonitoring']);
    const before = await application.clock('decision');
    expect(before).toMatchObject({ due: '2026-04-14', state: 'running' });

    await application.revise(['water', 'air']);
    await application.seal('revisionNotice');
    await application.advanceTo('2026-03-04 10:00');
    await application.serve('revisionNotice', '2026-03-03');
    // Ten working days from the service on the 3rd, not from its record on the 4th.
    expect(await application.clock('revision.1')).toMatchObject({ due: '2026-03-17' });
    await application.ask(applicant, 'application.revise', { contentId: content('v2'), note: '已改' });
    const reviewing = async () =>
      (await application.openTasks()).filter((kind) => kind.startsWith('opinion.'));
    expect(await reviewing()).toEqual(['opinion.air', 'opinion.water']);
    expect(await application.entries('review.revised')).toMatchObject([
      { params: { round: 1, from: content('v1'), to: content('v2') } },
    ]);
    await application.opine('agree', ['air']);
    await application.opine('revise', ['water']);

    await application.revise(['water']);
    await application.ask(applicant, 'application.revise', { contentId: content('v3'), note: '再改' });
    expect(await reviewing()).toEqual(['opinion.water']);
    await application.opine('agree', ['water']);
    const rounds = await application.entries('review.revisionRequested');
    expect(rounds.map(({ params }) => [params['round'], params['elements']])).toEqual([
      [1, ['water', 'air']],
      [2, ['water']],
    ]);
    const spoken = (await application.entries('review.opinion')).filter(
      ({ params }) => params['element'] === 'water',
    );
    expect(spoken.map(({ params }) => [params['round'], params['outcome']])).toEqual([
      [1, 'revise'],
      [2, 'revise'],
      [3, 'agree'],
    ]);
    expect(await application.clock('decision')).toMatchObject({ due: '2026-04-14', state: 'running' });
    expect(await application.draft()).toMatchObject({ status: 'done' });
  },
);

story(
  'L2: a revision that does not come is missed, and the lead officer decides on what there is',
  '2026-03-02 09:00',
  async (scene) => {
    const { rig, unitId } = scene;
    const application = await Application.reviewed(rig, unitId);
    await application.revise(['water']);
    await application.seal('revisionNotice');
    await application.serve('revisionNotice', '2026-03-02');
    expect(await application.clock('revision.1')).toMatchObject({ due: '2026-03-16' });
    await application.advanceTo('2026-03-17 09:00');
    const reminded = (await application.entries('clock.remind')).map(({ at, params }) => [
      at,
      params['level'],
    ]);
    expect(reminded).toContainEqual(['2026-03-11T09:00:00.000+08:00', 'applicant']);
    expect(await application.entries('review.revisionMissed')).toMatchObject([
      { at: '2026-03-17T00:00:00.000+08:00', params: { round: 1 } },
    ]);
    expect(await application.openTasks()).toContain('merge');
    const late = { contentId: content('v2'), note: '迟到' };
    const body = application.ask(people.applicantOf(unitId), 'application.revise', late, { mayRefuse: true });
    expect(await body).toMatchObject(refused('case.stage', { expected: 'revision' }));
    // Another round is another chance.
    expect(await application.revise(['water'])).toMatchObject({ status: 'done' });
  },
);
