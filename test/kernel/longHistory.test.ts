import { afterAll, beforeAll, expect, test } from 'vitest';
import * as people from '../../rehearsal/people.js';
import { type HeldPermit, issuePermit } from '../rig/permits.js';
import { chainOf } from '../rig/replay.js';
import { openRig, type Rig } from '../rig/rig.js';

let rig: Rig;
let permit: HeldPermit;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  permit = await issuePermit(rig, 'busy', '2026-03-05');
});
afterAll(() => rig.close());

test('a case that is asked much between its quiet points begins anew before its history grows long, and loses nothing, twenty at once', async () => {
  const notes = 800;
  const body = { element: 'water', note: '现场复查' };
  for (let asked = 0; asked < notes; asked += 20) {
    const together = Array.from({ length: 20 }, () =>
      rig.ask(people.lead, 'permit.annotate', permit.caseId, body, { mayRefuse: true }),
    );
    for (const { status } of await Promise.all(together)) expect(['done', 'open']).toContain(status);
  }
  // What met the case while it began anew is sent again by the relay.
  await expect
    .poll(
      async () =>
        (await rig.events(permit.caseId)).filter(({ event }) => event === 'permit.annotated').length,
      {
        timeout: 60_000,
      },
    )
    .toBe(notes);
  const runs = await chainOf(rig.client, permit.caseId);
  expect(runs.length).toBeGreaterThanOrEqual(2);
  for (const { events } of runs) expect(events?.length ?? 0).toBeLessThan(2300);
});
