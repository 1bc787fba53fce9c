import { randomUUID } from 'node:crypto';
import proto from '@temporalio/proto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cases, ledger, steps } from '../../db/schema/index.js';
import { createLogger } from '../../observe/logger.js';
import { createMetrics } from '../../observe/metrics.js';
import { stepListener } from '../../observe/steps.js';
import { anchorJob } from '../../relay/anchorJob.js';
import { runDue } from '../../relay/daily.js';
import { startRelay } from '../../relay/relay.js';
import { openSigningKey } from '../../ledger/signingKey.js';
import { look } from '../../watch/look.js';
import { type Api, type Caller, openApi } from '../api/client.js';
import { completeness, operation, submission } from '../api/filing.js';
import { Exported } from '../ledger/installation.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';

/** A name that nothing but a person bears; wherever it turns up outside the database, it has leaked. */
const marker = '欧阳测标';

let rig: Rig;
let api: Api;
let exported: Exported;
let applicant: Caller;
let desk: Caller;
const lines: string[] = [];
const logger = createLogger('trace', { write: (line) => void lines.push(line) });
const logged = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00', {
    relay: false,
    onStep: stepListener(logger, createMetrics()),
  });
  api = await openApi(rig, { logger });
  exported = await Exported.open();
  await addUnit(rig, 'steel');
  applicant = await api.account(marker, { role: 'applicant', organ: 'unit:steel' });
  desk = await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
});
afterAll(async () => {
  await exported.close();
  await api.close();
  await rig.close();
});

test('A7: every line of a call, from the API to the step, bears the call’s id and the ids of request and case', async () => {
  const answer = await applicant.send('POST', '/applications', await submission(applicant, 'steel'), {
    'Idempotency-Key': randomUUID(),
    'X-Request-Id': 'gateway-1',
    traceparent: `00-${'c'.repeat(32)}-00000000000000ab-01`,
  });
  expect(answer.status).toBe(201);
  const { requestId, caseId } = answer.body;
  const ids = { call: 'gateway-1', trace: 'c'.repeat(32) };
  const ofCall = () => logged().filter(({ call }) => call === 'gateway-1');
  await expect.poll(() => ofCall().map(({ msg }) => msg)).toEqual(['step', 'asked', 'request']);
  expect(ofCall()).toMatchObject([
    { ...ids, case: caseId, request: requestId, verdict: 'committed', revision: 1, stage: 'received' },
    { ...ids, case: caseId, request: requestId, name: 'application.submit', person: applicant.id },
    { ...ids, method: 'POST', route: '/applications', status: 201 },
  ]);
});

test('A7: a call without an id, or with one that is none, gets one', async () => {
  const id = async (given?: string) => {
    const headers = given === undefined ? {} : { 'X-Request-Id': given };
    return (await api.anybody.send('GET', '/healthz', undefined, headers)).headers.get('x-request-id');
  };
  const uuid = /^[\da-f]{8}-[\da-f-]{27}$/;
  expect(await id()).toMatch(uuid);
  expect(await id('a b{}')).toMatch(uuid);
  expect(await id('x'.repeat(101))).toMatch(uuid);
  expect(await id('edge:42')).toBe('edge:42');
});

test('A7: a personal name reaches no log line, search attribute, memo, detail, summary or failure', async () => {
  const body = await submission(applicant, 'steel');
  const filed = await applicant.post('/applications', body);
  const caseId = String(filed.body['caseId']);
  const named = { outcome: 'supplement', defects: [{ item: 'commitment', what: `${marker}未签名` }] };
  // Done, refused by the rules, refused by the schema, refused by the policy, not found: each with the name in it.
  expect((await desk.post(`${completeness(caseId)}/complete`, { form: named })).status).toBe(200);
  expect((await desk.post(`${completeness(caseId)}/complete`, { form: named })).status).toBe(409);
  expect((await desk.post(`${completeness(caseId)}/complete`, { form: { outcome: marker } })).status).toBe(
    400,
  );
  expect((await applicant.post(operation(caseId, 'withdrawal'), { reason: marker })).status).toBe(200);
  expect((await applicant.post(operation(caseId, 'withdrawal'), { reason: marker })).status).toBe(409);
  expect((await desk.get(`/tasks?kind=${encodeURIComponent(marker)}`)).status).toBe(200);
  expect((await desk.get(`/permits?unit=${encodeURIComponent(marker)}`)).status).toBe(200);
  expect((await api.anybody.send('POST', '/sign-in', { username: marker, password: marker })).status).toBe(
    401,
  );
  const { db, client, taskQueue, databaseUrl } = rig;
  const relay = startRelay({ db, client, taskQueue }, { databaseUrl, logger, pollInterval: 100 });
  await rig.world.advanceTo(at('2026-03-03 23:45'));
  await runDue(db, [anchorJob(db, await openSigningKey(`${exported.folder}/key.pem`), logger)], logger);
  await look({ db, client, taskQueue, logger });
  await relay.stop();

  // It is where it belongs …
  const kept = JSON.stringify([await db.select().from(ledger), await db.select().from(steps)]);
  expect(kept).toContain(marker);
  // … and nowhere else.
  expect(lines.length).toBeGreaterThan(15);
  const leaks = (text: string) =>
    [marker, encodeURIComponent(marker), Buffer.from(marker).toString('base64').slice(0, 12)].filter((form) =>
      text.includes(form),
    );
  expect(leaks(lines.join('\n'))).toEqual([]);
  for (const { id } of await db.select({ id: cases.id }).from(cases)) {
    expect(leaks(await whatTemporalKnows(rig, id)), id).toEqual([]);
  }
});

/** Everything that the server stores of a case, as it stores it: history, search attributes, memo, details. */
async function whatTemporalKnows({ client, namespace }: Rig, workflowId: string): Promise<string> {
  const execution = { workflowId };
  const { workflowService } = client;
  const { history } = await workflowService.getWorkflowExecutionHistory({ namespace, execution });
  const described = await workflowService.describeWorkflowExecution({ namespace, execution });
  const { History } = proto.temporal.api.history.v1;
  const { DescribeWorkflowExecutionResponse } = proto.temporal.api.workflowservice.v1;
  const events = Buffer.from(History.encode(history ?? {}).finish());
  const description = Buffer.from(DescribeWorkflowExecutionResponse.encode(described).finish());
  expect(events.length).toBeGreaterThan(500);
  return Buffer.concat([events, description]).toString('utf8');
}
