import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setRehearsalClock } from '../../db/legalClock.js';
import { createLogger } from '../../observe/logger.js';
import { look } from '../../watch/look.js';
import { makeAnchor } from '../../ledger/makeAnchor.js';
import { openSigningKey } from '../../ledger/signingKey.js';
import * as people from '../../rehearsal/people.js';
import { type Api, type Caller, openApi } from '../api/client.js';
import { completeness, file } from '../api/filing.js';
import { Exported } from '../ledger/installation.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';

let rig: Rig;
let api: Api;
let exported: Exported;
let applicant: Caller;
let desk: Caller;
let system: Caller;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00', { relay: false });
  api = await openApi(rig);
  exported = await Exported.open();
  await addUnit(rig, 'steel');
  applicant = await api.account('steel.zhao', { role: 'applicant', organ: 'unit:steel' });
  desk = await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
  system = await api.account('system', { role: 'systemAdministrator', organ: '*' });
});
afterAll(async () => {
  await exported.close();
  await api.close();
  await rig.close();
});

interface Line {
  readonly kind: string;
  readonly count: number;
  readonly since: string | null;
  readonly ids: readonly string[];
  readonly zh: string;
}

/** What the watch says of a kind. */
async function late(kind: string): Promise<Line> {
  const { body } = await system.get('/watch');
  const found = (body['items'] as Line[]).find((item) => item.kind === kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
}

test('A7: where nothing is late the watch says so, to the system administrator alone', async () => {
  expect(await system.get('/watch')).toMatchObject({ status: 200, body: { ok: true } });
  expect((await desk.get('/watch')).status).toBe(403);
  expect((await applicant.get('/watch')).status).toBe(403);
});

test('A7: a request that nobody answers is late after ten minutes, and until it is answered', async () => {
  const row = await rig.write(people.legalOfficer, 'permit.hold', 'permit/none', { hold: 'x' });
  await setRehearsalClock(rig.db, at('2026-03-02 09:10'));
  expect(await late('request.unanswered')).toMatchObject({ count: 0, ids: [] });
  await setRehearsalClock(rig.db, at('2026-03-02 09:11'));
  expect(await late('request.unanswered')).toMatchObject({
    count: 1,
    ids: [row.id],
    since: '2026-03-02T09:00:00.000+08:00',
    zh: '请求未得到答复',
  });
  await rig.send(row);
  expect(await late('request.unanswered')).toMatchObject({ count: 0, since: null });
});

test('A7: a case whose moment has come and that does not move is late after ten minutes', async () => {
  const caseId = await file(applicant);
  await rig.stopWorker();
  // Received on Monday 2 March 2026: the first card turns yellow at 09:00 on Wednesday the 4th.
  await setRehearsalClock(rig.db, at('2026-03-04 09:10'));
  expect(await late('moment.overdue')).toMatchObject({ count: 0 });
  await setRehearsalClock(rig.db, at('2026-03-04 09:11'));
  expect(await late('moment.overdue')).toMatchObject({
    count: 1,
    ids: [caseId],
    since: '2026-03-04T09:00:00.000+08:00',
  });
  await rig.startWorker();
  await rig.world.advanceTo(at('2026-03-04 09:12'));
  expect(await late('moment.overdue')).toMatchObject({ count: 0 });
  expect((await desk.post(`${completeness(caseId)}/complete`, { form: { outcome: 'accept' } })).status).toBe(
    200,
  );
});

test('A7: a task past its last day that nobody has claimed is late; a claimed one is somebody’s', async () => {
  const water = await api.account('water', { role: 'element.water', organ: 'yunchuan' });
  // The opinions are due in 10 working days from Wednesday 4 March 2026: on Wednesday the 18th, until 24:00.
  await rig.world.advanceTo(at('2026-03-18 23:59'));
  expect(await late('task.unclaimed')).toMatchObject({ count: 0 });
  await rig.world.advanceTo(at('2026-03-19 00:00'));
  const { ids, since, count } = await late('task.unclaimed');
  expect({ since, count: count >= 6 }).toEqual({ since: '2026-03-19T00:00:00.000+08:00', count: true });
  const task = ids.find((id) => id.includes('opinion.water')) ?? '';
  expect((await water.post(`/tasks/${task.replace('#', '/')}/claim`, {})).status).toBe(200);
  expect((await late('task.unclaimed')).count).toBe(count - 1);
});

test('A7: the ledger without its daily anchor is late after a day and a half, and whole again with one', async () => {
  expect(await late('anchor.missing')).toMatchObject({ count: 1, ids: ['ledger'] });
  await makeAnchor(rig.db, await openSigningKey(`${exported.folder}/key.pem`));
  expect(await late('anchor.missing')).toMatchObject({ count: 0 });
  await setRehearsalClock(rig.db, at('2026-03-20 12:01'));
  expect(await late('anchor.missing')).toMatchObject({ since: '2026-03-19T00:00:00.000+08:00' });
});

test('A7: a notice that was not sent in a day is late', async () => {
  const { count, since } = await late('notice.unsent');
  expect(count).toBeGreaterThan(0);
  const { rows } = await rig.db.execute<{ first: string }>(
    sql`select to_char(min(queued_at) at time zone 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI') as first from notices`,
  );
  expect(since?.slice(0, 16)).toBe(rows[0]?.first);
});

test('A7: what is late is logged when it begins and when it is over, not while it lasts', async () => {
  const lines: { msg: string; watch: string; count?: number }[] = [];
  const logger = createLogger('info', {
    write: (line) => void lines.push(JSON.parse(line) as (typeof lines)[0]),
  });
  const { db, client, taskQueue } = rig;
  const looks = () => look({ db, client, taskQueue, logger });
  const ofRequests = () => lines.filter(({ watch }) => watch === 'request.unanswered');
  await looks();
  expect(ofRequests()).toEqual([]);
  const row = await rig.write(people.legalOfficer, 'permit.hold', 'permit/none', { hold: 'x' });
  await setRehearsalClock(rig.db, at('2026-03-20 13:00'));
  await looks();
  await looks();
  expect(ofRequests()).toMatchObject([{ msg: 'late', count: 1, ids: [row.id] }]);
  await rig.send(row);
  await looks();
  expect(ofRequests()).toMatchObject([{ msg: 'late' }, { msg: 'no longer late' }]);
});
