import { afterAll, beforeAll, expect, test } from 'vitest';
import { issuePermit, lapsedPermits, openTasks, type HeldPermit } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';

let rig: Rig;
let permits: Record<'lawsuit' | 'review' | 'signed' | 'again', HeldPermit>;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  const lawsuit = await issuePermit(rig, 'lawsuit', '2026-03-05');
  await rig.world.advanceTo(at('2031-02-10 10:00'));
  await lawsuit.hold('（2031）云01行初1号');
  const rest = await lapsedPermits(rig, ['review', 'signed', 'again'], '2031-03-05', '2026-03-05');
  permits = { ...rest, lawsuit };
});
afterAll(() => rig.close());

test('L12: a lawsuit stops the cancellation, not the lapse; when it is over the cancellation begins', async () => {
  const { lawsuit } = permits;
  await lawsuit.stands('lapsed', '2031-03-04');
  expect(await openTasks(rig, lawsuit.cancellation().caseId)).toEqual([]);
  expect((await lawsuit.cancellation().story()).at(-1)).toBe('cancellation.held');
  await lawsuit.release('（2031）云01行初1号');
  expect(await openTasks(rig, lawsuit.cancellation().caseId)).toEqual(['operationCheck']);
});

test('L12: a review that comes in the hearing term stops what the organ does, not what the holder may say', async () => {
  const { review } = permits;
  const cancellation = review.cancellation();
  await rig.world.advanceTo(at('2031-03-06 09:00'));
  await cancellation.check('closed', '2031-03-06');
  await cancellation.serveIntention('2031-03-06');
  await review.hold('复议1', 'review');
  expect(await cancellation.speak('review')).toMatchObject({ status: 'done' });
  expect(await openTasks(rig, cancellation.caseId)).toEqual([]);
  await review.release('复议1');
  expect(await openTasks(rig, cancellation.caseId)).toEqual(['statementReview']);
});

test('L12: with two holds, the release of one resumes nothing; an unknown or repeated one is refused', async () => {
  const { signed } = permits;
  const cancellation = signed.cancellation();
  await cancellation.check('closed', '2031-03-06');
  await cancellation.serveIntention('2031-03-06');
  await rig.world.advanceTo(at('2031-03-14 09:00'));
  await cancellation.draftDecision();
  await signed.hold('复议2', 'review');
  await signed.hold('重新申请1', 'reapplication');
  await expect(signed.hold('复议2', 'review')).rejects.toThrow('rule.refused');
  await expect(signed.release('复议3')).rejects.toThrow('rule.refused');
  await signed.release('复议2');
  expect(await openTasks(rig, cancellation.caseId)).toEqual([]);
  await signed.release('重新申请1');
  expect(await openTasks(rig, cancellation.caseId)).toEqual(['cancellationDraft']);
  await cancellation.signDecision();
  await signed.hold('复议4', 'review');
  await cancellation.serveDecision('2031-03-14');
  await signed.stands('lapsed', '2031-03-04');
  await signed.release('复议4');
  await signed.stands('cancelled', '2031-03-04');
});

test('L7, L12: a permit that comes into force again has nothing to cancel; papers on their way are void', async () => {
  const { again } = permits;
  const cancellation = again.cancellation();
  await cancellation.check('closed', '2031-03-14');
  const renewal = await again.renew();
  await renewal.signAll();
  await renewal.seal('renewalApproval');
  await renewal.enterPlatform('2031-03-17', '2036-03-16', '2031-03-14T09:00:00+08:00');
  await again.stands('valid', '2036-03-16');
  expect((await cancellation.story()).slice(-3)).toEqual([
    'cancellation.ended',
    'document.voided',
    'case.closed',
  ]);
});
