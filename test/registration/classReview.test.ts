import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { legalNow } from '../../db/legalClock.js';
import { beginClassReview, findClassReview, takeClassReview } from '../../db/queries/classReviews.js';
import { contentIdOf, jsonContent } from '../../db/queries/contents.js';
import { classReviews, contents, permits, permitVersions, requests } from '../../db/schema/index.js';
import * as people from '../../rehearsal/people.js';
import { classReviewJob, runClassReviews } from '../../relay/classReview.js';
import { runDue } from '../../relay/daily.js';
import { pino } from 'pino';
import { parseDate } from '../../rules/date.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import { goodPermit } from '../checks/documents.js';
import { type HeldPermit, issuePermit, openTasks } from '../rig/permits.js';
import { fileRegistration, type HeldRegistration, atRest } from '../rig/registrations.js';
import { at, openRig, type Rig } from '../rig/rig.js';

/** Permits and forms of Yunchuan, some with a class that the rules no longer give; and 600 that nobody can judge. */
let rig: Rig;
let light: HeldPermit;
let fits: HeldPermit;
let form: HeldRegistration;
const filler = 600;

/** Stores a content; answers with its id. */
async function stored(value: JsonObject): Promise<string> {
  const { mediaType, bytes } = jsonContent(value);
  const id = contentIdOf(bytes);
  await rig.db
    .insert(contents)
    .values({ id, mediaType, bytes, storedAt: await legalNow(rig.db) })
    .onConflictDoNothing();
  return id;
}

/** What a plant holds whose line the catalogue puts under this class. */
const plant = (catalogueClass: 'key' | 'simplified' | 'registration'): JsonObject => ({
  ...(goodPermit as JsonObject),
  lines: [{ name: '窑', industry: '3039', catalogueClass }],
  commonProcesses: { boilers: [], furnaces: [] },
});

const holdsContent = async (permit: HeldPermit, value: JsonObject) =>
  await rig.db
    .update(permitVersions)
    .set({ contentId: await stored(value) })
    .where(eq(permitVersions.permitNo, permit.permitNo));

const review = async (id: string) => {
  const found = await findClassReview(rig.db, id);
  if (found === undefined) throw new Error('no review');
  return found;
};

beforeAll(async () => {
  rig = await openRig('2026-04-15T10:00:00+08:00');
  light = await issuePermit(rig, 'light', '2026-04-01');
  fits = await issuePermit(rig, 'fits', '2026-04-01');
  await holdsContent(light, plant('key'));
  await holdsContent(fits, plant('simplified'));
  form = await fileRegistration(rig, 'form', '2026-04-15 09:00', { contentId: await stored(plant('key')) });
  await fileRegistration(rig, 'small', '2026-04-15 09:00', {
    contentId: await stored(plant('registration')),
  });
  const [validFrom, validTo] = [parseDate('2026-04-01'), parseDate('2031-03-31')];
  const numbers = Array.from({ length: filler }, (_, index) => `0${String(index).padStart(17, '0')}001P`);
  await rig.db.insert(permits).values(
    numbers.map((permitNo) => ({
      ...{ permitNo, unitId: 'nobody', permitClass: 'key', area: '990100', state: 'valid' },
      ...{ validFrom, validTo, version: 1 },
    })),
  );
  await rig.db.insert(permitVersions).values(
    numbers.map((permitNo) => ({
      ...{ permitNo, version: 1, kind: 'first', contentId: 'not stored', caseId: `permit/${permitNo}` },
      at: at('2026-04-01 09:00'),
    })),
  );
});
afterAll(() => rig.close());

test('L13: a review that is cut short behind its first page goes on there, and counts everybody once', async () => {
  const { id } = await beginClassReview(rig.db, { year: 2026, area: '9901', requestedBy: 'head' });
  let looks = 0;
  // Asked before it takes a review, and after each page: it stops behind the first.
  await runClassReviews(rig.db, () => (looks += 1) > 1);
  expect(await review(id)).toMatchObject({ status: 'running', holders: 500, unreadable: 500 });
  // A worker that took it and died holds it for a minute; then the next one has it.
  await takeClassReview(rig.db);
  await runClassReviews(rig.db);
  expect(await review(id)).toMatchObject({ status: 'running', holders: 500 });
  await rig.db
    .update(classReviews)
    .set({ leasedUntil: sql`clock_timestamp() - interval '1 second'` })
    .where(eq(classReviews.id, id));
  await runClassReviews(rig.db);
  expect(await review(id)).toMatchObject({
    ...{ status: 'done', holders: filler + 4, mismatches: 2, unreadable: filler },
  });
  await rig.world.settle();
});

test('L13: each holder whose class no longer fits has one task, with what the rules give and why', async () => {
  expect(await openTasks(rig, light.caseId)).toContain('classMismatch');
  expect(await openTasks(rig, fits.caseId)).not.toContain('classMismatch');
  expect(await form.openTasks()).toEqual(['classMismatch']);
  const [entry] = await form.entries('class.mismatch');
  expect(entry?.zh).toBe(
    '2026 年管理类别复核：现为排污登记，按规则应为重点管理（生产线“窑”按名录）（PQ-01），疑似不符，待人员核实。',
  );
  await atRest(rig, form.caseId);
});

test('L13: run again in the same year, over the same or a larger area, it raises nothing twice', async () => {
  const again = await beginClassReview(rig.db, { year: 2026, area: '9901', requestedBy: 'another' });
  expect(again.status).toBe('done');
  const wider = await beginClassReview(rig.db, { year: 2026, area: '99', requestedBy: 'head' });
  await runClassReviews(rig.db);
  expect(await review(wider.id)).toMatchObject({ status: 'done', mismatches: 2 });
  await rig.world.settle();
  const asked = await rig.db.select().from(requests).where(eq(requests.actorId, 'classReview/2026'));
  expect(asked).toHaveLength(2);
  expect(await form.entries('class.mismatch')).toHaveLength(1);
});

test('L13: a person says what becomes of it; the case rests again', async () => {
  await form.complete(people.lead, 'classMismatch', { outcome: 'urged', note: '已督促申请许可证' });
  expect(await form.openTasks()).toEqual([]);
  const [entry] = await form.entries('class.mismatchSettled');
  expect(entry?.zh).toBe('管理类别不符的处理：已督促办理。已督促申请许可证');
  await atRest(rig, form.caseId);
});

test('L13: the next year’s review begins by itself on the region’s day, and raises what still does not fit', async () => {
  const logger = pino({ level: 'silent' });
  await rig.world.advanceTo(at('2027-04-14 12:00'));
  await runDue(rig.db, [classReviewJob(rig.db)], logger);
  const begun = async () => await rig.db.select().from(classReviews).where(eq(classReviews.year, 2027));
  expect(await begun()).toEqual([]);
  await rig.world.advanceTo(at('2027-04-15 12:00'));
  await runDue(rig.db, [classReviewJob(rig.db)], logger);
  expect((await begun()).map(({ area }) => area).sort()).toEqual(['98', '99']);
  await runClassReviews(rig.db);
  await rig.world.settle();
  expect(await form.entries('class.mismatch')).toHaveLength(2);
  expect(await form.openTasks()).toEqual(['classMismatch']);
});
