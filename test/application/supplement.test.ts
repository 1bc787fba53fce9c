import { expect } from 'vitest';
import { filesOf } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { Application, refused, type Scene, story } from './application.js';

const incomplete = { files: filesOf(['applicationForm']) };

/** The desk completes its check with this; a refusal is answered. */
const check = (application: Application, form: object) =>
  application.complete(people.desk, 'completeness', { ...form }, { mayRefuse: true });

story('L1: one notice names every defect, with the term printed in it', '2026-03-02 09:00', async (scene) => {
  const application = await Application.receive(scene.rig, scene.unitId, incomplete);
  const partial = { outcome: 'supplement', defects: [{ item: 'commitment', what: '未提交' }] };
  expect(await check(application, partial)).toMatchObject(
    refused('rule.refused', { where: 'defects', expected: 'preDisclosure' }),
  );
  await application.askForSupplement(['commitment', 'preDisclosure', 'applicationForm']);
  expect(await application.entries('application.supplementRequested')).toMatchObject([
    {
      article: 'REG 9(4)',
      params: { items: ['commitment', 'preDisclosure', 'applicationForm'], override: null },
    },
  ]);
  expect(await application.documents('supplementNotice')).toMatchObject([
    {
      number: '云环许受〔2026〕2号',
      params: { items: ['commitment', 'preDisclosure', 'applicationForm'], term: 30 },
    },
  ]);
  // REG 9(4): the three days run until the notice is issued, under its seal and date.
  expect(await application.clock('completeness.1')).toMatchObject({ state: 'running' });
  await application.seal('supplementNotice');
  expect(await application.clock('completeness.1')).toMatchObject({ state: 'stopped' });
});

story(
  'L1: a notice that is only drafted tells nobody: silence accepts as of the receipt, and the draft is void',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    const application = await Application.receive(rig, unitId, incomplete);
    await application.askForSupplement(['commitment', 'preDisclosure']);
    // Three working days from Monday, 2 March: Thursday the 5th.
    await application.advanceTo('2026-03-05 23:59');
    expect(await application.story()).not.toContain('application.deemedAccepted');
    await application.advanceTo('2026-03-06 00:00');
    expect(await application.entries('application.deemedAccepted')).toMatchObject([
      { at: '2026-03-06T00:00:00.000+08:00', params: { acceptedOn: '2026-03-02' } },
    ]);
    expect(await application.documents('supplementNotice')).toMatchObject([{ state: 'void' }]);
    expect(await application.clock('decision')).toMatchObject({ due: '2026-04-14', state: 'running' });
  },
);

story(
  'L1: a notice that is voided after its seal told nobody either: the three days go on from the receipt',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    const [again, never] = [
      await Application.receive(rig, unitId, incomplete),
      await Application.receive(rig, unitId, incomplete),
    ];
    for (const application of [again, never]) {
      await application.askForSupplement(['commitment', 'preDisclosure']);
      await application.seal('supplementNotice');
      const documentId = await application.document('supplementNotice');
      await application.ask(people.desk, 'document.void', { documentId, reason: '打印错误' });
      expect(await application.clock('completeness.1')).toMatchObject({
        due: '2026-03-05',
        state: 'running',
      });
    }
    await again.seal('supplementNotice');
    await again.advanceTo('2026-03-06 09:00');
    await again.serve('supplementNotice', '2026-03-06');
    expect(await again.story()).not.toContain('application.deemedAccepted');
    expect(await again.clock('supplement.1')).toMatchObject({ due: '2026-04-05' });
    expect(await never.entries('application.deemedAccepted')).toHaveLength(1);
  },
);

story(
  'L1: what is handed in before the notice is sealed starts the three days anew',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    const application = await Application.receive(rig, unitId, incomplete);
    await application.askForSupplement(['commitment', 'preDisclosure']);
    await application.advanceTo('2026-03-04 09:00');
    await application.supplement(unitId, ['commitment', 'preDisclosure']);
    expect(await application.clock('completeness.1')).toMatchObject({ state: 'stopped' });
    expect(await application.clock('completeness.2')).toMatchObject({ due: '2026-03-09', state: 'running' });
    await application.accept();
    expect(await application.entries('application.accepted')).toHaveLength(1);
  },
);

async function supplemented({ rig, unitId }: Scene): Promise<Application> {
  const application = await Application.receive(rig, unitId, incomplete);
  await application.askForSupplement(['commitment', 'preDisclosure']);
  await application.seal('supplementNotice');
  await application.advanceTo('2026-03-04 09:00');
  await application.serve('supplementNotice', '2026-03-04');
  await application.advanceTo('2026-03-11 09:00');
  const platform = { businessNo: 'S2', at: '2026-03-10T22:15:00+08:00' };
  await application.supplement(unitId, ['commitment', 'preDisclosure'], { platform });
  return application;
}

story(
  'L1: the supplement starts three days anew, and silence accepts as of its receipt',
  '2026-03-02 09:00',
  async (scene) => {
    const application = await supplemented(scene);
    expect(await application.clock('supplement.1')).toMatchObject({ due: '2026-04-03', state: 'stopped' });
    expect(await application.clock('completeness.2')).toMatchObject({ due: '2026-03-13', state: 'running' });
    await application.advanceTo('2026-03-14 00:00');
    expect(await application.entries('application.deemedAccepted')).toMatchObject([
      { at: '2026-03-14T00:00:00.000+08:00', params: { acceptedOn: '2026-03-10' } },
    ]);
    expect(await application.clock('decision')).toMatchObject({ due: '2026-04-22' });
  },
);

story(
  'L1: a supplement is not dated before the application nor after now',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    const application = await Application.receive(rig, unitId, incomplete);
    await application.askForSupplement(['commitment', 'preDisclosure']);
    const dated = (at: string) =>
      application.supplement(unitId, ['commitment'], { platform: { businessNo: 'S', at } });
    await expect(dated('2026-02-27T10:00:00+08:00')).rejects.toThrow('rule.refused');
    await expect(dated('2026-03-02T10:00:00+08:00')).rejects.toThrow('rule.refused');
  },
);

story(
  'L1: a second notice names only what is unmet or what the supplement made',
  '2026-03-02 09:00',
  async (scene) => {
    const application = await supplemented(scene);
    const again = (item: string, more: object = {}, override: object = {}) =>
      check(application, { outcome: 'supplement', defects: [{ item, what: '有误', ...more }], ...override });
    const answer = refused('rule.refused', { where: 'defects' });
    expect(await again('applicationForm')).toMatchObject(answer);
    expect(await again('applicationForm', { ground: 'unmet' })).toMatchObject(answer);
    expect(await again('commitment')).toMatchObject(answer);
    expect(await again('commitment', { ground: 'unmet' })).toMatchObject({ status: 'done' });
    await application.supplement(scene.unitId, ['commitment']);
    expect(await again('catchmentMap', { ground: 'madeBySupplement' })).toMatchObject({ status: 'done' });
    await application.supplement(scene.unitId, ['catchmentMap']);
    const override = { by: '科室负责人', reason: '申请表关键数据前后矛盾' };
    expect(await again('applicationForm', {}, { override })).toMatchObject({ status: 'done' });
    const requests = await application.entries('application.supplementRequested');
    expect(requests.map((entry) => entry.params['override'])).toEqual([null, null, null, override]);
  },
);

story(
  'L1: thirty days of silence after one reminder end the case, and filing again is free',
  '2026-03-02 09:00',
  async (scene) => {
    const { rig, unitId } = scene;
    const application = await Application.receive(rig, unitId, incomplete);
    await application.seal('materialReceipt');
    await application.askForSupplement(['commitment', 'preDisclosure']);
    await application.seal('supplementNotice');
    await application.advanceTo('2026-03-04 09:00');
    await application.serve('supplementNotice', '2026-03-04');
    expect(await application.clock('supplement.1')).toMatchObject({ due: '2026-04-03' });
    await application.advanceTo('2026-04-03 23:59');
    const reminders = (await application.entries('clock.remind')).map(({ at, params }) => [
      at,
      params['level'],
    ]);
    expect(reminders).toEqual([['2026-03-27T09:00:00.000+08:00', 'applicant']]);
    expect(await application.story()).not.toContain('application.lapsed');
    await application.advanceTo('2026-04-07 09:00');
    expect(await application.entries('application.lapsed')).toMatchObject([
      { at: '2026-04-04T00:00:00.000+08:00' },
    ]);
    expect(await application.story()).not.toContain('decision.made');
    await application.dispatch('2026-04-07');
    expect(await application.entries('case.closed')).toMatchObject([{ params: { outcome: 'lapsed' } }]);
    const again = await Application.receive(rig, unitId);
    expect(await again.accept()).toMatchObject({ status: 'done' });
  },
);

story(
  'L1: a notice that was never served starts no term, and one served late starts none any more',
  '2026-03-02 09:00',
  async (scene) => {
    const { rig, unitId } = scene;
    const application = await Application.receive(rig, unitId, incomplete);
    await application.askForSupplement(['commitment', 'preDisclosure']);
    await application.seal('supplementNotice');
    await application.advanceTo('2026-03-20 09:00');
    await expect(application.clock('supplement.1')).rejects.toThrow('no clock');
    // Unserved after five working days, up to Monday the 9th: the task has turned red and climbed.
    const climbed = (await application.entries('clock.escalate')).map(({ at, params }) => [
      at,
      params['level'],
    ]);
    expect(climbed).toContainEqual(['2026-03-10T09:00:00.000+08:00', 'sectionHead']);
    await application.supplement(unitId, ['commitment', 'preDisclosure']);
    await application.serve('supplementNotice', '2026-03-20');
    await expect(application.clock('supplement.1')).rejects.toThrow('no clock');
  },
);
