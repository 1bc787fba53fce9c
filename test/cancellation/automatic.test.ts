import { afterAll, beforeAll, expect, test } from 'vitest';
import { officer } from '../../rehearsal/people.js';
import { issuePermit, openTasks } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
});
afterAll(() => rig.close());

const verifier = officer('verifier', 'verification@yunchuan');

test('L12: where the region’s own document says so, an unopposed cancellation is not signed; the ledger names the document', async () => {
  const permit = await issuePermit(rig, 'auto', '2026-03-05', '980100');
  await rig.world.advanceTo(at('2031-03-06 09:00'));
  const cancellation = permit.cancellation();
  const found = { outcome: 'closed', on: '2031-03-06', finding: '已停产' };
  await cancellation.complete(verifier, 'operationCheck', found);
  await rig.world.advanceTo(at('2031-03-20 09:00'));
  // Without proof of service no term runs, and nothing completes by itself.
  expect(await cancellation.story()).not.toContain('cancellation.automatic');
  await cancellation.serveIntention('2031-03-20');
  await rig.world.advanceTo(at('2031-03-27 23:59'));
  expect(await cancellation.story()).not.toContain('cancellation.automatic');
  await rig.world.advanceTo(at('2031-03-28 00:00'));
  const [automatic] = (await rig.events(cancellation.caseId)).filter(
    ({ event }) => event === 'cancellation.automatic',
  );
  expect(automatic).toMatchObject({
    at: '2031-03-28T00:00:00.000+08:00',
    params: { document: '示环规〔2024〕2号' },
  });
  expect(automatic?.zh).toContain('示环规〔2024〕2号');
  expect(await openTasks(rig, cancellation.caseId)).toEqual(['seal.2']);
  await rig.world.advanceTo(at('2031-03-28 09:00'));
  await cancellation.serveDecision('2031-03-28');
  await permit.stands('cancelled', '2031-03-04');
});

test('L12: a statement in time is heard by people there too', async () => {
  const permit = await issuePermit(rig, 'opposed', '2031-03-28', '980100');
  await rig.world.advanceTo(at('2036-03-28 09:00'));
  const cancellation = permit.cancellation();
  await cancellation.complete(verifier, 'operationCheck', {
    outcome: 'closed',
    on: '2036-03-28',
    finding: '停产',
  });
  await cancellation.serveIntention('2036-03-28');
  expect(await cancellation.speak('opposed')).toMatchObject({ status: 'done' });
  await cancellation.reviewStatement('proceed');
  expect(await openTasks(rig, cancellation.caseId)).toEqual(['cancellationDraft']);
  expect(await cancellation.story()).not.toContain('cancellation.automatic');
});
