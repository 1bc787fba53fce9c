import { expect } from 'vitest';
import { filesOf } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { addUnit, at } from '../rig/rig.js';
import { Application, refused, story } from './application.js';

const mayRefuse = { mayRefuse: true };

story(
  'L19: an approval bureau accepts and decides while the ecology bureau reviews',
  '2026-03-02 09:00',
  async ({ rig }) => {
    const { id, creditCode } = await addUnit(rig, 'lanjiang', '990200');
    const staff = people.staffOf('lanjiang.approval', { reviewing: 'lanjiang.ecology' });
    const application = await Application.receive(rig, id, { area: '990200' }, staff);
    const ecology = people.staffOf('lanjiang.ecology');
    const accept = (desk = staff.desk) =>
      application.complete(desk, 'completeness', { outcome: 'accept' }, mayRefuse);
    expect(await accept(people.desk)).toMatchObject(
      refused('task.notYours', { expected: 'acceptance@lanjiang.approval' }),
    );
    expect(await accept(ecology.desk)).toMatchObject(refused('task.notYours'));
    expect(await accept()).toMatchObject({ status: 'done' });
    // The bureau promises twenty of the thirty working days.
    expect(await application.clock('decision')).toMatchObject({
      due: '2026-04-14',
      promisedDue: '2026-03-30',
    });
    await application.decideVisit('needed');
    const water = { outcome: 'agree', opinion: '同意' };
    const byApproval = people.staffOf('lanjiang.approval').reviewer('water');
    expect(await application.complete(byApproval, 'opinion.water', water, mayRefuse)).toMatchObject(
      refused('task.notYours', { expected: 'element.water@lanjiang.ecology' }),
    );
    await application.opine();
    await application.verify('2026-03-02');
    await application.draft();
    // Its chain has every decision reviewed by the legal officer.
    await application.sign('sectionHead', 'legalReview', 'deputyHead');
    await application.seal('approval');
    expect(await application.documents('approval')).toMatchObject([
      { organ: 'lanjiang.approval', number: '澜审环许〔2026〕1号' },
    ]);
    await application.enterNumber(`${creditCode}001P`, '2026-03-02', '2031-03-01');
    expect(await application.entries('permit.issued')).toHaveLength(1);
  },
);

story(
  'L19: a county branch works in the name of the city, whose numbers its documents bear',
  '2026-03-02 09:00',
  async (scene) => {
    const { rig, unitId } = scene;
    const { id } = await addUnit(rig, 'qinghe', '990121');
    const staff = people.staffOf('yunchuan.qinghe', { deciding: 'yunchuan' });
    const inCity = await Application.accepted(rig, unitId);
    const inCounty = await Application.receive(rig, id, { area: '990121' }, staff);
    const byCity = inCounty.complete(people.desk, 'completeness', { outcome: 'accept' }, mayRefuse);
    expect(await byCity).toMatchObject(refused('task.notYours', { expected: 'acceptance@yunchuan.qinghe' }));
    await inCounty.accept();
    expect(await inCity.documents('acceptanceNotice')).toMatchObject([{ number: '云环许受〔2026〕2号' }]);
    expect(await inCounty.documents('materialReceipt')).toMatchObject([
      { organ: 'yunchuan', number: '云环许受〔2026〕3号' },
    ]);
    await inCounty.review();
    await inCounty.draft();
    // Drafted in the branch; signed and sealed in the city.
    expect(
      await inCounty.complete(
        people.staffOf('yunchuan.qinghe').sectionHead,
        'sign.sectionHead',
        { outcome: 'approve', opinion: '同意' },
        mayRefuse,
      ),
    ).toMatchObject(refused('task.notYours', { expected: 'sectionHead@yunchuan' }));
    await inCounty.sign('sectionHead', 'deputyHead');
    await inCounty.seal('approval');
    expect(await inCounty.documents('approval')).toMatchObject([
      { organ: 'yunchuan', number: '云环许〔2026〕1号' },
    ]);
  },
);

story(
  'L19: a bureau works what came in within the term of its entrustment; what comes later is worked by who entrusted it',
  '2044-06-30 16:00',
  async ({ rig }) => {
    const { id } = await addUnit(rig, 'zone', '990171');
    const more = { area: '990171' };
    const last = await Application.receive(rig, id, more, people.staffOf('zone'));
    expect(await last.documents('materialReceipt')).toMatchObject([
      { organ: 'zone', number: '金环许受〔2044〕1号' },
    ]);
    await rig.world.advanceTo(at('2044-07-01 09:00'));
    const next = await Application.receive(rig, id, more);
    expect(await next.documents('materialReceipt')).toMatchObject([
      { organ: 'yunchuan', number: '云环许受〔2044〕1号' },
    ]);
    const byZone = next.complete(
      people.staffOf('zone').desk,
      'completeness',
      { outcome: 'accept' },
      mayRefuse,
    );
    expect(await byZone).toMatchObject(refused('task.notYours', { expected: 'acceptance@yunchuan' }));
    await next.accept();
    await last.accept();
  },
);

story(
  'L19: a zone counts on its own, and an area that nobody answers for is refused',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    await Application.receive(rig, unitId);
    const { id } = await addUnit(rig, 'zone', '990171');
    const more = {
      area: '990171',
      permitClass: 'simplified',
      files: filesOf(['commitment', 'applicationForm']),
    };
    const application = await Application.accepted(rig, id, more, people.staffOf('zone'));
    expect(await application.documents('materialReceipt')).toMatchObject([
      { organ: 'zone', number: '金环许受〔2026〕1号' },
    ]);
    expect(await application.clock('decision')).toMatchObject({
      due: '2026-03-30',
      promisedDue: '2026-03-23',
    });
    await expect(Application.receive(rig, id, { area: '110000' })).rejects.toThrow(/not.found|input.invalid/);
  },
);
