import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { permits } from '../../db/schema/index.js';
import { submission } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { Application } from '../application/application.js';
import { Cancellation, type HeldPermit, issuePermit, openTasks, timelineOf } from '../rig/permits.js';
import { fileRegistration, filing, HeldRegistration, atRest } from '../rig/registrations.js';
import { at, openRig, type Rig } from '../rig/rig.js';

/** From Thursday 5 March 2026 on, in the city. */
let rig: Rig;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
});
afterAll(() => rig.close());

const permitState = async (permitNo: string): Promise<string | undefined> => {
  const [row] = await rig.db.select().from(permits).where(eq(permits.permitNo, permitNo));
  return row?.state;
};

/** The holder of a permit files a form that takes its place. */
async function replacePermit(permit: HeldPermit, filedAt: string): Promise<HeldRegistration> {
  const number = permit.permitNo.replace('001P', '001W');
  const form = new HeldRegistration(rig, permit.unitId, number);
  const body = filing(permit.unitId, number, filedAt, { replacesPermit: permit.permitNo });
  await form.ask(people.applicantOf(permit.unitId), 'registration.file', body);
  await rig.world.settle();
  return form;
}

test('L13: registration to permit: the form stands until the permit is issued, and is closed by that issue', async () => {
  const form = await fileRegistration(rig, 'upward', '2026-03-05 09:00');
  const named = { registrationNo: form.registrationNo };
  const application = await Application.granted(rig, 'upward', named);
  await rig.world.settle();
  // Granted and sealed, and the platform has no number yet: the form is what covers the unit.
  await form.stands('valid', '2031-03-04');
  expect(await form.timeline('registration.converting')).toHaveLength(1);
  const permitNo = form.registrationNo.replace('001W', '001P');
  expect(await permitState(permitNo)).toBeUndefined();
  await application.enterNumber(permitNo, '2026-03-05', '2031-03-04');
  await rig.world.settle();
  expect(await permitState(permitNo)).toBe('valid');
  await form.stands('closed', '2031-03-04');
  const [issued] = await rig.events(`permit/${permitNo}`);
  const [replaced] = await form.entries('registration.replaced');
  expect(issued?.event).toBe('permit.begun');
  // No gap: the form ends in the instant in which the permit's life has begun.
  expect(replaced?.at).toBe(issued?.at);
  expect(replaced?.params).toMatchObject({ permitNo, applicationId: application.caseId });
  await atRest(rig, form.caseId);
});

test('L13: the applicant is told that discharge in between needs legal cover', async () => {
  const form = await fileRegistration(rig, 'warned', '2026-03-05 09:00');
  const application = await Application.receive(rig, 'warned', { registrationNo: form.registrationNo });
  const [told] = await application.entries('application.fromRegistration');
  expect(told?.zh).toContain('此间排放须有合法依据');
  const notices = (await application.entries('notice.queued')).map(({ params }) => params['template']);
  expect(notices).toContain('registration.coverNeeded');
});

test('L13: an application that ends without a permit leaves the form as it was, free for another', async () => {
  const form = await fileRegistration(rig, 'withdrawn', '2026-03-05 09:00');
  const named = { registrationNo: form.registrationNo };
  const application = await Application.receive(rig, 'withdrawn', named);
  await rig.world.settle();
  const second = await rig.ask(
    people.applicantOf('withdrawn'),
    'application.submit',
    await rig.nextApplication(),
    submission('withdrawn', named),
    { mayRefuse: true },
  );
  expect(second).toMatchObject({ status: 'refused', detail: { found: 'converting' } });
  await application.withdraw('withdrawn');
  await rig.world.settle();
  await form.stands('valid', '2031-03-04');
  expect(await form.timeline('registration.conversionEnded')).toHaveLength(1);
  await Application.receive(rig, 'withdrawn', named);
});

test('L13: only a form of the unit’s own that is in force can give way to a permit', async () => {
  const form = await fileRegistration(rig, 'gone', '2026-03-05 09:00');
  await form.end('2026-03-05');
  const named = { registrationNo: form.registrationNo };
  await expect(Application.receive(rig, 'gone', named)).rejects.toThrow('notValid');
});

test('L13: permit to registration: filed and told in one step; the permit is in force until its cancellation is served', async () => {
  const permit = await issuePermit(rig, 'downward', '2026-03-05');
  await rig.world.advanceTo(at('2026-03-09 09:00'));
  const form = await replacePermit(permit, '2026-03-09 08:30');
  await form.stands('valid', '2031-03-08');
  await permit.stands('valid', '2031-03-04');
  const cancellation = new Cancellation(rig, `cancellation/${permit.permitNo}-1`);
  // The holder's own wish: nothing is enquired, nothing announced.
  expect(await openTasks(rig, cancellation.caseId)).toEqual(['cancellationDraft']);
  await cancellation.signDecision();
  await cancellation.seal('conversionDecision');
  await permit.stands('valid', '2031-03-04');
  await cancellation.serve('conversionDecision', '2026-03-09');
  await rig.world.settle();
  await permit.stands('cancelled', '2031-03-04');
  await form.stands('valid', '2031-03-08');
  const [filed] = await form.entries('registration.replacesPermit');
  const [told] = await timelineOf(rig, permit.caseId, 'permit.givesWay');
  expect(told).toBe(`${filed?.at.slice(0, 16) ?? ''} permit.givesWay`);
  await cancellation.finish(permit.permitNo, '2026-03-09');
  expect(await cancellation.story()).toContain('case.closed');
});

test('L13: a permit that lapses while it gives way is not cancelled twice', async () => {
  const permit = await issuePermit(rig, 'late', '2026-03-05');
  await rig.world.advanceTo(at('2031-03-03 09:00'));
  const form = await replacePermit(permit, '2031-03-03 08:30');
  await rig.world.advanceTo(at('2031-03-05 00:00'));
  await permit.stands('lapsed', '2031-03-04');
  expect(await rig.events(`cancellation/${permit.permitNo}-2`)).toEqual([]);
  await form.stands('valid', '2036-03-02');
});

test('L13: a form can take the place only of the unit’s own permit in force', async () => {
  const permit = await issuePermit(rig, 'mine', '2026-03-05');
  const other = await fileRegistration(rig, 'theirs', '2031-03-04 09:00');
  const number = other.registrationNo.replace('001W', '002W');
  const body = filing('theirs', number, '2031-03-04 09:00', { replacesPermit: permit.permitNo });
  const asked = await rig.ask(people.desk, 'registration.file', `registration/${number}`, body, {
    mayRefuse: true,
  });
  expect(asked).toMatchObject({ status: 'refused', detail: { found: 'noPermit' } });
});
