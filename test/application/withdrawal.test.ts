import { expect } from 'vitest';
import { filesOf } from '../../rehearsal/office.js';
import { Application, refused, story } from './application.js';

story(
  'L1: the applicant withdraws at every stage before the decision',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    const incomplete = { files: filesOf(['applicationForm']) };
    const stages: Readonly<Record<string, () => Promise<Application>>> = {
      received: () => Application.receive(rig, unitId),
      supplement: async () => {
        const application = await Application.receive(rig, unitId, incomplete);
        await application.askForSupplement(['commitment', 'preDisclosure']);
        return application;
      },
      review: () => Application.accepted(rig, unitId),
      revision: async () => {
        const application = await Application.reviewed(rig, unitId);
        await application.revise(['water']);
        return application;
      },
      signing: async () => {
        const application = await Application.reviewed(rig, unitId);
        await application.draft();
        return application;
      },
      sealing: async () => {
        const application = await Application.reviewed(rig, unitId);
        await application.draft();
        await application.sign('sectionHead', 'deputyHead');
        return application;
      },
    };
    for (const [stage, reach] of Object.entries(stages)) {
      const application = await reach();
      await application.withdraw(unitId);
      expect(await application.entries('application.withdrawn'), stage).toHaveLength(1);
      expect(await application.story(), stage).not.toContain('decision.made');
      // Only what was handed in is still receipted; everything else that waited for its seal is void.
      expect(await application.openTasks(), stage).toEqual(['seal.1']);
      await application.dispatch('2026-03-02');
      expect(await application.entries('case.closed'), stage).toMatchObject([
        { params: { outcome: 'withdrawn' } },
      ]);
    }
  },
);

story(
  'L1: a decision signed but not sealed is void when the applicant withdraws, and keeps its number',
  '2026-03-02 09:00',
  async (scene) => {
    const application = await Application.reviewed(scene.rig, scene.unitId);
    await application.draft();
    await application.sign('sectionHead', 'deputyHead');
    await application.withdraw(scene.unitId);
    expect(await application.documents('approval')).toMatchObject([
      { number: '云环许〔2026〕1号', state: 'void' },
    ]);
    expect(await application.seal('approval', { mayRefuse: true })).toMatchObject(refused('not.found'));
    const next = await Application.granted(scene.rig, scene.unitId);
    expect(await next.documents('approval')).toMatchObject([{ number: '云环许〔2026〕2号' }]);
  },
);

story(
  'L1: a decision made can not be withdrawn from, nor a case that has ended',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    const decided = await Application.granted(rig, unitId);
    expect(await decided.withdraw(unitId, { mayRefuse: true })).toMatchObject(
      refused('case.stage', { found: 'awaitingPlatform' }),
    );
    const withdrawn = await Application.receive(rig, unitId);
    await withdrawn.withdraw(unitId);
    expect(await withdrawn.withdraw(unitId, { mayRefuse: true })).toMatchObject(refused('case.stage'));
    await withdrawn.dispatch('2026-03-02');
    expect(await withdrawn.withdraw(unitId, { mayRefuse: true })).toMatchObject(refused('case.closed'));
  },
);
