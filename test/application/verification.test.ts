import { expect } from 'vitest';
import * as people from '../../rehearsal/people.js';
import { issuePermit } from '../rig/permits.js';
import { Application, refused, story } from './application.js';

const needed = { outcome: 'needed', reason: '首次申请' };
const mayRefuse = { mayRefuse: true };

story(
  'L3: under key management a recorded decision to visit makes 30 days 45, and the applicant is told',
  '2026-03-02 09:00',
  async (scene) => {
    const application = await Application.accepted(scene.rig, scene.unitId);
    await application.opine();
    expect(await application.clock('decision')).toMatchObject({
      due: '2026-04-14',
      promisedDue: '2026-04-07',
    });
    // All have spoken, but whether a visit is needed is open: nobody merges yet.
    expect(await application.openTasks()).not.toContain('merge');
    // The thirtieth working day is the last on which it may be decided.
    await application.advanceTo('2026-04-14 17:00');
    await application.decideVisit('needed');
    expect(await application.clock('decision')).toMatchObject({
      limit: 'decision.key.visit',
      due: '2026-05-08',
      promisedDue: '2026-04-28',
    });
    expect(await application.documents('visitLimitNotice')).toMatchObject([
      { params: { reason: '首次申请' } },
    ]);
    expect(await application.entries('verification.required')).toMatchObject([
      { at: '2026-04-14T17:00:00.000+08:00', article: 'REG 10' },
    ]);
  },
);

story('L3: after day 30 the limit stays 30', '2026-03-02 09:00', async ({ rig, unitId }) => {
  const application = await Application.accepted(rig, unitId);
  await application.advanceTo('2026-04-15 09:00');
  expect(await application.decideVisit('needed', mayRefuse)).toMatchObject(
    refused('rule.refused', { expected: 'by 2026-04-14', found: '2026-04-15' }),
  );
  expect(await application.clock('decision')).toMatchObject({ limit: 'decision.key', due: '2026-04-14' });
});

story(
  'L3: under simplified management a first application is visited within its 20 days',
  '2026-03-02 09:00',
  async (scene) => {
    const application = await Application.accepted(scene.rig, scene.unitId, { permitClass: 'simplified' });
    expect(await application.openTasks()).toContain('verification');
    expect(await application.openTasks()).not.toContain('visitDecision');
    expect(await application.entries('verification.required')).toMatchObject([
      { zh: '决定进行现场核查：首次申请。' },
    ]);
    expect(await application.clock('decision')).toMatchObject({
      limit: 'decision.simplified',
      due: '2026-03-30',
    });
    expect(await application.documents('visitLimitNotice')).toEqual([]);
    const asked = application.ask(people.lead, 'application.requireVisit', needed, mayRefuse);
    expect(await asked).toMatchObject(refused('case.stage', { found: 'needed' }));
  },
);

story(
  'L3: a check from afar is recorded beside the visit and adds no day',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    const application = await Application.accepted(rig, unitId);
    const check = { method: 'video', on: '2026-03-02', findings: '视频查看设施' };
    await application.ask(people.lead, 'application.offSiteCheck', check);
    expect(await application.entries('verification.offSite')).toMatchObject([
      { params: { method: 'video' } },
    ]);
    expect(await application.clock('decision')).toMatchObject({ limit: 'decision.key', due: '2026-04-14' });
    expect(await application.openTasks()).toContain('visitDecision');
    const tomorrow = { ...check, on: '2026-03-03' };
    expect(await application.ask(people.lead, 'application.offSiteCheck', tomorrow, mayRefuse)).toMatchObject(
      refused('rule.refused', { where: 'on' }),
    );
  },
);

story(
  'L3: two officers see the site, and see it again where something is not as stated',
  '2026-03-02 09:00',
  async (scene) => {
    const application = await Application.accepted(scene.rig, scene.unitId);
    await application.decideVisit('needed');
    await application.opine();
    const visit = (form: object) =>
      application.complete(people.verifier, 'verification', { ...form }, mayRefuse);
    const on = '2026-03-02';
    const findings = [{ fact: 'outlets', consistent: false, note: '多一个排放口' }];
    expect(await visit({ outcome: 'verified', on, officers: ['甲', '甲'], findings })).toMatchObject(
      refused('rule.refused', { what: 'at least two officers verify (ALL 34)' }),
    );
    expect(
      await visit({ outcome: 'verified', on: '2026-03-03', officers: ['甲', '乙'], findings }),
    ).toMatchObject(refused('rule.refused', { where: 'on' }));
    expect(await visit({ outcome: 'revisit', on, officers: ['甲', '乙'], reason: '设施停运' })).toMatchObject(
      {
        status: 'done',
      },
    );
    expect(await application.openTasks()).not.toContain('merge');
    // The second visit has ten working days of its own.
    await application.advanceTo('2026-03-05 09:00');
    expect(await application.clock('verification.2')).toMatchObject({ due: '2026-03-16' });
    expect(
      await visit({ outcome: 'verified', on: '2026-03-05', officers: ['甲', '乙'], findings }),
    ).toMatchObject({
      status: 'done',
    });
    expect(await application.entries('verification.done')).toMatchObject([
      { article: 'ALL 34', params: { officers: ['甲', '乙'], inconsistent: ['outlets'] } },
    ]);
    expect(await application.openTasks()).toContain('merge');
    // What was not as stated stands in the way of a grant until somebody settles it.
    expect(await application.draft('grant', {}, mayRefuse)).toMatchObject(
      refused('rule.refused', { where: 'settled.outlets', found: 'not as stated' }),
    );
    const settled = { outlets: '排放口已补登' };
    expect(await application.draft('grant', { settled })).toMatchObject({ status: 'done' });
  },
);

story(
  'L3: a visit found necessary late takes the file back from the lead officer',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    const application = await Application.reviewed(rig, unitId);
    expect(await application.openTasks()).toContain('merge');
    await application.ask(people.lead, 'application.requireVisit', needed);
    expect(await application.openTasks()).not.toContain('merge');
    await application.verify('2026-03-02');
    expect(await application.openTasks()).toContain('merge');
  },
);

story(
  'L3: a revision that is missed does not skip a visit that is still to come',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    const application = await Application.reviewed(rig, unitId);
    await application.revise(['water']);
    await application.seal('revisionNotice');
    await application.serve('revisionNotice', '2026-03-02');
    await application.ask(people.lead, 'application.requireVisit', needed);
    await application.advanceTo('2026-03-17 09:00');
    expect(await application.story()).toContain('review.revisionMissed');
    expect(await application.openTasks()).not.toContain('merge');
    await application.verify('2026-03-17');
    expect(await application.openTasks()).toContain('merge');
  },
);

story('L3: a renewal calls for no visit by itself', '2026-03-02 09:00', async ({ rig }) => {
  const { unitId, permitNo } = await issuePermit(rig, 'kept', '2021-06-01');
  const causes = ['alteration', 'destinationChanged', 'outletsAdded'];
  const renewal = await Application.accepted(rig, unitId, { kind: 'renewal', permitNo, causes });
  expect(await renewal.clock('decision')).toMatchObject({ limit: 'renewal.decision', due: '2026-03-30' });
  const tasks = await renewal.openTasks();
  expect(tasks).not.toContain('visitDecision');
  expect(tasks).not.toContain('verification');
  // An officer may still find that one is needed; it adds no day to the twenty.
  await renewal.ask(people.lead, 'application.requireVisit', needed);
  expect(await renewal.openTasks()).toContain('verification');
  expect(await renewal.clock('decision')).toMatchObject({ limit: 'renewal.decision', due: '2026-03-30' });
});
