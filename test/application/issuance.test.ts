import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { contents, permits } from '../../db/schema/index.js';
import { Office } from '../../rehearsal/office.js';
import { permitCaseId } from '../../workflows/messages/caseId.js';
import { paragraphsOf } from '../documents/reading.js';
import { addUnit } from '../rig/rig.js';
import { Application, refused, story } from './application.js';

const mayRefuse = { mayRefuse: true };

story(
  'L6: delivery in ten working days, publication in seven, and then the case closes',
  '2026-09-18 09:00',
  async (scene) => {
    const { rig, unitId, creditCode } = scene;
    const application = await Application.granted(rig, unitId);
    // The 20th (Sunday) is a workday, 25 to 27 September and 1 to 7 October are off.
    expect(await application.clock('delivery')).toMatchObject({
      due: '2026-10-09',
      promisedDue: '2026-09-24',
    });
    expect(await application.clock('publicity')).toMatchObject({ due: '2026-09-29' });
    await application.enterNumber(`${creditCode}001P`, '2026-09-18', '2031-09-17');
    await rig.world.settle();
    const [permit] = await rig.db.select().from(permits).where(eq(permits.unitId, unitId));
    expect(permit).toMatchObject({
      permitNo: `${creditCode}001P`,
      validFrom: '2026-09-18',
      validTo: '2031-09-17',
    });

    await application.advanceTo('2026-09-21 09:00');
    expect(await application.record('delivery', '2026-09-22', mayRefuse)).toMatchObject(
      refused('rule.refused'),
    );
    expect(await application.record('delivery', '2026-09-17', mayRefuse)).toMatchObject(
      refused('rule.refused'),
    );
    await application.record('delivery', '2026-09-20');
    await application.record('publicity', '2026-09-21');
    expect(await application.entries('permit.delivered')).toMatchObject([
      { article: 'ALL 44', params: { on: '2026-09-20' } },
    ]);
    expect(await application.story()).not.toContain('case.closed');
    await application.dispatch('2026-09-21');
    expect(await application.entries('case.closed')).toMatchObject([{ params: { outcome: 'granted' } }]);
  },
);

story(
  'L6, L18: an issued permit has its working copy: stored under the hash that the ledger names, and it says that it is one',
  '2026-09-18 09:00',
  async ({ rig, unitId, creditCode }) => {
    const application = await Application.granted(rig, unitId);
    const permitNo = `${creditCode}001P`;
    await application.enterNumber(permitNo, '2026-09-18', '2031-09-17');
    await rig.world.settle();
    const permit = new Office(rig, permitCaseId(permitNo));
    const [copy, ...others] = await permit.documents('certificateCopy');
    if (copy?.contentId == null) throw new Error('no working copy is stored');
    expect(others).toEqual([]);
    expect(await permit.entries('document.issued')).toMatchObject([
      { params: { kind: 'certificateCopy', document: copy.id, content: copy.contentId } },
    ]);
    const [file] = await rig.db.select().from(contents).where(eq(contents.id, copy.contentId));
    const bytes = file?.bytes ?? Buffer.alloc(0);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(copy.contentId);
    expect(paragraphsOf(bytes, 'word/header1.xml')).toEqual(['工作副本 · WORKING COPY']);
    const said = paragraphsOf(bytes).join('\n');
    expect(said).toContain('本件是机关内部使用的工作副本，不是排污许可证');
    expect(said).toContain('It is no permit');
    for (const part of [permitNo, '第1版', '2026年9月18日至2031年9月17日']) expect(said).toContain(part);
  },
);

story(
  'L6: a number that comes late is waited for, loudly',
  '2026-09-18 09:00',
  async ({ rig, unitId, creditCode }) => {
    const application = await Application.granted(rig, unitId);
    // Five working days: 20 (Sunday) to 24 September.
    expect(await application.clock('platform.1')).toMatchObject({ due: '2026-09-24' });
    await application.advanceTo('2026-10-12 09:00');
    const climbed = (await application.rig.events(application.caseId))
      .filter(({ event, params }) => event === 'clock.escalate' && params['clock'] === 'platform.1')
      .map(({ at, params }) => [at.slice(0, 16), params['level']]);
    // The first working day after the promise is the 28th, the third the 30th.
    expect(climbed).toEqual([
      ['2026-09-28T09:00', 'sectionHead'],
      ['2026-09-30T09:00', 'deputyHead'],
    ]);
    expect(await application.story()).not.toContain('permit.issued');
    await application.enterNumber(`${creditCode}001P`, '2026-10-10', '2031-10-09');
    expect(await application.story()).not.toContain('platform.differs');
  },
);

story(
  'L6: a term that differs from ours is recorded and reconciled by a person',
  '2026-09-18 09:00',
  async (scene) => {
    const { rig, unitId, creditCode } = scene;
    const longer = await Application.granted(rig, unitId);
    await longer.enterNumber(`${creditCode}001P`, '2026-09-18', '2031-09-18');
    const earlier = await Application.granted(rig, unitId);
    await earlier.enterNumber(`${creditCode}002P`, '2026-09-17', '2031-09-16');
    for (const application of [longer, earlier]) {
      expect(await application.entries('platform.differs')).toHaveLength(1);
      expect(await application.entries('permit.issued')).toHaveLength(1);
      await application.record('delivery', '2026-09-18');
      await application.record('publicity', '2026-09-18');
      await application.dispatch('2026-09-18');
      expect(await application.openTasks()).toEqual(['reconciliation']);
      await application.complete(application.staff.lead, 'reconciliation', {
        outcome: 'platformCorrected',
        note: '已更正',
      });
      expect((await application.story()).at(-1)).toBe('case.closed');
    }
  },
);

story(
  'L6: a mistyped number is refused: another unit’s, one that is taken, one given twice at once',
  '2026-09-18 09:00',
  async (scene) => {
    const { rig, unitId, creditCode } = scene;
    const other = await addUnit(rig, 'cement');
    const application = await Application.granted(rig, unitId);
    const enter = (to: Application, permitNo: string) =>
      to.enterNumber(permitNo, '2026-09-18', '2031-09-17', mayRefuse);
    expect(await enter(application, `${other.creditCode}001P`)).toMatchObject(
      refused('rule.refused', { found: 'otherUnit' }),
    );
    const platform = { businessNo: 'B1', at: '2026-09-18T09:01:00+08:00' };
    const form = {
      outcome: 'recorded',
      permitNo: `${creditCode}001P`,
      platform,
      validFrom: '2026-09-18',
      validTo: '2031-09-17',
    };
    expect(await application.complete(application.staff.desk, 'platform', form, mayRefuse)).toMatchObject(
      refused('rule.refused', { where: 'platform.at' }),
    );
    const second = await Application.granted(rig, unitId);
    const answers = await Promise.all([application, second].map((each) => enter(each, `${creditCode}001P`)));
    expect(answers.map(({ status }) => status).sort()).toEqual(['done', 'refused']);
    expect(answers.find(({ status }) => status === 'refused')).toMatchObject({ detail: { found: 'taken' } });
    await rig.world.settle();
    const loser = answers[0]?.status === 'refused' ? application : second;
    expect(await enter(loser, `${creditCode}001P`)).toMatchObject(
      refused('rule.refused', { found: 'taken' }),
    );
    expect(await enter(loser, `${creditCode}002P`)).toMatchObject({ status: 'done' });
  },
);

story('L5: a denial closes when it is served and published', '2026-09-18 09:00', async ({ rig, unitId }) => {
  const application = await Application.reviewed(rig, unitId);
  await application.draft('deny', { grounds: [{ article: 'REG 11(3)', reason: '防治措施不可行' }] });
  await application.sign('sectionHead', 'legalReview', 'deputyHead');
  await application.dispatch('2026-09-18');
  expect(await application.openTasks()).toEqual(['publicity']);
  expect(await application.clock('publicity')).toMatchObject({ due: '2026-09-29' });
  await expect(application.clock('delivery')).rejects.toThrow('no clock');
  await application.record('publicity', '2026-09-18');
  expect(await application.entries('case.closed')).toMatchObject([{ params: { outcome: 'denied' } }]);
});
