import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../db/database.js';
import { keepFindings } from '../../db/queries/watch.js';
import { setRehearsalClock } from '../../db/legalClock.js';
import { addDatabaseMetrics } from '../../observe/databaseMetrics.js';
import { createLogger } from '../../observe/logger.js';
import { createMetrics } from '../../observe/metrics.js';
import { serveMetrics } from '../../observe/metricsServer.js';
import { stepListener } from '../../observe/steps.js';
import * as people from '../../rehearsal/people.js';
import { type Api, type Caller, openApi } from '../api/client.js';
import { completeness, file } from '../api/filing.js';
import { issuePermit } from '../rig/permits.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';

const metrics = createMetrics();
let rig: Rig;
let api: Api;
let applicant: Caller;
let system: Caller;
beforeAll(async () => {
  const onStep = stepListener(createLogger('silent'), metrics);
  rig = await openRig('2026-03-02T09:00:00+08:00', { onStep });
  api = await openApi(rig, { metrics });
  await addUnit(rig, 'steel');
  applicant = await api.account('steel.zhao', { role: 'applicant', organ: 'unit:steel' });
  system = await api.account('system', { role: 'systemAdministrator', organ: '*' });
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

/** The value of a series, as Prometheus would read it; undefined where there is none. */
async function value(series: string, of = metrics): Promise<number | undefined> {
  const line = (await of.registry.metrics()).split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

/** Metrics that have asked the database just now. */
function looking() {
  const fresh = createMetrics();
  addDatabaseMetrics(fresh, rig.db, () => ({ busy: 1, idle: 2, waiting: 3 }));
  return fresh;
}

test('A7: steps are counted by kind, cause and verdict, calls by route and status', async () => {
  const caseId = await file(applicant);
  const withdrawal = `/${caseId.replace('application', 'applications')}/withdrawal`;
  expect((await applicant.post(withdrawal, { reason: '停建' })).status).toBe(200);
  expect((await applicant.post(withdrawal, { reason: '停建' })).status).toBe(409);
  const steps = (verdict: string) =>
    value(`yizheng_step_seconds_count{kind="application",cause="request",verdict="${verdict}"}`);
  expect([await steps('committed'), await steps('refused')]).toEqual([2, 1]);
  const route = 'method="POST",route="/applications/{number}/withdrawal"';
  await expect.poll(() => value(`yizheng_http_seconds_count{${route},status="409"}`)).toBe(1);
  expect(await value(`yizheng_http_seconds_count{${route},status="200"}`)).toBe(1);
  const text = await metrics.registry.metrics();
  expect(text).toContain('nodejs_eventloop_lag_seconds');
  expect(text).not.toContain(caseId);
});

test('A7: the standing of the installation is counted in legal time: cases, requests, clocks, tasks, notices', async () => {
  const before = await value('yizheng_open_cases{kind="application"}', looking());
  await file(applicant);
  const fresh = looking();
  expect(await value('yizheng_open_cases{kind="application"}', fresh)).toBe((before ?? 0) + 1);
  expect(await value('yizheng_tasks{family="completeness"}', fresh)).toBe(1);
  expect(await value('yizheng_tasks_overdue{family="completeness"}', fresh)).toBe(0);
  expect(await value('yizheng_clocks{colour="yellow"}', fresh)).toBeUndefined();
  expect(await value('yizheng_relay_lag_seconds', fresh)).toBe(0);
  expect(await value('yizheng_requests{status="open"}', fresh)).toBeUndefined();
  expect(await value('yizheng_requests{status="refused"}', fresh)).toBe(1);
  expect(await value('yizheng_ledger_anchor_age_seconds', fresh)).toBeUndefined();
  expect(await value('yizheng_pool_connections{state="waiting"}', fresh)).toBe(3);
  expect(await value('yizheng_database_up', fresh)).toBe(1);
  // Received on Monday 2 March 2026; a working day before the last one, the 5th, the card turns yellow.
  await rig.world.advanceTo(at('2026-03-04 09:30'));
  await keepFindings(rig.db, null);
  const later = looking();
  expect(await value('yizheng_clocks{colour="yellow"}', later)).toBe(1);
  expect(await value('yizheng_notices{status="queued"}', later)).toBeGreaterThan(0);
  expect(await value('yizheng_late{kind="anchor.missing"}', later)).toBe(1);
});

test('A7: a red card and an overdue task are counted once their day is over', async () => {
  // A permit's first day: its clock runs for five years, and its card is green.
  await issuePermit(rig, 'green', '2026-03-04');
  expect(await value('yizheng_clocks{colour="green"}', looking())).toBeGreaterThan(0);
  const caseId = await file(applicant);
  const desk = await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
  expect((await desk.post(`${completeness(caseId)}/complete`, { form: { outcome: 'accept' } })).status).toBe(
    200,
  );
  // An opinion is due in 10 working days from Wednesday 4 March 2026: Wednesday the 18th.
  await rig.world.advanceTo(at('2026-03-19 00:30'));
  const fresh = looking();
  expect(await value('yizheng_tasks_overdue{family="opinion"}', fresh)).toBeGreaterThan(5);
  expect(await value('yizheng_clocks{colour="red"}', fresh)).toBeGreaterThan(5);
});

test('A7: the relay’s lag is the age of the oldest open request', async () => {
  await rig.relay.stop();
  const row = await rig.write(people.legalOfficer, 'permit.hold', 'permit/none', { hold: 'x' });
  await setRehearsalClock(rig.db, at('2026-03-19 00:40'));
  const fresh = looking();
  expect(await value('yizheng_requests{status="open"}', fresh)).toBe(1);
  // Received at 00:30.
  expect(await value('yizheng_relay_lag_seconds', fresh)).toBe(600);
  await rig.send(row);
});

test('A7: with the database away it is said, and nothing stale is', async () => {
  const url = new URL(rig.databaseUrl);
  url.port = '1';
  const away = openDatabase(url.href, { connectTimeout: 500 });
  const blind = createMetrics();
  addDatabaseMetrics(blind, away.db, away.poolUse);
  expect(await value('yizheng_database_up', blind)).toBe(0);
  expect(await value('yizheng_relay_lag_seconds', blind)).toBeUndefined();
  expect(await value('yizheng_clocks{colour="green"}', blind)).toBeUndefined();
  await away.close();
});

test('A7: Prometheus reads a port of its own; on the API the metrics are for the system administrator', async () => {
  const server = await serveMetrics(metrics.registry, { host: '127.0.0.1', port: 0 });
  const answer = await fetch(server.url);
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  expect(await answer.text()).toContain('# TYPE yizheng_step_seconds histogram');
  expect((await fetch(server.url.replace('/metrics', '/'))).status).toBe(404);
  expect((await fetch(server.url, { method: 'POST' })).status).toBe(404);
  await server.close();
  expect((await system.get('/metrics')).body['text']).toContain('yizheng_http_seconds_count');
  expect((await applicant.get('/metrics')).status).toBe(403);
  expect((await api.anybody.get('/metrics')).status).toBe(401);
});
