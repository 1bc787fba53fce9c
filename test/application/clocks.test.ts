import { expect } from 'vitest';
import { listTasks } from '../../db/queries/tasks.js';
import * as people from '../../rehearsal/people.js';
import { addUnit, at } from '../rig/rig.js';
import { Application, refused, story } from './application.js';

const mayRefuse = { mayRefuse: true };
const simplified = { permitClass: 'simplified' };

story(
  'L5: colours and warnings follow the promise, the law follows the statute; late is never granted',
  '2026-03-02 09:00',
  async (scene) => {
    const application = await Application.accepted(scene.rig, scene.unitId, simplified);
    await application.opine();
    // Twenty working days by law, fifteen as promised.
    expect(await application.clock('decision')).toMatchObject({
      due: '2026-03-30',
      promisedDue: '2026-03-23',
    });
    await application.advanceTo('2026-03-31 12:00');
    const moments = (await application.rig.events(application.caseId))
      .filter(({ event, params }) => event.startsWith('clock.') && params['clock'] === 'decision')
      .map(({ at, event, params }) => [at.slice(0, 16), event, params['level'] ?? null]);
    expect(moments).toEqual([
      ['2026-03-16T09:00', 'clock.remind', 'officer'],
      ['2026-03-18T09:00', 'clock.yellow', 'officer'],
      ['2026-03-20T09:00', 'clock.escalate', 'sectionHead'],
      ['2026-03-24T00:00', 'clock.red', 'officer'],
      ['2026-03-24T09:00', 'clock.escalate', 'deputyHead'],
      ['2026-03-27T09:00', 'clock.warn', 'deputyHead'],
      ['2026-03-31T00:00', 'clock.lapsed', null],
    ]);
    expect(await application.entries('decision.overdue')).toMatchObject([
      { at: '2026-03-31T00:00:00.000+08:00', article: 'REG 32(1)' },
    ]);
    expect(await application.story()).not.toContain('decision.made');
    // Nothing is granted; people still decide.
    await application.verify('2026-03-31');
    await application.grant();
    expect(await application.entries('decision.made')).toHaveLength(1);
  },
);

story(
  'L14: a case is green, yellow and red by the promise while the statute is far, climbs from the officer to the heads, and nothing takes effect',
  '2026-03-02 09:00',
  async ({ rig }) => {
    const { id } = await addUnit(rig, 'lanjiang', '990200');
    const staff = people.staffOf('lanjiang.approval', { reviewing: 'lanjiang.ecology' });
    const application = await Application.accepted(rig, id, { area: '990200' }, staff);
    await application.review();
    // Twenty of the thirty working days are promised here.
    const counted = { due: '2026-04-14', promisedDue: '2026-03-30' };
    expect(await application.clock('decision')).toMatchObject(counted);
    const inbox = { held: [{ role: 'officer', organ: 'lanjiang.approval' }], organs: [] };
    /** The colours under which the inbox finds the officer's task at an instant. */
    const cardAt = async (instant: string): Promise<readonly string[]> => {
      await application.advanceTo(instant);
      const found: string[] = [];
      for (const colour of ['green', 'yellow', 'red'] as const) {
        const filter = { status: 'open', kind: 'merge', colour } as const;
        const { items } = await listTasks(
          rig.db,
          inbox,
          filter,
          { limit: 10, cursor: undefined },
          at(instant),
        );
        found.push(...items.map(() => colour));
      }
      return found;
    };
    expect(await cardAt('2026-03-25 08:59')).toEqual(['green']);
    expect(await cardAt('2026-03-25 09:00')).toEqual(['yellow']);
    expect(await cardAt('2026-03-30 23:59')).toEqual(['yellow']);
    expect(await cardAt('2026-03-31 00:00')).toEqual(['red']);
    expect(await cardAt('2026-04-01 12:00')).toEqual(['red']);
    const moments = (await application.rig.events(application.caseId))
      .filter(({ event, params }) => event.startsWith('clock.') && params['clock'] === 'decision')
      .map(({ at: when, event, params }) => [when.slice(0, 16), event, params['level'] ?? null]);
    expect(moments).toEqual([
      ['2026-03-23T09:00', 'clock.remind', 'officer'],
      ['2026-03-25T09:00', 'clock.yellow', 'officer'],
      ['2026-03-27T09:00', 'clock.escalate', 'sectionHead'],
      ['2026-03-31T00:00', 'clock.red', 'officer'],
      ['2026-03-31T09:00', 'clock.escalate', 'deputyHead'],
    ]);
    // The promise is broken, the law is kept: the clock runs on, and the decision is in time.
    expect(await application.clock('decision')).toMatchObject({ ...counted, state: 'running' });
    await application.draft();
    await application.sign('sectionHead', 'legalReview', 'deputyHead');
    await application.seal('approval');
    await application.advanceTo('2026-04-15 12:00');
    const told = await application.story();
    expect(told).toContain('decision.made');
    expect(told).not.toContain('decision.overdue');
    expect(told).not.toContain('clock.warn');
  },
);

story(
  'L5: a stop needs a ground of ALL 45 and a written notice, and takes out exactly its working days',
  '2026-03-02 09:00',
  async (scene) => {
    const application = await Application.accepted(scene.rig, scene.unitId);
    const pause = (more: object, actor = people.lead) => {
      const body = {
        clock: 'decision',
        ground: 'expertReview',
        expectedDays: 8,
        reason: '专家评审',
        ...more,
      };
      return application.ask(actor, 'clock.pause', body, mayRefuse);
    };
    const resume = () =>
      application.ask(people.lead, 'clock.resume', { clock: 'decision', reason: '已出结论' }, mayRefuse);
    expect(await resume()).toMatchObject(refused('clock.state', { found: 'running' }));
    expect(await pause({ ground: 'technicalAssessment' })).toMatchObject(
      refused('rule.refused', {
        what: 'not a ground of ALL 45',
        expected: 'hearing | inspection | testing | quarantine | appraisal | expertReview',
      }),
    );
    expect(await pause({ clock: 'opinion.water.1' })).toMatchObject(refused('clock.notPausable'));
    expect(await pause({}, people.applicantOf(scene.unitId))).toMatchObject(refused('auth.forbidden'));
    for (const ground of ['hearing', 'inspection', 'testing', 'quarantine', 'appraisal']) {
      // Stopped and resumed on one day: nothing was taken out.
      expect(await pause({ ground }), ground).toMatchObject({ status: 'done' });
      expect(await resume(), ground).toMatchObject({ status: 'done' });
    }
    expect(await application.clock('decision')).toMatchObject({ due: '2026-04-14' });

    await application.advanceTo('2026-03-10 14:00');
    expect(await pause({})).toMatchObject({ status: 'done' });
    expect(await pause({})).toMatchObject(refused('clock.state', { found: 'paused' }));
    expect(await application.clock('decision')).toMatchObject({ state: 'paused', due: null, next: null });
    expect((await application.documents('exclusionNotice')).at(-1)).toMatchObject({
      params: { clock: 'decision', ground: 'expertReview', expectedDays: 8 },
    });
    expect((await application.entries('clock.paused')).at(-1)).toMatchObject({ article: 'ALL 45' });
    await application.advanceTo('2026-03-20 09:00');
    expect(await resume()).toMatchObject({ status: 'done' });
    // The 10th to the 13th and the 16th to the 19th: eight working days.
    expect(await application.clock('decision')).toMatchObject({ due: '2026-04-24', state: 'running' });
    await application.advanceTo('2026-04-25 09:00');
    expect(await pause({})).toMatchObject(
      refused('clock.state', { expected: 'by 2026-04-24', found: '2026-04-25' }),
    );
  },
);

story(
  'L5: simplified management is extended once by ten days, by the head, before the last day',
  '2026-03-02 09:00',
  async (scene) => {
    const { rig, unitId } = scene;
    const extend = (application: Application, actor = people.organHead) =>
      application.ask(actor, 'clock.extend', { clock: 'decision', reason: '案情复杂' }, mayRefuse);
    const [extended, late] = [
      await Application.accepted(rig, unitId, simplified),
      await Application.accepted(rig, unitId, simplified),
    ];
    const key = await Application.accepted(rig, unitId);
    expect(await extend(key)).toMatchObject(
      refused('clock.extension', {
        what: 'the law fixes this limit and allows no extension',
        found: 'decision.key',
      }),
    );
    await late.advanceTo('2026-03-27 17:00');
    expect(await extend(extended, people.deputyHead)).toMatchObject(
      refused('auth.forbidden', { expected: 'organHead@yunchuan' }),
    );
    expect(await extend(extended)).toMatchObject({ status: 'done' });
    // Ten more after 30 March, 4 to 6 April off.
    expect(await extended.clock('decision')).toMatchObject({ due: '2026-04-14' });
    expect(await extended.entries('clock.extended')).toMatchObject([
      { article: 'ALL 42', params: { days: 10, reason: '案情复杂', approver: 'organHead' } },
    ]);
    expect(await extended.documents('extensionNotice')).toMatchObject([
      { params: { days: 10, reason: '案情复杂' } },
    ]);
    expect(await extend(extended)).toMatchObject(
      refused('clock.extension', { what: 'the limit has been extended already' }),
    );
    await late.advanceTo('2026-03-30 09:00');
    expect(await extend(late)).toMatchObject(
      refused('clock.extension', { expected: 'before 2026-03-30', found: '2026-03-30' }),
    );
  },
);
