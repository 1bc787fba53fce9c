import { and, eq, like, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { nextPage } from '../../activities/publication/page.js';
import { CalendarSource } from '../../db/queries/calendarSource.js';
import { changeCounts, listChanges, proposeEdition } from '../../db/queries/publications.js';
import { calendarYears, cases, clocks, steps } from '../../db/schema/index.js';
import { firstBreak } from '../../db/ledgerChain.js';
import { until } from '../../rehearsal/world.js';
import { runPublications } from '../../relay/publications.js';
import { parseEdition } from '../../rules/calendarEdition.js';
import { explain } from '../../rules/clock.js';
import { packById } from '../../rules/packs/index.js';
import * as people from '../../rehearsal/people.js';
import { Application, story } from '../application/application.js';
import { issuePermit, timelineOf } from '../rig/permits.js';
import type { Rig } from '../rig/rig.js';
import { changed2026, of2027 } from './editions.js';
import { confirm, dueDays, publish, reaches, signalsOf, tryEdition } from './publishing.js';

/** Accepted on Monday, 28 December 2026: thirty working days, twenty-five by the organ's promise, ten for each section. */
const byWeekends = { decision: '2027-02-08 (2027-02-01)', 'opinion.water.1': '2027-01-11' };
/** 1 January and 5 to 12 February are off, 14 February is worked. */
const announced = { decision: '2027-02-16 (2027-02-02)', 'opinion.water.1': '2027-01-12' };

describe('L15: the dry run', () => {
  story(
    'shows every due day that would change, by case, organ and officer, and changes nothing',
    '2026-12-28 09:00',
    async ({ rig, unitId }) => {
      const application = await Application.accepted(rig, unitId);
      const { caseId } = application;
      const taskId = await rig.task(caseId, 'opinion.water');
      await rig.ask(people.officer('water', 'element.water@yunchuan'), 'task.claim', caseId, { taskId });
      const permit = await issuePermit(rig, 'valid', '2026-12-28');
      const before = await dueDays(rig, caseId);
      const entries = (await rig.events(caseId)).length;
      const tried = await tryEdition(rig, of2027());
      expect(tried).toMatchObject({ year: 2027, edition: 2, status: 'tried', tried: 7 });
      const { items: found } = await listChanges(rig.db, tried, {}, { limit: 100 });
      expect(found.find(({ clock }) => clock === 'decision')).toMatchObject({
        ...{ caseId, organ: 'yunchuan', area: '990100', unitId: 'steel', limit: 'decision.key' },
        ...{ before: '2027-02-08', after: '2027-02-16' },
        ...{ promisedBefore: '2027-02-01', promisedAfter: '2027-02-02' },
      });
      const water = found.find(({ clock }) => clock === 'opinion.water.1');
      expect(water).toMatchObject({ before: '2027-01-11', after: '2027-01-12', officer: 'water' });
      expect(found.map((change) => change.caseId)).not.toContain(permit.caseId);
      const counts = await changeCounts(rig.db, tried);
      expect(counts.reduce((sum, { changes }) => sum + changes, 0)).toBe(7);
      expect(counts.every(({ organ }) => organ === 'yunchuan')).toBe(true);
      expect(await dueDays(rig, caseId)).toEqual(before);
      expect((await rig.events(caseId)).length).toBe(entries);
      const inForce = await rig.db.select().from(calendarYears).where(eq(calendarYears.year, 2027));
      expect(inForce.map(({ edition }) => edition)).toEqual([1]);
    },
  );

  story(
    'must be at its end, and confirmed by a legal officer on the very edition, before anything is published',
    '2026-12-28 09:00',
    async ({ rig, unitId }) => {
      await Application.accepted(rig, unitId);
      const tried = await tryEdition(rig, of2027());
      await expect(confirm(rig, tried, false)).rejects.toMatchObject({ code: 'auth.forbidden' });
      await expect(confirm(rig, { ...tried, hash: 'of another' })).rejects.toMatchObject({
        code: 'request.mismatch',
      });
      const again = await tryEdition(rig, { ...of2027(), document: '测试数据〔2026〕3号' });
      expect(again).toMatchObject({ edition: 2, tried: 7 });
      await expect(confirm(rig, tried)).rejects.toMatchObject({ code: 'request.mismatch' });
      expect(await confirm(rig, again)).toMatchObject({ status: 'confirmed', confirmedBy: 'legalOfficer' });
      await rig.db.execute(sql`update calendar_publications set status = 'trying'`);
      await expect(confirm(rig, again)).rejects.toMatchObject({ code: 'case.stage' });
      await expect(confirm(rig, { ...again, year: 2028 })).rejects.toMatchObject({ code: 'not.found' });
    },
  );

  story(
    'that finds no due day changed needs no legal officer',
    '2026-03-02 09:00',
    async ({ rig, unitId }) => {
      await Application.accepted(rig, unitId);
      const tried = await tryEdition(rig, of2027());
      expect(tried.tried).toBe(0);
      await confirm(rig, tried, false);
      await runPublications(rig);
      expect(await reaches(rig, tried, 'published')).toMatchObject({ changed: 0, woken: 0 });
    },
  );
});

describe('L15: the publication', () => {
  story(
    'counts every open clock anew, writes each changed day into the ledger, and says so when asked why',
    '2026-12-28 09:00',
    async ({ rig, unitId }) => {
      const { caseId } = await Application.accepted(rig, unitId);
      expect(await dueDays(rig, caseId)).toMatchObject(byWeekends);
      expect((await clockRow(rig, caseId, 'decision')).estimated).toBe('yes');
      const published = await publish(rig, of2027());
      expect(published).toMatchObject({ cases: 1, tried: 7, changed: 7, confirmedBy: 'legalOfficer' });
      expect(await dueDays(rig, caseId)).toMatchObject(announced);
      const decision = await clockRow(rig, caseId, 'decision');
      expect(decision.estimated).toBe('no');
      const lines = (await rig.events(caseId)).filter(({ event }) => event.endsWith('etimed'));
      expect(lines).toHaveLength(8);
      expect(lines.map(({ zh }) => zh)).toContain(
        '按现行工作日历（2027/2）重新计算 要素审查意见·水（第1次）：届满日由 2027-01-11 变为 2027-01-12。',
      );
      expect(lines.map(({ params }) => params)).toContainEqual({
        ...{ clock: 'decision', before: '2027-02-01', after: '2027-02-02', edition: '2027/2' },
      });
      const pack = packById('demonstration-1');
      const calendar = await new CalendarSource().current(rig.db);
      const parts = explain(decision.events, pack, calendar, 25);
      expect(parts.find(({ kind }) => kind === 'recount')).toMatchObject({
        zh: '2027年工作日历（第2版）公布后，已按其重新计算。',
        en: 'It was counted anew by edition 2 of the working-day calendar of 2027.',
        citation: '测试数据〔2026〕1号',
      });
      expect(parts.map(({ kind }) => kind)).not.toContain('estimate');
    },
  );

  story(
    'leaves a workflow asleep whose moment moves later: it wakes at the old one, learns the new one, and sleeps on',
    '2026-12-28 09:00',
    async ({ rig, unitId }) => {
      const application = await Application.accepted(rig, unitId);
      const { caseId } = application;
      expect(await publish(rig, of2027())).toMatchObject({ changed: 7, woken: 0 });
      expect(await signalsOf(rig, caseId)).toBe(0);
      // Yellow comes a working day before the last: on Monday, 11 January now, where weekends alone had made it Friday.
      await application.advanceTo('2027-01-08 23:00');
      expect(await timelineOf(rig, caseId, 'clock.yellow')).toEqual([]);
      await application.advanceTo('2027-01-11 23:00');
      expect(new Set(await timelineOf(rig, caseId, 'clock.yellow'))).toEqual(
        new Set(['2027-01-11T09:00 clock.yellow']),
      );
      await application.advanceTo('2027-01-13 00:00');
      expect(new Set(await timelineOf(rig, caseId, 'clock.lapsed'))).toEqual(
        new Set(['2027-01-13T00:00 clock.lapsed']),
      );
    },
  );

  // Three working days from Wednesday, 30 December: Monday, 4 January by weekends alone; Tuesday, since New Year is off.
  story(
    'tells a workflow whose moment lies within seven days: silence accepts a day later',
    '2026-12-30 09:00',
    async ({ rig, unitId }) => {
      const application = await Application.receive(rig, unitId);
      const { caseId } = application;
      expect(await dueDays(rig, caseId)).toEqual({ 'completeness.1': '2027-01-04' });
      expect(await publish(rig, of2027())).toMatchObject({ changed: 1, woken: 1 });
      expect(await dueDays(rig, caseId)).toEqual({ 'completeness.1': '2027-01-05' });
      await until(
        async () => ((await signalsOf(rig, caseId)) === 1 ? null : 'no signal'),
        'the case is told',
      );
      await application.advanceTo('2027-01-05 23:00');
      expect(await application.story()).not.toContain('application.deemedAccepted');
      await application.advanceTo('2027-01-06 00:00');
      expect(await timelineOf(rig, caseId, 'application.deemedAccepted')).toEqual([
        '2027-01-06T00:00 application.deemedAccepted',
      ]);
    },
  );

  // Ten working days from Monday, 2 March: the 16th as announced; the 13th, since Saturday the 7th is worked.
  story(
    'of a changed edition tells the workflows whose moment moves earlier, and they wake then',
    '2026-03-02 09:00',
    async ({ rig, unitId }) => {
      const application = await Application.accepted(rig, unitId);
      const { caseId } = application;
      const permit = await issuePermit(rig, 'valid', '2026-03-02');
      expect(await dueDays(rig, caseId)).toMatchObject({
        decision: '2026-04-14 (2026-04-07)',
        'opinion.water.1': '2026-03-16',
      });
      expect(await publish(rig, changed2026())).toMatchObject({ edition: 2, changed: 7, woken: 1 });
      expect(await dueDays(rig, caseId)).toMatchObject({
        decision: '2026-04-13 (2026-04-03)',
        'opinion.water.1': '2026-03-13',
      });
      expect(await signalsOf(rig, permit.caseId)).toBe(0);
      await application.advanceTo('2026-03-14 00:00');
      expect(new Set(await timelineOf(rig, caseId, 'clock.lapsed'))).toEqual(
        new Set(['2026-03-14T00:00 clock.lapsed']),
      );
    },
  );

  story(
    'a decision that arrives before the workflow has woken is judged by the new day',
    '2026-12-28 09:00',
    async ({ rig, unitId }) => {
      const application = await Application.accepted(rig, unitId);
      await publish(rig, of2027());
      expect(await signalsOf(rig, application.caseId)).toBe(0);
      await application.advanceTo('2027-01-06 09:00');
      await application.opine('agree', ['water']);
      expect(await application.story()).toContain('review.opinion');
      expect(await dueDays(rig, application.caseId)).toMatchObject({ decision: announced.decision });
    },
  );

  story(
    'while it is on its way no moment of the old edition takes effect',
    '2026-12-30 09:00',
    async ({ rig, unitId }) => {
      const application = await Application.receive(rig, unitId);
      const tried = await tryEdition(rig, of2027());
      await confirm(rig, tried);
      // In force, and no page has been counted anew yet.
      await nextPage(rig.db, new CalendarSource(), tried);
      const advancing = application.advanceTo('2027-01-05 12:00');
      await new Promise((resolve) => setTimeout(resolve, 3000));
      expect(await application.story()).not.toContain('application.deemedAccepted');
      await runPublications(rig);
      await advancing;
      expect(await application.story()).not.toContain('application.deemedAccepted');
      await application.advanceTo('2027-01-06 00:00');
      expect(await application.story()).toContain('application.deemedAccepted');
    },
  );

  story(
    'goes on behind its last page after its worker is gone, and counts no case twice',
    '2026-12-28 09:00',
    async ({ rig, unitId }) => {
      const { caseId } = await Application.accepted(rig, unitId);
      await copies(rig, caseId, 1200);
      const tried = await tryEdition(rig, of2027());
      expect(tried).toMatchObject({ cases: 1201, tried: 7 * 1201 });
      await confirm(rig, tried);
      await runPublications(rig);
      await until(async () => {
        const [row] = await rig.db
          .execute<{ cases: number }>(sql`select cases from calendar_publications`)
          .then(({ rows }) => rows);
        return Number(row?.cases) > 0 && Number(row?.cases) < 1201 ? null : String(row?.cases);
      }, 'the first pages are published');
      await rig.stopWorker();
      await rig.startWorker();
      expect(await reaches(rig, tried, 'published')).toMatchObject({ cases: 1201, changed: 7 * 1201 });
      const twice = await rig.db.execute(
        sql`select case_id from ${steps} where cause = 'signal:calendar/2027/2' group by case_id having count(*) <> 1`,
      );
      expect(twice.rows).toEqual([]);
      const all = await rig.db.select().from(cases).where(like(cases.id, 'application/copy-%'));
      expect(all).toHaveLength(1200);
      for (const each of all.slice(0, 100)) {
        const head = { count: each.ledgerCount, hash: each.ledgerHead };
        expect(firstBreak(each.id, await rig.events(each.id), head)).toBeNull();
        expect(each.ledgerCount).toBe(8);
      }
      // The same edition once more is known, and does nothing.
      expect(
        await proposeEdition(rig.db, parseEdition(of2027()), { actorId: 'keeper', requestId: null }),
      ).toMatchObject({ edition: 2, status: 'published', changed: 7 * 1201 });
      // They have no workflows, whose histories could be replayed.
      await rig.db.execute(sql`delete from cases where id like 'application/copy-%'`);
    },
  );
});

async function clockRow(rig: Rig, caseId: string, clock: string) {
  const [row] = await rig.db
    .select()
    .from(clocks)
    .where(and(eq(clocks.caseId, caseId), eq(clocks.id, clock)));
  if (row === undefined) throw new Error(`no clock ${clock} in ${caseId}`);
  return row;
}

/** Copies of a case with its clocks, each with a chain of its own that is still empty. */
async function copies(rig: Rig, caseId: string, count: number): Promise<void> {
  const id = sql`'application/copy-' || lpad(n::text, 5, '0')`;
  await rig.db.execute(sql`
    insert into cases (id, kind, procedure, revision, stage, outcome, pack_id, area, organs, unit_id, permit_no, facts,
                       opened_at, closed_at, next, next_at, ledger_count, ledger_head)
    select ${id}, kind, procedure, revision, stage, outcome, pack_id, area, organs, unit_id, permit_no, facts,
           opened_at, closed_at, next, next_at, 0,
           encode(sha256(convert_to(E'yizheng ledger\n' || ${id}, 'UTF8')), 'hex')
    from cases, generate_series(1, ${count}) n where cases.id = ${caseId}`);
  await rig.db.execute(sql`
    insert into clocks (case_id, id, "limit", events, state, due, promised_due, lapse_at, yellow_at, red_at, next_at, next,
                        promised, estimated)
    select ${id}, id, "limit", events, state, due, promised_due, lapse_at, yellow_at, red_at, next_at, next, promised,
           estimated
    from clocks, generate_series(1, ${count}) n where case_id = ${caseId}`);
}
