import { expect } from 'vitest';
import { eq } from 'drizzle-orm';
import { calendarChanges, clocks } from '../../db/schema/index.js';
import { Application, story } from '../application/application.js';
import { issuePermit } from '../rig/permits.js';
import { changed2026, of2027 } from './editions.js';
import { confirm, dueDays, publish, tryEdition, signalsOf } from './publishing.js';

story('probe', '2026-03-02 09:00', async ({ rig, unitId }) => {
  const application = await Application.receive(rig, unitId);
  const permit = await issuePermit(rig, 'valid', '2026-03-02');
  const a2 = await Application.accepted(rig, unitId);
  for (const id of [application.caseId, permit.caseId, a2.caseId]) console.log(id, await dueDays(rig, id), await signalsOf(rig, id));
  const published = await publish(rig, changed2026());
  console.log(published.changed, published.woken, published.tried);
  for (const id of [application.caseId, permit.caseId, a2.caseId]) console.log(id, await dueDays(rig, id), await signalsOf(rig, id));
  console.log((await rig.events(application.caseId)).slice(-6).map((e) => e.zh));
  await application.advanceTo('2026-03-20 09:00');
  console.log(await application.timeline());
  expect(1).toBe(1);
});
