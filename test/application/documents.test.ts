import { expect } from 'vitest';
import { filesOf } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { Application, refused, story } from './application.js';

const mayRefuse = { mayRefuse: true };
const incomplete = { files: filesOf(['applicationForm']) };
const discard = (application: Application, documentId: string, actor = people.sealKeeper) =>
  application.ask(actor, 'document.void', { documentId, reason: '打印错误' }, mayRefuse);

story(
  'L18: numbers run per organ, kind and year, without gap or reuse, however many come at once',
  '2026-12-31 09:00',
  async (scene) => {
    const { rig, unitId } = scene;
    const numbersOf = async (all: readonly Application[], kind: string) => {
      const found = await Promise.all(all.map((application) => application.documents(kind)));
      return found.flatMap((each) => each.map((document) => document.number)).sort();
    };
    const together = () => Promise.all(Array.from({ length: 5 }, () => Application.receive(rig, unitId)));
    const last = await together();
    expect(await numbersOf(last, 'materialReceipt')).toEqual(
      [1, 2, 3, 4, 5].map((number) => `云环许受〔2026〕${number}号`),
    );
    const [first] = last;
    if (first === undefined) throw new Error('nothing received');
    await first.accept();
    // Another kind of number has a row of its own; the desk's goes on.
    expect(await numbersOf([first], 'acceptanceNotice')).toEqual(['云环许受〔2026〕6号']);
    await first.decideVisit('needed');
    expect(await numbersOf([first], 'visitNotice')).toEqual(['云环许告〔2026〕2号']);
    await first.advanceTo('2027-01-04 09:00');
    expect(await numbersOf(await together(), 'materialReceipt')).toContain('云环许受〔2027〕1号');
  },
);

story('L18: a refused step takes no number', '2026-03-02 09:00', async ({ rig, unitId }) => {
  const application = await Application.receive(rig, unitId, incomplete);
  const accept = application.complete(people.desk, 'completeness', { outcome: 'accept' }, mayRefuse);
  expect(await accept).toMatchObject(refused('rule.refused'));
  await application.askForSupplement(['commitment', 'preDisclosure']);
  expect(await application.documents('supplementNotice')).toMatchObject([{ number: '云环许受〔2026〕2号' }]);
});

story(
  'L18: a void notice keeps its number; the case goes on with a new one, whose service starts the term',
  '2026-03-02 09:00',
  async (scene) => {
    const application = await Application.receive(scene.rig, scene.unitId, incomplete);
    await application.askForSupplement(['commitment', 'preDisclosure']);
    const first = await application.document('supplementNotice');
    await application.seal('supplementNotice');
    expect(await discard(application, first)).toMatchObject(refused('task.notYours'));
    expect(await discard(application, first, people.desk)).toMatchObject({ status: 'done' });
    expect(await application.documents('supplementNotice')).toMatchObject([
      { number: '云环许受〔2026〕2号', state: 'void', voidReason: '打印错误' },
      {
        number: '云环许受〔2026〕3号',
        state: 'drafted',
        params: { items: ['commitment', 'preDisclosure'], term: 30 },
      },
    ]);
    await application.seal('supplementNotice');
    await application.serve('supplementNotice', '2026-03-02');
    expect(await application.clock('supplement.1')).toMatchObject({ due: '2026-04-01' });
  },
);

story(
  'L18: a decision’s paper is void only before its seal, and is then drawn up anew',
  '2026-03-02 09:00',
  async (scene) => {
    const application = await Application.reviewed(scene.rig, scene.unitId);
    await application.draft();
    await application.sign('sectionHead', 'deputyHead');
    const first = await application.document('approval');
    expect(await discard(application, first)).toMatchObject({ status: 'done' });
    await application.seal('approval');
    const all = await application.documents('approval');
    expect(all).toMatchObject([
      { number: '云环许〔2026〕1号', state: 'void' },
      { number: '云环许〔2026〕2号', state: 'sealed', params: { opinion: '拟办意见', replaces: first } },
    ]);
    expect(await application.entries('decision.made')).toHaveLength(1);
    const sealed = await application.document('approval');
    expect(await discard(application, sealed, people.desk)).toMatchObject(
      refused('rule.refused', { found: 'approval' }),
    );
  },
);

story(
  'L18: an unserved document is a task with a clock, and a clock from service takes its day',
  '2026-03-02 09:00',
  async (scene) => {
    const application = await Application.receive(scene.rig, scene.unitId, incomplete);
    await application.askForSupplement(['commitment', 'preDisclosure']);
    const serve = (on: string) => application.serve('supplementNotice', on, mayRefuse);
    expect(await serve('2026-03-02')).toMatchObject(
      refused('case.stage', { what: 'the document can not be served now' }),
    );
    await application.advanceTo('2026-03-04 10:00');
    await application.seal('supplementNotice');
    const [notice] = await application.documents('supplementNotice');
    expect(notice).toMatchObject({
      state: 'sealed',
      sealing: { seal: '公章', by: '印', actor: 'sealKeeper' },
    });
    expect(await application.openTasks()).toContain('serve.2');
    expect(await application.clock('serve.2.1')).toMatchObject({ due: '2026-03-11' });
    await application.advanceTo('2026-03-16 10:00');
    expect((await application.entries('clock.escalate')).map(({ params }) => params['level'])).toEqual([
      'sectionHead',
      'deputyHead',
    ]);
    // Neither in the future nor before it bore a seal.
    expect(await serve('2026-03-17')).toMatchObject(refused('rule.refused', { where: 'on' }));
    expect(await serve('2026-03-03')).toMatchObject(refused('rule.refused', { expected: '>= 2026-03-04' }));
    expect(await serve('2026-03-13')).toMatchObject({ status: 'done' });
    expect(await application.documents('supplementNotice')).toMatchObject([
      {
        state: 'served',
        servedOn: '2026-03-13',
        service: { method: 'electronic', recordedBy: 'acceptance' },
      },
    ]);
    expect(await application.clock('supplement.1')).toMatchObject({ due: '2026-04-12' });
    expect(await serve('2026-03-13')).toMatchObject(refused('not.found'));
  },
);
