import { expect } from 'vitest';
import { content, filesOf, gatesMet, plainProject } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { Application, refused, story } from './application.js';

/** Everything that a condition may hang on. */
const everything = {
  project: {
    newOrAltered: true,
    controlledPollutants: true,
    sewageWorks: true,
    riverOutfall: true,
    specialPeriods: true,
    soilOrNewPollutants: true,
  },
  files: filesOf(['commitment', 'applicationForm', 'preDisclosure', 'sewageNetwork', 'quotaSource']),
};
const articles = {
  eia: 'REG 11(1)',
  eiaZoning: 'REG 11(1)',
  standards: 'REG 11(2)',
  quota: 'REG 11(2)',
  controls: 'REG 11(3)',
  monitoringPlan: 'REG 11(4)',
  outfallDecision: 'REG 13(4)',
  specialPeriods: 'REG 13(7)',
  soilAndNewPollutants: 'REG 13(11)',
  notExcluded: 'CAT',
};
const mayRefuse = { mayRefuse: true };
const shown = [{ note: '材料' }];

story('L4: each condition that fails alone refuses a grant', '2026-03-02 09:00', async ({ rig, unitId }) => {
  const application = await Application.reviewed(rig, unitId, everything);
  for (const [gate, article] of Object.entries(articles)) {
    const failing = [
      { gate, met: false, evidence: shown },
      { gate, met: false, evidence: [] },
      // Called met, but nothing shows it.
      { gate, met: true, evidence: [] },
    ];
    for (const finding of failing) {
      const answer = await application.draft('grant', { gates: gatesMet(finding) }, mayRefuse);
      const expected = { where: 'gates', expected: `${gate} (${article})` };
      expect(answer, JSON.stringify(finding)).toMatchObject(refused('rule.refused', expected));
    }
    const silent = gatesMet().filter((finding) => finding['gate'] !== gate);
    expect(await application.draft('grant', { gates: silent }, mayRefuse), gate).toMatchObject(
      refused('rule.refused', { found: `${gate}: open` }),
    );
  }
  expect(await application.draft('grant', { gates: gatesMet() })).toMatchObject({ status: 'done' });
});

story(
  'L4: without a source of the quota there is no permit: REG 11(2)',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    const application = await Application.reviewed(rig, unitId, everything);
    const gates = gatesMet({ gate: 'quota', met: false, evidence: [] });
    // The paper is asked for before its absence denies anything, also where the officer cites the article himself.
    expect(await application.draft('deny', { gates }, mayRefuse)).toMatchObject(refused('rule.refused'));
    const grounds = [{ article: 'REG 11(2)', reason: '无总量指标来源' }];
    expect(await application.draft('deny', { gates, grounds }, mayRefuse)).toMatchObject(
      refused('rule.refused', { found: 'quota (REG 11(2))' }),
    );
    await application.revise(['water'], { papers: ['quota'] });
    expect(await application.documents('revisionNotice')).toMatchObject([
      { params: { papers: ['quota'], term: 10 } },
    ]);
    const revised = { contentId: content('v2'), note: '未取得指标' };
    await application.ask(people.applicantOf(unitId), 'application.revise', revised);
    await application.opine('disagree', ['water']);
    const settled = { conclusion: '采纳水要素意见' };
    expect(await application.draft('grant', { gates, settled }, mayRefuse)).toMatchObject(
      refused('rule.refused'),
    );
    await application.draft('deny', { gates, settled });
    await application.sign('sectionHead', 'legalReview', 'deputyHead');
    await application.seal('denial');
    expect(await application.entries('decision.made')).toMatchObject([
      { article: 'REG 12', params: { conclusion: 'deny', grounds: [{ article: 'REG 11(2)' }] } },
    ]);
    expect(await application.documents('denial')).toMatchObject([
      { params: { grounds: [{ article: 'REG 11(2)' }] } },
    ]);
  },
);

story(
  'L4: a paper that is there and does not convince denies at once, and so does an excluded process',
  '2026-03-02 09:00',
  async (scene) => {
    const { rig, unitId } = scene;
    for (const finding of [
      { gate: 'quota', met: false, evidence: shown },
      { gate: 'notExcluded', met: false, evidence: [] },
    ] as const) {
      const application = await Application.reviewed(rig, unitId, everything);
      await application.draft('deny', { gates: gatesMet(finding) });
      expect(await application.entries('decision.drafted')).toMatchObject([
        { params: { conclusion: 'deny', failed: [finding.gate] } },
      ]);
    }
  },
);

story('L4: a denial states its grounds', '2026-03-02 09:00', async ({ rig, unitId }) => {
  const application = await Application.reviewed(rig, unitId);
  expect(await application.draft('deny', {}, mayRefuse)).toMatchObject(
    refused('rule.refused', { where: 'grounds' }),
  );
});

story(
  'L4: units without need of a quota are not asked for one',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    const always = ['eia', 'standards', 'controls', 'monitoringPlan', 'notExcluded'];
    const gates = always.map((gate) => ({ gate, met: true, evidence: shown }));
    for (const project of [plainProject, { ...plainProject, controlledPollutants: true }]) {
      const application = await Application.reviewed(rig, unitId, { project });
      expect(await application.draft('grant', { gates })).toMatchObject({ status: 'done' });
    }
  },
);
