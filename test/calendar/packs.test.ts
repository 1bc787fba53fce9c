import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { tryPage, withPack } from '../../activities/publication/trial.js';
import { CalendarSource } from '../../db/queries/calendarSource.js';
import { cases } from '../../db/schema/index.js';
import { content } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { packById } from '../../rules/packs/index.js';
import type { Actor } from '../../workflows/messages/request.js';
import { Application, refused, story } from '../application/application.js';
import type { Rig } from '../rig/rig.js';
import { dueDays } from './publishing.js';

const administrator: Actor = { id: 'system', kind: 'administrator', roles: ['systemAdministrator@*'] };

/** The administrator asks for the move; a deputy head signs it. */
async function askToMove(rig: Rig, caseId: string, pack: string) {
  const body = { lever: 'move', pack, reason: '新规则', document: content('order'), signer: 'deputyHead' };
  return await rig.ask(administrator, 'lever.ask', caseId, body, { mayRefuse: true });
}

async function packIdOf(rig: Rig, caseId: string): Promise<string | undefined> {
  const [row] = await rig.db.select({ packId: cases.packId }).from(cases).where(eq(cases.id, caseId));
  return row?.packId;
}

describe('A8: running cases and a new pack', () => {
  // The second pack of the demonstration region is in force from 1 January 2040, a Sunday.
  story(
    'a running case keeps its pack, a new one takes that of its day, and one is moved by a signed lever alone',
    '2039-12-30 09:00',
    async ({ rig, unitId }) => {
      const application = await Application.accepted(rig, unitId);
      const kept = await Application.accepted(rig, unitId);
      const { caseId } = application;
      const before = await dueDays(rig, caseId);
      expect(before['opinion.water.1']).toBe('2040-01-13');
      expect(await askToMove(rig, caseId, 'demonstration-2')).toMatchObject(refused('rule.refused'));
      await application.advanceTo('2040-01-03 09:00');
      const fresh = await Application.accepted(rig, unitId);
      expect(await packIdOf(rig, fresh.caseId)).toBe('demonstration-2');
      expect(await packIdOf(rig, caseId)).toBe('demonstration-1');

      const rulesFor = withPack(packById('demonstration-2'), await new CalendarSource().current(rig.db));
      const { changes } = await tryPage(rig.db, '', rulesFor);
      expect(new Set(changes.map((change) => change.caseId))).toEqual(new Set([caseId, kept.caseId]));
      expect(changes.find((change) => change.clock === 'opinion.water.1')).toMatchObject({
        ...{ before: '2040-01-13', after: '2040-01-06', organ: 'yunchuan' },
      });
      expect(await dueDays(rig, caseId)).toEqual(before);

      expect(await askToMove(rig, caseId, 'demonstration-1')).toMatchObject(refused('rule.refused'));
      expect(await askToMove(rig, caseId, 'demonstration-automatic-1')).toMatchObject(
        refused('rule.refused'),
      );
      expect(await askToMove(rig, caseId, 'no-such-pack')).toMatchObject(refused('not.found'));
      expect(await askToMove(rig, caseId, 'demonstration-2')).toMatchObject({ status: 'done' });
      expect(await packIdOf(rig, caseId)).toBe('demonstration-1');
      const taskId = await rig.task(caseId, 'lever');
      const form = { outcome: 'approve', opinion: '同意' };
      await rig.ask(people.deputyHead, 'task.complete', caseId, { taskId, form });
      await rig.world.settle();
      expect(await packIdOf(rig, caseId)).toBe('demonstration-2');
      expect((await dueDays(rig, caseId))['opinion.water.1']).toBe('2040-01-06');
      const told = (await rig.events(caseId)).filter(({ event }) => /^(pack|clock)\.moved$/.test(event));
      expect(told[0]).toMatchObject({
        event: 'pack.moved',
        params: { from: 'demonstration-1', to: 'demonstration-2', reason: '新规则' },
      });
      expect(told.map(({ params }) => params)).toContainEqual({
        ...{ clock: 'opinion.water.1', before: '2040-01-13', after: '2040-01-06', pack: 'demonstration-2' },
      });
      // Its further steps follow the new pack: the sections' silence is over on the 7th.
      await application.advanceTo('2040-01-07 00:00');
      expect(await application.story()).toContain('clock.lapsed');
      expect(await dueDays(rig, kept.caseId)).toMatchObject({ 'opinion.water.1': '2040-01-13' });
      expect(await packIdOf(rig, kept.caseId)).toBe('demonstration-1');
    },
  );
});
