import { afterAll, beforeAll, expect, test } from 'vitest';
import * as people from '../../rehearsal/people.js';
import { content } from '../../rehearsal/office.js';
import { actAt, fileRegistration, filing, type HeldRegistration, atRest } from '../rig/registrations.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';

/** Forms numbered on Thursday 5 March 2026: their five years end with Tuesday 4 March 2031. */
let rig: Rig;
const forms: Record<string, HeldRegistration> = {};
const form = (name: string): HeldRegistration => {
  const found = forms[name];
  if (found === undefined) throw new Error(`no form ${name}`);
  return found;
};
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:30:00+08:00');
  for (const name of ['changed', 'renewed', 'expired', 'closed', 'last'])
    forms[name] = await fileRegistration(rig, name, '2026-03-05 10:00');
});
afterAll(() => rig.close());

test('L13: the number is the platform’s and stands at once; five years from its day; no workflow stays open', async () => {
  await form('changed').stands('valid', '2031-03-04');
  expect(await form('changed').versions()).toEqual(['1 filed']);
  await atRest(rig, form('changed').caseId);
});

test('L13: a number is one form’s for ever, and must be the unit’s own', async () => {
  const { caseId, registrationNo } = form('changed');
  const holder = people.applicantOf('changed');
  const again = filing('changed', registrationNo, '2026-03-05 10:00');
  expect(await rig.ask(holder, 'registration.file', caseId, again, { mayRefuse: true })).toMatchObject({
    ...{ status: 'refused', code: 'rule.refused', detail: { where: 'registrationNo' } },
  });
  await addUnit(rig, 'stranger');
  const foreign = registrationNo.replace('001W', '002W');
  const body = filing('stranger', foreign, '2026-03-05 10:00');
  const asked = await rig.ask(holder, 'registration.file', `registration/${foreign}`, body, {
    mayRefuse: true,
  });
  expect(asked).toMatchObject({ status: 'refused', detail: { found: 'otherUnit' } });
  expect(await rig.events(`registration/${foreign}`)).toEqual([]);
});

test('L13: an entry whose five years are over is not entered: it is filed anew', async () => {
  const { creditCode } = await addUnit(rig, 'dead');
  const number = `${creditCode}001W`;
  const body = filing('dead', number, '2021-03-04 10:00');
  const asked = await rig.ask(people.desk, 'registration.file', `registration/${number}`, body, {
    mayRefuse: true,
  });
  expect(asked).toMatchObject({ status: 'refused', detail: { found: 'over' } });
});

test('L13: a form entered in its last sixty days is reminded of at once, and the ledger says that it is late', async () => {
  const late = await fileRegistration(rig, 'entered', '2021-04-10 09:00');
  await late.stands('valid', '2026-04-09');
  expect(await late.timeline('registration.remindedLate')).toEqual([
    '2026-03-05T10:30 registration.remindedLate',
  ]);
  expect(await late.told()).toEqual(['2026-03-05T10:30 registration.remind']);
});

test('REG 24: a change within twenty days is in time, on the twenty-first it is late: marked, not refused', async () => {
  await rig.world.advanceTo(at('2026-06-10 09:00'));
  // Monday 1 June 2026 and twenty days: Sunday 21 June, which gives way to Monday 22 June (a working day).
  expect(await form('changed').change('2026-05-20', '2026-06-09 09:00')).toMatchObject({
    answer: { result: { inTime: true } },
  });
  await rig.world.advanceTo(at('2026-06-23 09:00'));
  expect(await form('changed').change('2026-06-02', '2026-06-22 23:59')).toMatchObject({
    answer: { result: { inTime: true } },
  });
  expect(await form('changed').change('2026-06-01', '2026-06-23 09:00')).toMatchObject({
    answer: { result: { inTime: false } },
  });
  expect(await form('changed').timeline('registration.changedLate')).toEqual([
    '2026-06-23T09:00 registration.changedLate',
  ]);
  expect(await form('changed').versions()).toEqual(['1 filed', '2 change', '3 change', '4 change']);
});

test('L13: a spot check is recorded with its result, and opens nothing by itself', async () => {
  const check = {
    on: '2026-06-23',
    officers: ['甲', '乙'],
    outcome: 'problem',
    findings: '去向与登记不一致',
  };
  await form('changed').ask(people.verifier, 'registration.check', check);
  const [entry] = await form('changed').entries('registration.checked');
  expect(entry?.params).toMatchObject({ outcome: 'problem', findings: '去向与登记不一致' });
  expect(await form('changed').openTasks()).toEqual([]);
});

test('L13: a form that is closed takes nothing more', async () => {
  expect(await form('closed').end('2026-06-22')).toMatchObject({ status: 'done' });
  await form('closed').stands('closed', '2031-03-04');
  expect(await form('closed').change('2026-06-20', '2026-06-23 09:00')).toMatchObject({
    ...{ status: 'refused', code: 'case.closed' },
  });
  const nobody = 'registration/91990000000000000X009W';
  const asked = await rig.ask(
    people.desk,
    'registration.close',
    nobody,
    { on: '2026-06-22', reason: '停' },
    {
      mayRefuse: true,
    },
  );
  expect(asked).toMatchObject({ status: 'refused', code: 'not.found' });
});

test('L13: the window to renew opens sixty days before the end, and not a day earlier', async () => {
  // 4 March 2031 less sixty days: Friday 3 January 2031.
  await rig.world.advanceTo(at('2031-01-02 23:00'));
  expect(await form('renewed').renew('2031-01-02 22:00')).toMatchObject({
    ...{ status: 'refused', detail: { found: 'early' } },
  });
  await rig.world.advanceTo(at('2031-01-03 10:00'));
  expect(await form('renewed').renew('2031-01-03 09:30')).toMatchObject({ status: 'done' });
  await form('renewed').stands('valid', '2036-03-04');
  expect(await form('renewed').versions()).toEqual(['1 filed', '2 renewal']);
});

test('L13: reminded sixty, thirty, twenty and seven days before the end; renewed on the last day; dead after it', async () => {
  await rig.world.advanceTo(at('2031-03-04 23:30'));
  // The thirtieth day before, 2 February 2031, is a Sunday: reminded on the Friday before.
  const reminders = ['2031-01-03', '2031-01-31', '2031-02-12', '2031-02-25'].map(
    (day) => `${day}T09:00 registration.remind`,
  );
  expect(await form('expired').told()).toEqual(reminders);
  await atRest(rig, form('expired').caseId);
  expect(await form('last').renew('2031-03-04 23:10')).toMatchObject({ status: 'done' });
  await rig.world.advanceTo(at('2031-03-05 00:00'));
  await form('last').stands('valid', '2036-03-04');
  await form('expired').stands('expired', '2031-03-04');
  expect(await form('expired').timeline('registration.expired', 'case.closed')).toEqual([
    '2031-03-05T00:00 registration.expired',
    '2031-03-05T00:00 case.closed',
  ]);
  expect(await form('expired').renew('2031-03-05 00:00')).toMatchObject({ code: 'case.closed' });
  // One that was renewed early was reminded once, before it was.
  expect(await form('renewed').told()).toEqual(['2031-01-03T09:00 registration.remind']);
});

test('L13: a renewal received before midnight and sent after it comes before the end', async () => {
  await rig.world.advanceTo(at('2031-03-05 10:00'));
  const held = await fileRegistration(rig, 'midnight', '2031-03-05 09:00');
  await rig.world.advanceTo(at('2036-03-04 23:59'));
  const row = await rig.write(people.applicantOf('midnight'), 'registration.renew', held.caseId, {
    platform: actAt('2036-03-04 23:58'),
  });
  await rig.world.advanceTo(at('2036-03-05 00:00'));
  expect(await rig.send(row)).toMatchObject({ status: 'done' });
  await held.stands('valid', '2041-03-04');
  expect(content('form')).toHaveLength(64);
});
