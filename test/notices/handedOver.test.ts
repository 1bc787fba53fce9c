import { afterAll, beforeAll, expect, test } from 'vitest';
import * as people from '../../rehearsal/people.js';
import { elements } from '../../workflows/messages/elements.js';
import { Application, refused } from '../application/application.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';
import { employ } from './desk.js';
import { MailServer } from './mailServer.js';

/**
 * Two applications accepted on Monday 2 March 2026; the water section has two officers, and Li has claimed both opinions. The
 * ten working days end on Monday the 16th: red on the 17th at 00:00, and at 09:00 it climbs to the section head, who reads it
 * on the 18th at 08:30.
 */
let mail: MailServer;
let rig: Rig;
let steel: Application;
let paper: Application;
const [li, wang] = ['li', 'wang'].map((id) => people.officer(id, 'element.water@yunchuan')) as [
  ReturnType<typeof people.officer>,
  ReturnType<typeof people.officer>,
];
const water = async ({ caseId }: Application) => await rig.task(caseId, 'opinion.water');
beforeAll(async () => {
  mail = await MailServer.start();
  rig = await openRig('2026-03-02T09:00:00+08:00', { channels: [mail.channel] });
  for (const { id } of [li, wang]) await employ(rig, id, 'element.water');
  await employ(rig, 'sectionHead', 'sectionHead');
  for (const unit of ['steel', 'paper']) await addUnit(rig, unit);
  steel = await Application.accepted(rig, 'steel');
  paper = await Application.accepted(rig, 'paper');
  for (const application of [steel, paper]) {
    await application.opine(
      'agree',
      elements.filter((element) => element !== 'water'),
    );
    await application.ask(li, 'task.claim', { taskId: await water(application) });
  }
});
afterAll(async () => {
  await rig.close();
  await mail.down();
});

/** The digest of a day, as an officer has it; empty where he has none. */
const digest = (name: string, day: string): string =>
  mail
    .to(`${name}@bureau.test`)
    .filter(({ subject }) => subject.includes(`Digest of ${day}: `))
    .map(({ text }) => text)
    .join('\n');

test('L14: an overdue task climbs to the section head, who hands it over; the next digest of the new officer lists it, the former one’s does not', async () => {
  await rig.world.advanceTo(at('2026-03-18 08:30'));
  const events: readonly string[] = ['clock.red', 'clock.escalate'];
  const climbed = (await rig.events(steel.caseId))
    .filter(({ event, params }) => events.includes(event) && params['clock'] === 'opinion.water.1')
    .map(({ at: when, event, params }) => [when.slice(0, 16), event, params['level'] ?? null]);
  expect(climbed).toEqual([
    ['2026-03-17T00:00', 'clock.red', 'officer'],
    ['2026-03-17T09:00', 'clock.escalate', 'sectionHead'],
  ]);
  expect(digest('sectionHead', '18 March 2026')).toContain('升级督办 (2)');
  expect(digest('sectionHead', '18 March 2026')).toContain(steel.caseId);
  for (const { caseId } of [steel, paper]) {
    expect(digest('li', '18 March 2026')).toContain(caseId);
    expect(digest('wang', '18 March 2026')).not.toContain(caseId);
  }

  await rig.world.advanceTo(at('2026-03-18 09:00'));
  const handing = { taskId: await water(steel), assignee: 'wang', reason: '逾期未办' };
  expect(await steel.ask(people.sectionHead, 'task.reassign', handing)).toMatchObject({ status: 'done' });
  expect(await steel.entries('task.reassigned')).toMatchObject([
    { actor: { id: 'sectionHead' }, params: { to: 'wang', reason: '逾期未办' } },
  ]);
  await rig.world.advanceTo(at('2026-03-19 08:30'));
  const [former, next] = [digest('li', '19 March 2026'), digest('wang', '19 March 2026')];
  expect(next).toContain('With you, overdue (1)');
  expect(next).toContain(steel.caseId);
  expect(next).not.toContain(paper.caseId);
  expect(former).toContain('With you, overdue (1)');
  expect(former).toContain(paper.caseId);
  expect(former).not.toContain(steel.caseId);
});

test('L14: what was handed over is the new officer’s to do, and once it is done no digest lists it', async () => {
  const form = { outcome: 'agree', opinion: '同意', demands: [] };
  const complete = async (actor: typeof li) =>
    await steel.ask(
      actor,
      'task.complete',
      { taskId: `${steel.caseId}#opinion.water.1`, form },
      { mayRefuse: true },
    );
  expect(await complete(li)).toMatchObject(refused('task.claimed'));
  expect(await complete(wang)).toMatchObject({ status: 'done' });
  await rig.world.advanceTo(at('2026-03-20 08:30'));
  expect(digest('wang', '20 March 2026')).toBe('');
  expect(digest('li', '20 March 2026')).toContain(paper.caseId);
  expect(digest('li', '20 March 2026')).not.toContain(steel.caseId);
});
