import { expect } from 'vitest';
import { story } from '../application/application.js';
import { issuePermit, openTasks } from '../rig/permits.js';
import { at } from '../rig/rig.js';
import { Act } from './acts.js';

/** Two permits to 12 March 2026, both with a renewal filed in time, accepted, and undecided on the last day. */
story(
  'L7, L11: of two timely renewals that nobody decided, the one of an annulled permit is not made by the law',
  '2026-01-05 10:00',
  async ({ rig }) => {
    const [annulled, standing] = [
      await issuePermit(rig, 'annulled', '2021-03-13'),
      await issuePermit(rig, 'standing', '2021-03-13'),
    ];
    const [renewal, other] = [await annulled.renew(), await standing.renew()];
    await renewal.accept();
    await other.accept();
    await rig.world.advanceTo(at('2026-03-02 09:00'));
    const [act, unfinished] = [
      await Act.start(annulled, 'annulment'),
      await Act.start(standing, 'annulment'),
    ];
    await act.tell('2026-03-02');
    await unfinished.tell('2026-03-02');
    await rig.world.advanceTo(at('2026-03-10 09:00'));
    await act.draftAs({ outcome: 'annul', opinion: '拟予撤销', compensation: false });
    await act.sign();
    await rig.world.advanceTo(at('2026-03-12 23:50'));
    await act.decide('annulmentDecision', '2026-03-12');
    await rig.world.advanceTo(at('2026-03-13 00:00'));

    await annulled.stands('annulled', '2026-03-12');
    expect(await renewal.story()).toContain('application.permitEnded');
    expect(await openTasks(rig, annulled.cancellation().caseId)).toEqual(['cancellationDraft']);
    // An annulment that is not decided yet takes nothing from the holder: the law renews, and it goes on.
    await standing.stands('toBeConfirmed', '2031-03-12');
    expect(await openTasks(rig, unfinished.caseId)).toEqual(['annulmentDraft']);
    // What is served later ends the new term too, and with it what was to be confirmed.
    await rig.world.advanceTo(at('2026-03-16 09:00'));
    await unfinished.draftAs({ outcome: 'annul', opinion: '拟予撤销', compensation: false });
    await unfinished.sign();
    await unfinished.decide('annulmentDecision', '2026-03-16');
    await standing.stands('annulled', '2031-03-12');
    expect(await openTasks(rig, standing.caseId)).not.toContain('confirmRenewal');
  },
);
