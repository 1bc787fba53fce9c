import { expect } from 'vitest';
import { Application, story } from '../application/application.js';
import { type HeldPermit, openTasks } from '../rig/permits.js';
import { addUnit, at, type Rig } from '../rig/rig.js';
import { Asking, issueComparable, lowerConcentration, storedWith } from './asking.js';

/** Another subject takes the plant of this permit over, and has its own from Tuesday 6 January 2026 on. */
async function takeOver(rig: Rig, former: HeldPermit, unit: string): Promise<void> {
  const { creditCode } = await addUnit(rig, unit);
  const heir = await Application.granted(rig, unit, { formerPermitNo: former.permitNo });
  await heir.enterNumber(`${creditCode}001P`, '2026-01-06', '2031-01-05');
  await rig.world.settle();
}

/** Heard and decided: the permit of the holder before is cancelled with the service of the decision, on this day. */
async function cancelled(former: HeldPermit, announced: string, decided: string): Promise<void> {
  const cancellation = former.cancellation();
  await cancellation.serveIntention(announced);
  await former.rig.world.advanceTo(at(`${decided} 09:00`));
  await cancellation.signDecision();
  await cancellation.serveDecision(decided);
}

/** Permits to 12 March 2026, whose holders have asked for more of them before another subject took the plant over. */
story(
  'L11, L7: what the holder before still asks for goes on while he is heard, and ends once his permit is cancelled',
  '2026-01-06 10:00',
  async ({ rig }) => {
    const [early, late] = [
      await issueComparable(rig, 'early', '2021-03-13'),
      await issueComparable(rig, 'late', '2021-03-13'),
    ];
    const [renewal, other] = [await early.renew(), await late.renew()];
    for (const each of [renewal, other]) await each.accept();
    const contentId = await storedWith(rig, lowerConcentration);
    const change = await Asking.filed(early, 'change', contentId, { changedOn: '2026-01-05' });
    await change.decide();

    await takeOver(rig, early, 'earlyHeir');
    await takeOver(rig, late, 'lateHeir');
    // He may be right, and keep his permit: nothing that he asks for is cut off by another's word.
    for (const each of [renewal, change]) expect(await each.story()).not.toContain('application.permitEnded');
    expect(await openTasks(rig, change.caseId)).toContain('opinion.water');

    await cancelled(early, '2026-01-06', '2026-01-14');
    await early.stands('cancelled', '2026-03-12');
    for (const each of [renewal, change]) {
      expect(await each.entries('application.permitEnded')).toMatchObject([
        { params: { permitNo: early.permitNo, state: 'cancelled' }, article: 'ALL 70' },
      ]);
      expect((await openTasks(rig, each.caseId)).filter((kind) => !/^(seal|serve)/.test(kind))).toEqual([]);
    }

    // The other is not decided on the last day: the law renews what was asked for in time, and the cancellation ends that too.
    await late.cancellation().serveIntention('2026-01-14');
    await rig.world.advanceTo(at('2026-03-13 09:00'));
    await early.stands('cancelled', '2026-03-12');
    await late.stands('toBeConfirmed', '2031-03-12');
    expect(await openTasks(rig, late.caseId)).toContain('confirmRenewal');
    await late.cancellation().signDecision();
    await late.cancellation().serveDecision('2026-03-13');
    await late.stands('cancelled', '2031-03-12');
    expect(await openTasks(rig, late.caseId)).not.toContain('confirmRenewal');
  },
);
