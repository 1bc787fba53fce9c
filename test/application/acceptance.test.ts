import { expect } from 'vitest';
import { filesOf, plainProject, submission } from '../../rehearsal/office.js';
import { requestSchemas } from '../../workflows/messages/catalogue.js';
import * as people from '../../rehearsal/people.js';
import { Application, refused, story } from './application.js';

story('L1: a complete file is accepted by a dated, numbered notice', '2026-02-13 15:00', async (scene) => {
  const { rig, unitId } = scene;
  const application = await Application.receive(rig, unitId);
  // Friday; Saturday the 14th is a make-up workday, then the Spring Festival until the 23rd.
  expect(await application.clock('completeness.1')).toMatchObject({ due: '2026-02-25', state: 'running' });
  await application.advanceTo('2026-02-24 10:00');
  await application.accept();
  expect(await application.entries('application.accepted')).toMatchObject([
    { at: '2026-02-24T10:00:00.000+08:00', article: 'REG 9(5)', params: { acceptedOn: '2026-02-24' } },
  ]);
  expect(await application.documents('acceptanceNotice')).toMatchObject([
    { number: '云环许受〔2026〕2号', organ: 'yunchuan', params: { acceptedOn: '2026-02-24', deemed: false } },
  ]);
  // Thirty working days after the 24th, the 28th (Saturday) a workday, 4 to 6 April off.
  expect(await application.clock('decision')).toMatchObject({ due: '2026-04-07', promisedDue: '2026-03-30' });
  expect(await application.clock('completeness.1')).toMatchObject({ state: 'stopped' });
});

story('L1: what is put right on the spot needs no notice', '2026-03-02 09:00', async ({ rig, unitId }) => {
  const application = await Application.receive(rig, unitId, {
    files: filesOf(['commitment', 'applicationForm']),
  });
  const corrected = filesOf(['preDisclosure']);
  await application.complete(people.desk, 'completeness', { outcome: 'accept', corrected });
  expect(await application.entries('application.correctedOnSpot')).toMatchObject([
    { article: 'REG 9(3)', zh: '申请人当场更正：申请前信息公开情况说明。' },
  ]);
  expect(await application.story()).toContain('application.accepted');
});

story('L1: the receipt is at the submission on the platform', '2026-03-05 09:00', async ({ rig, unitId }) => {
  const submit = (submittedAt: string) =>
    Application.receive(rig, unitId, { platform: { businessNo: 'S1', at: submittedAt } });
  const application = await submit('2026-03-03T23:59:00+08:00');
  expect(await application.entries('application.received')).toMatchObject([
    { at: '2026-03-05T09:00:00.000+08:00', article: 'REG 8', params: { receivedOn: '2026-03-03' } },
  ]);
  expect(await application.clock('completeness.1')).toMatchObject({ due: '2026-03-06' });
  await expect(submit('2026-03-05T09:01:00+08:00')).rejects.toThrow('rule.refused');
});

const cases = [
  { outcome: 'notNeeded', article: 'REG 9(1)', event: 'application.notNeeded', paper: 'notNeededNotice' },
  { outcome: 'notCompetent', article: 'REG 9(2)', event: 'application.notCompetent', paper: 'nonAcceptance' },
  { outcome: 'refuse', article: 'REG 9', event: 'application.refused', paper: 'nonAcceptance' },
] as const;

for (const { outcome, article, event, paper } of cases) {
  story(
    `L1: ${outcome}: said at once, with reason, and closed when served`,
    '2026-03-02 09:00',
    async (scene) => {
      const application = await Application.receive(scene.rig, scene.unitId);
      const right = outcome === 'notCompetent' ? { rightAuthority: '澜江市行政审批服务局' } : {};
      await application.complete(people.desk, 'completeness', { outcome, reason: '不在名录内', ...right });
      expect(await application.entries(event)).toMatchObject([
        { article, params: { reason: '不在名录内', ...right } },
      ]);
      expect(await application.documents(paper)).toMatchObject([
        { params: { reason: '不在名录内', ...right } },
      ]);
      expect(await application.story()).not.toContain('case.closed');
      await application.dispatch('2026-03-02');
      expect((await application.story()).at(-1)).toBe('case.closed');
    },
  );
}

story('L1: three days of silence accept as of the receipt', '2026-04-30 16:00', async ({ rig, unitId }) => {
  const application = await Application.receive(rig, unitId);
  // Labour Day until Tuesday the 5th: Wednesday, Thursday, Friday.
  expect(await application.clock('completeness.1')).toMatchObject({ due: '2026-05-08' });
  await application.advanceTo('2026-05-08 23:59');
  expect(await application.story()).not.toContain('application.deemedAccepted');
  const warnings = (await application.entries('clock.warn')).map(({ at, params }) => [at, params['level']]);
  expect(warnings).toEqual([
    ['2026-05-07T09:00:00.000+08:00', 'sectionHead'],
    ['2026-05-08T09:00:00.000+08:00', 'deputyHead'],
  ]);
  await application.advanceTo('2026-05-09 00:00');
  expect(await application.entries('application.deemedAccepted')).toMatchObject([
    {
      at: '2026-05-09T00:00:00.000+08:00',
      article: 'REG 9(4)',
      actor: { kind: 'system' },
      params: { acceptedOn: '2026-04-30' },
    },
  ]);
  // The decision clock runs from the receipt, not from the day of the lapse; the 9th (Saturday) is a workday.
  expect(await application.clock('decision')).toMatchObject({ due: '2026-06-15' });
  expect(await application.documents('acceptanceNotice')).toMatchObject([
    { params: { acceptedOn: '2026-04-30', deemed: true } },
  ]);
  expect(await application.openTasks()).not.toContain('completeness');
});

story(
  'L1: the papers that make a file complete, and an incomplete one is not accepted',
  '2026-03-02 09:00',
  async (scene) => {
    const { rig, unitId } = scene;
    const basic = ['commitment', 'applicationForm'];
    const project = { ...plainProject, sewageWorks: true, newOrAltered: true, controlledPollutants: true };
    const missing = async (more: object, files: readonly string[]) => {
      const application = await Application.receive(rig, unitId, { ...more, files: filesOf(files) });
      const [received] = await application.entries('application.received');
      return received?.params['missing'];
    };
    expect(await missing({}, basic)).toEqual(['preDisclosure']);
    expect(await missing({ permitClass: 'simplified' }, basic)).toEqual([]);
    expect(await missing({ permitClass: 'simplified', project }, basic)).toEqual([
      'sewageNetwork',
      'quotaSource',
    ]);
    // An altered project without controlled pollutants brings no quota.
    expect(await missing({ project: { ...plainProject, newOrAltered: true } }, basic)).toEqual([
      'preDisclosure',
    ]);

    const application = await Application.receive(rig, unitId, { project, files: filesOf(basic) });
    const accepted = await application.complete(
      people.desk,
      'completeness',
      { outcome: 'accept' },
      { mayRefuse: true },
    );
    expect(accepted).toMatchObject(
      refused('rule.refused', { where: 'files', expected: 'preDisclosure, sewageNetwork, quotaSource' }),
    );
    // The unit answers for its file, or there is no application.
    const submit = requestSchemas['application.submit'];
    expect(submit.safeParse(submission(unitId)).success).toBe(true);
    expect(submit.safeParse(submission(unitId, { commitment: false })).success).toBe(false);
  },
);
