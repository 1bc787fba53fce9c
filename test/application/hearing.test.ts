import { expect } from 'vitest';
import * as people from '../../rehearsal/people.js';
import { Application, refused, type Scene, story } from './application.js';

const mayRefuse = { mayRefuse: true };
const neighbour = people.applicantOf('neighbour');
const ask = (application: Application) =>
  application.ask(neighbour, 'hearing.request', { party: '邻近居民' }, mayRefuse);
const conduct = (application: Application, form: object) =>
  application.complete(people.legalOfficer, 'hearing', { ...form }, mayRefuse);

/** Others were told of their right on Monday the 2nd, served on the 3rd. */
async function announced({ rig, unitId }: Scene): Promise<Application> {
  const application = await Application.reviewed(rig, unitId);
  await application.ask(people.lead, 'hearing.announce', { parties: ['邻近居民'], matter: '异味影响' });
  await application.seal('hearingRightsNotice');
  await application.advanceTo('2026-03-03 10:00');
  expect(await ask(application)).toMatchObject(
    refused('rule.refused', { expected: 'by the service of the notice' }),
  );
  await application.serve('hearingRightsNotice', '2026-03-03');
  expect(await application.clock('hearingRequest')).toMatchObject({ due: '2026-03-10' });
  return application;
}

story(
  'L5: whoever asks too late has no hearing, and nothing is decided before the term is over',
  '2026-03-02 09:00',
  async (scene) => {
    const application = await announced(scene);
    await application.advanceTo('2026-03-10 23:00');
    expect(await application.draft('grant', {}, mayRefuse)).toMatchObject(
      refused('case.stage', { found: 'announced' }),
    );
    await application.advanceTo('2026-03-11 09:00');
    expect(await application.entries('hearing.waived')).toMatchObject([
      { at: '2026-03-11T00:00:00.000+08:00' },
    ]);
    expect(await ask(application)).toMatchObject(
      refused('rule.refused', { expected: 'by 2026-03-10', found: '2026-03-11' }),
    );
    expect(await application.clock('decision')).toMatchObject({ due: '2026-04-14' });
    expect(await application.draft()).toMatchObject({ status: 'done' });
  },
);

story(
  'L5: a hearing asked for in time is held on a day made known seven days before, and its days do not count',
  '2026-03-02 09:00',
  async (scene) => {
    const application = await announced(scene);
    await application.advanceTo('2026-03-10 16:00');
    expect(await ask(application)).toMatchObject({ status: 'done' });
    expect(await application.clock('decision')).toMatchObject({ state: 'paused' });
    expect(await application.clock('hearingHold')).toMatchObject({ due: '2026-04-08' });
    expect(await application.documents('exclusionNotice')).toMatchObject([
      { params: { ground: 'hearing', expectedDays: 20 } },
    ]);
    expect(await application.draft('grant', {}, mayRefuse)).toMatchObject(
      refused('case.stage', { found: 'requested' }),
    );

    const held = (on: string) => ({ outcome: 'held', on, chair: '周正', record: '听证笔录' });
    expect(await conduct(application, held('2026-03-10'))).toMatchObject(refused('rule.refused'));
    const scheduled = { outcome: 'scheduled', on: '2026-03-24', place: '第二会议室', chair: '周正' };
    expect(await conduct(application, { ...scheduled, chair: people.reviewer('water').id })).toMatchObject(
      refused('rule.refused', { where: 'chair' }),
    );
    expect(await conduct(application, scheduled)).toMatchObject({ status: 'done' });
    // Seven working days before Tuesday the 24th.
    expect(await application.clock('hearingNotice.1')).toMatchObject({ due: '2026-03-13' });
    await application.seal('hearingNotice');
    await application.advanceTo('2026-03-12 09:00');
    await application.serve('hearingNotice', '2026-03-12');
    expect(await conduct(application, held('2026-03-24'))).toMatchObject(
      refused('rule.refused', { where: 'on' }),
    );
    await application.advanceTo('2026-03-26 09:00');
    expect(await conduct(application, held('2026-03-25'))).toMatchObject(
      refused('rule.refused', { expected: '2026-03-24' }),
    );
    expect(await conduct(application, held('2026-03-24'))).toMatchObject({ status: 'done' });
    expect(await application.entries('hearing.held')).toMatchObject([
      { article: 'ALL 48', params: { on: '2026-03-24' } },
    ]);
    // The 10th to the 23rd are out, ten working days: the record on the 26th gains nothing.
    expect(await application.clock('decision')).toMatchObject({ due: '2026-04-28', state: 'running' });
    // Decided on the record, and so with legal review.
    await application.draft();
    await application.sign('sectionHead', 'legalReview', 'deputyHead');
  },
);

story(
  'L5: a hearing whose notice came too late is set for another day',
  '2026-03-02 09:00',
  async (scene) => {
    const application = await announced(scene);
    expect(await ask(application)).toMatchObject({ status: 'done' });
    const schedule = (on: string) =>
      conduct(application, { outcome: 'scheduled', on, place: '第二会议室', chair: '周正' });
    const hold = (on: string) =>
      conduct(application, { outcome: 'held', on, chair: '周正', record: '听证笔录' });
    await schedule('2026-03-11');
    await application.seal('hearingNotice');
    await application.serve('hearingNotice', '2026-03-03');
    await application.advanceTo('2026-03-12 15:00');
    expect(await hold('2026-03-11')).toMatchObject(refused('rule.refused', { where: 'on' }));
    await schedule('2026-03-23');
    await application.seal('hearingNotice');
    await application.serve('hearingNotice', '2026-03-12');
    expect(await application.clock('hearingNotice.2')).toMatchObject({ due: '2026-03-12', state: 'stopped' });
    await application.advanceTo('2026-03-23 15:00');
    expect(await hold('2026-03-23')).toMatchObject({ status: 'done' });
  },
);
