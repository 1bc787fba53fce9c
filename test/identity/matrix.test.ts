import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resources } from '../../api/app.js';
import { type Grant, roles } from '../../api/policy.js';
import { proposeEdition } from '../../db/queries/publications.js';
import { auditLog, grants, requests, sessions } from '../../db/schema/index.js';
import { begin, fileHashOf } from '../../import/run.js';
import { parseEdition } from '../../rules/calendarEdition.js';
import { beginClassReview } from '../../db/queries/classReviews.js';
import { applicantOf } from '../../rehearsal/people.js';
import { requestSchemas } from '../../workflows/messages/catalogue.js';
import { Application } from '../application/application.js';
import { type Answered, type Api, type Caller, openApi } from '../api/client.js';
import { submission } from '../api/filing.js';
import { of2027 } from '../calendar/editions.js';
import { inspector, Sweep } from '../tiers/campaign.js';
import { findingOf, IssueCase } from '../issues/issueCase.js';
import { issuePermit, lapsedPermits } from '../rig/permits.js';
import { actAt, filing } from '../rig/registrations.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { actsOf } from '../authority/acts.js';
import { applyForCancellation } from '../versions/asking.js';
import { type Expected, expectations, logged, namesIn, open, outcomeOf, ruleFor } from './expectations.js';

/** Everything that the API serves, whatever it may be when this runs: `POST /applications`, … */
const operations = resources.flatMap(({ routes }) =>
  routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`),
);

let rig: Rig;
let api: Api;
/** One account that is given each role in turn. Nothing else is his: whatever he sees, he sees by the role. */
let wanderer: Caller;
let fill: Readonly<Record<string, string>>;
let bodies: Readonly<Record<string, object>>;

/** The city that the cases lie in, and another one; the units that they are of, and another one. */
const inside = { organ: 'yunchuan', units: ['steel', 'valid', 'lapsed'] };
const outside = { organ: 'lanjiang.approval', units: ['paper'] };

beforeAll(async () => {
  // A year that no other test has clean-ups in: their lists are numbered by the year, and all worlds share one namespace.
  rig = await openRig('2032-03-04T09:00:00+08:00');
  api = await openApi(rig);
  const steel = await addUnit(rig, 'steel');
  await addUnit(rig, 'paper');
  const { lapsed } = await lapsedPermits(rig, ['lapsed'], '2032-03-05');
  const valid = await issuePermit(rig, 'valid', '2032-01-06');
  await valid.hold('standing');
  const acts = await actsOf(valid);
  await applyForCancellation(valid);
  wanderer = await api.account('wanderer');
  const desk = await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
  const target = await api.account('target', { role: 'officer', organ: 'yunchuan' });

  // An application that came in, was withdrawn, and is closed with all its papers served.
  const filed = await submission(desk, 'steel');
  const { contentId: content, files } = filed;
  const { body } = await desk.post('/applications', filed);
  // Another one stays open, so that the inbox is not empty.
  await desk.post('/applications', filed);
  const application = new Application(rig, String(body['caseId']));
  await application.withdraw('steel');
  await application.dispatch('2032-03-05');
  expect(await application.story()).toContain('case.closed');
  const [request] = await rig.db
    .select()
    .from(requests)
    .where(and(eq(requests.caseId, application.caseId), eq(requests.name, 'application.submit')));
  // An issue that the unit was told of and that was withdrawn, and one that waits to be fed back.
  const withdrawn = await IssueCase.find(valid);
  await withdrawn.feedBack('2032-03-05');
  await withdrawn.acceptFinding(withdrawn.unit);
  await withdrawn.determine({ outcome: 'noFault', reason: '不属实' });
  const { unitId: _, area: __, ...problem } = findingOf(valid);
  await IssueCase.find(valid, { place: problem['place'] ?? '' });
  // A sweep of the city that is over, the reviews in it, and a self-check whose permit has ended since.
  const swept = new Sweep(rig, `sweep/yunchuan-2032-${rig.number}`);
  await swept.ask(inspector, 'sweep.start', { area: '990100', year: 2032, note: '排查' });
  await rig.world.settle();
  for (const { ordinal } of await swept.items()) await swept.item(ordinal).review(inspector, '2032-03-04');
  await rig.world.settle();
  const ask = { permitNo: valid.permitNo, period: 'M2032', unitId: 'valid', area: '990100' };
  const checkedCase = `selfCheck/M2032-${valid.permitNo}`;
  await rig.ask({ id: 'round', kind: 'system', roles: [] }, 'selfCheck.open', checkedCase, ask);
  const over = { permitNo: valid.permitNo, state: 'lapsed', at: '2032-03-05T09:00:00+08:00' };
  await rig.ask({ id: valid.caseId, kind: 'system', roles: [] }, 'permit.over', checkedCase, over);
  const paper = await storedByWanderer();
  const fileHash = fileHashOf(Buffer.from('a list of his'));
  const asked = { fileHash, requestedBy: wanderer.id, contentId: paper, dryRun: true };
  const imported = await begin(rig.db, asked);
  await proposeEdition(rig.db, parseEdition(of2027()), { actorId: 'keeper', requestId: null });

  const registrationNo = `${steel.creditCode}001W`;
  const form = { ...filing('steel', registrationNo, '2032-03-04 08:00'), contentId: String(content) };
  const formCase = `registration/${registrationNo}`;
  await rig.ask(applicantOf('steel'), 'registration.file', formCase, form);
  await rig.ask(applicantOf('steel'), 'registration.close', formCase, { on: '2032-03-04', reason: '停产' });
  const review = await beginClassReview(rig.db, { year: 2032, area: '9901', requestedBy: 'head' });

  fill = {
    ...{
      kind: 'application',
      number: application.caseId.replace('application/', ''),
      task: 'completeness.1',
    },
    ...{ document: 'document-1', clock: 'completeness.1', no: valid.permitNo, hold: 'never' },
    version: '1',
    ...{ round: '1', figure: 'sampled' },
    ...{ userId: target.id, coveredBy: desk.id, from: '2032-03-05' },
    'cancellations.number': lapsed.cancellation().caseId.replace('cancellation/', ''),
    ...{ 'contents.id': String(content), 'requests.id': request?.id ?? '', 'accounts.id': target.id },
    ...{ year: '2027', edition: '2' },
    ...{ 'webhooks.id': randomUUID(), delivery: 'never' },
    ...acts.numbers,
    'sweeps.number': swept.caseId.replace('sweep/', ''),
    'quality-reviews.number': `sweep-yunchuan-2032-${rig.number}.1`,
    'self-checks.number': checkedCase.replace('selfCheck/', ''),
    'issues.number': withdrawn.caseId.replace('issue/', ''),
    ...{ notice: 'never', 'units.id': 'steel', 'imports.id': imported.id },
    ...{ 'registrations.no': registrationNo, 'class-reviews.id': review.id },
  };
  const lever = { reason: '系统处置', document: paper };
  const handOver = { assignee: 'desk', reason: '改派' };
  const unit = {
    id: 'steel.2',
    creditCode: '91990100MA0STEEL02',
    name: '示范',
    area: '990100',
    contact: 'x@example.test',
  };
  const platform = {
    outcome: 'recorded',
    permitNo: valid.permitNo,
    platform: { businessNo: 'B', at: '2032-03-05T09:00:00+08:00' },
  };
  const act = actAt('2032-03-04 08:30');
  bodies = {
    'POST /registrations': form,
    'POST /registrations/{no}/change': { contentId: content, changedOn: '2032-03-05', platform: act },
    'POST /registrations/{no}/renewal': { platform: act },
    'POST /registrations/{no}/closing': { on: '2032-03-05', reason: '停产' },
    'POST /registrations/{no}/spot-checks': {
      ...{ on: '2032-03-05', officers: ['甲', '乙'], outcome: 'consistent', findings: '一致' },
    },
    'POST /class-reviews': { area: '9901' },
    'POST /clean-ups': { area: '990100' },
    'POST /me/password': {},
    'POST /sign-in': {},
    'POST /applications': filed,
    'POST /applications/{number}/supplement': { files },
    'POST /applications/{number}/revision': { contentId: content, note: '已改' },
    'POST /applications/{number}/withdrawal': { reason: '停产' },
    'POST /applications/{number}/visit-decision': { outcome: 'needed', reason: '首次' },
    'POST /applications/{number}/off-site-check': { method: 'video', on: '2032-03-05', findings: '一致' },
    'POST /applications/{number}/hearing-notice': { parties: ['邻近居民'], matter: '噪声' },
    'POST /applications/{number}/hearing-request': { party: '邻近居民' },
    'POST /applications/{number}/platform-record': {
      ...platform,
      validFrom: '2032-03-05',
      validTo: '2036-03-04',
    },
    'POST /tasks/{kind}/{number}/{task}/complete': { form: { outcome: 'accept' } },
    'POST /tasks/{kind}/{number}/{task}/return': { to: 'drafting', reason: '退回' },
    'POST /tasks/{kind}/{number}/{task}/delegate': handOver,
    'POST /tasks/{kind}/{number}/{task}/reassign': handOver,
    'POST /cases/{kind}/{number}/clocks/{clock}/pause': {
      ground: 'inspection',
      expectedDays: 3,
      reason: '检验',
    },
    'POST /cases/{kind}/{number}/clocks/{clock}/resume': { reason: '已毕' },
    'POST /cases/{kind}/{number}/clocks/{clock}/extend': { reason: '复杂' },
    'POST /cases/{kind}/{number}/levers/retry': { reason: '重试' },
    'POST /cases/{kind}/{number}/levers/reassign': {
      ...lever,
      task: `${application.caseId}#completeness.1`,
      assignee: 'desk',
    },
    'POST /cases/{kind}/{number}/levers/hold': lever,
    'POST /cases/{kind}/{number}/levers/release': lever,
    'POST /cases/{kind}/{number}/levers/retime': lever,
    'POST /cases/{kind}/{number}/levers/end': lever,
    'POST /cases/{kind}/{number}/levers/move': { ...lever, pack: 'demonstration-2' },
    'POST /documents/{kind}/{number}/{document}/seal': { seal: '公章', by: '印' },
    'POST /documents/{kind}/{number}/{document}/serve': {
      method: 'electronic',
      recipient: '申请人',
      on: '2032-03-05',
    },
    'POST /documents/{kind}/{number}/{document}/void': { reason: '有误' },
    'POST /notices/{kind}/{number}/{notice}/bounced': { messageId: '<never@example.test>' },
    'POST /cases/{kind}/{number}/notices/by-hand': {
      ...{ recipient: 'applicant', method: 'telephone', spokenTo: '李某', on: '2032-03-05', note: '已告知' },
    },
    'PUT /units/{id}/contacts': { items: [{ name: '李某', mail: 'x@example.test' }] },
    'PUT /accounts/{id}/contacts': { items: [{ name: '王某', mail: 'y@example.test' }] },
    'POST /permits/{no}/holds': { hold: 'standing', kind: 'lawsuit', reason: '已立案' },
    'POST /permits/{no}/holds/{hold}/release': { reason: '已结案' },
    'POST /permits/{no}/annotations': { element: 'water', note: '已阅' },
    'POST /permits/{no}/cancellation-application': { reason: '停产' },
    'POST /cancellations/{number}/withdrawal': { reason: '仍需排污' },
    'POST /cancellations/{number}/statement': { text: '仍在生产' },
    'POST /cancellations/{number}/platform-record': platform,
    'POST /calendars': of2027(),
    'POST /calendars/{year}/{edition}/confirmation': { hash: 'of another edition', reason: '核对' },
    'POST /authority-changes': { ...acts.bodies.authorityChange, contentId: content },
    'POST /authority-changes/{number}/statement': { text: '不同意' },
    'POST /authority-changes/{number}/hearing-request': { party: '持证人' },
    'POST /annulments': acts.bodies.annulment,
    'POST /annulments/{number}/statement': { text: '不同意' },
    'POST /annulments/{number}/hearing-request': { party: '持证人' },
    'POST /withdrawals': acts.bodies.withdrawal,
    'POST /withdrawals/{number}/statement': { text: '不同意' },
    'POST /withdrawals/{number}/hearing-request': { party: '持证人' },
    'POST /revocations': { ...acts.bodies.revocation, contentId: paper },
    'POST /urgings': acts.bodies.urging,
    'POST /urgings/{number}/answer': { text: '已办理' },
    'POST /issues': problem,
    'POST /issues/{number}/objection': { outcome: 'noObjection' },
    'POST /issues/{number}/progress': { note: '整改中' },
    'POST /issues/{number}/application': { completedOn: '2032-03-05', note: '已改' },
    'POST /issues/{number}/routes': { route: 'change', reason: '需变更' },
    'POST /issues/{number}/links': { route: 'change', caseId: application.caseId },
    'POST /issues/{number}/reopening': { reason: '复发' },
    'POST /issues/{number}/take-up': { reason: '督办' },
    'POST /sweeps': { area: '990100', year: 2032, note: '再查' },
    'POST /sweeps/{number}/pause': { reason: '暂停' },
    'POST /sweeps/{number}/resumption': { note: '恢复' },
    'POST /self-checks': { area: '990100', period: 'M2032' },
    'POST /self-checks/{number}/result': {
      ...{ answers: [{ item: 'ledger', answer: 'conforms' }], signedOn: '2032-03-05', commitment: true },
      responsible: { name: '李环', position: '环保负责人' },
    },
    'POST /self-checks/{number}/mending': {
      ...{ item: 'ledger', mendedOn: '2032-03-05', note: '已改', evidence: [{ note: '照片' }] },
    },
    'POST /issue-ledger': {},
    'POST /platform-records': {},
    'POST /registration-list': {},
    'POST /bulletins': { region: '990000', from: '2032-01-01', to: '2032-03-03' },
    'POST /samplings': { region: '990000', year: 2032 },
    'POST /samplings/{number}/counts': {},
    'POST /samplings/{number}/replacements': {
      ...{ permitNo: valid.permitNo, kind: 'first', issuedOn: '2032-01-06', reason: '已注销' },
    },
    'POST /contents': { json: { of: 'whoever stores it' } },
    'POST /imports': { contentId: paper },
    'POST /units': unit,
    'POST /accounts': { username: 'x', name: '新人', password: 'long enough pass', grants: [] },
    'PUT /accounts/{id}/grants': { grants: [{ role: 'officer', organ: 'yunchuan' }] },
    'POST /accounts/{id}/password': { newPassword: 'another long password' },
    'POST /covers': { userId: target.id, coveredBy: target.id, from: '2032-03-05', to: '2032-03-06' },
    'POST /webhooks': { url: 'https://127.0.0.1/', organ: '*' },
    'PUT /webhooks/{id}/state': { state: 'paused' },
    'POST /codec/decode': { payloads: [] },
    'POST /codec/encode': { payloads: [] },
  };
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

/** A paper that the wanderer himself has handed in, so that no role is refused for the paper alone. */
async function storedByWanderer(): Promise<string> {
  await become([{ role: 'officer', organ: 'yunchuan' }]);
  return String((await wanderer.send('POST', '/contents', { json: { of: 'the wanderer' } })).body['id']);
}

async function become(held: readonly Grant[]): Promise<void> {
  await rig.db.delete(grants).where(eq(grants.userId, wanderer.id));
  await rig.db.insert(grants).values(held.map((grant) => ({ userId: wanderer.id, ...grant })));
}

/** A role where it is held: at the organ, at the units, or, an administrator's, over everything. */
function grantsOf(role: Grant['role'], place: typeof inside): readonly Grant[] {
  if (role === 'applicant') return place.units.map((unit) => ({ role, organ: `unit:${unit}` }));
  const isAdministrator = role.endsWith('Administrator');
  return [{ role, organ: isAdministrator && place === inside ? '*' : place.organ }];
}

/** The operation's path with its targets: `{id}` is another thing below /accounts than below /contents. */
function pathOf(operation: string): string {
  const path = operation.split(' ')[1] ?? '';
  const resource = path.split('/')[1] ?? '';
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = fill[`${resource}.${name}`] ?? fill[name];
    if (value === undefined) throw new Error(`${operation}: say in \`fill\` what {${name}} is`);
    return value;
  });
}

async function call(caller: Omit<Caller, 'id'>, operation: string): Promise<Answered> {
  const [method = ''] = operation.split(' ');
  const body = method === 'GET' || method === 'DELETE' ? undefined : (bodies[operation] ?? {});
  const headers = { 'Idempotency-Key': randomUUID() };
  return await caller.send(method, pathOf(operation), body, headers);
}

test('A5: every operation of the API has its line in the table, and the table has no other', () => {
  expect([...Object.keys(expectations), ...Object.keys(open)].sort()).toEqual([...operations].sort());
});

test('A5: the table names no role that is not there', () => {
  const known = [...roles, 'REST'] as readonly string[];
  for (const [who] of Object.values(expectations).flat())
    expect(known).toEqual(expect.arrayContaining([...namesIn(who)]));
});

test('A5: whoever is not signed in gets what is open to everybody, and of everything else nothing', async () => {
  for (const operation of operations) {
    const { status } = await call(api.anybody, operation);
    expect(status, operation).toBe(open[operation] ?? 401);
  }
});

test.each([
  ['inside', inside, 1],
  ['outside', outside, 2],
] as const)(
  'A5: every role on every operation %s its area, organ or unit gets what the table says',
  async (_, place, column) => {
    const found: Record<string, Record<string, Expected>> = {};
    const wanted: Record<string, Record<string, Expected>> = {};
    for (const role of roles) {
      await become(grantsOf(role, place));
      const left = Object.entries(expectations);
      const askOn = async (): Promise<void> => {
        for (let next = left.shift(); next !== undefined; next = left.shift()) {
          const [operation, rules] = next;
          const expected = ruleFor(rules, role)[column];
          const caller = operation === 'POST /sign-out' ? await leaving() : wanderer;
          const answered = await call(caller, operation);
          (found[role] ??= {})[operation] = outcomeOf(answered, expected);
          (wanted[role] ??= {})[operation] = expected;
        }
      };
      // A few at a time: all at once would wait for the pool longer than it lets anybody wait.
      await Promise.all(Array.from({ length: 8 }, askOn));
    }
    expect(found).toEqual(wanted);
  },
  900_000,
);

test('A5: of all that was read inside and outside, files, ledgers, histories, persons and exports are in the access log', async () => {
  const rows = await rig.db
    .select({ subject: auditLog.subject, actorId: auditLog.actorId })
    .from(auditLog)
    .where(eq(auditLog.category, 'access'));
  const read = new Set(rows.flatMap(({ subject, actorId }) => (actorId === wanderer.id ? [subject] : [])));
  const reads = operations.filter((operation) => operation.startsWith('GET '));
  expect(reads.filter((operation) => read.has(pathOf(operation))).sort()).toEqual(logged);
});

test('A5: every request that a person may make of a case is behind some operation of the table', () => {
  // A request that no route offers could not be tried here.
  const offered = resources.flatMap(({ routes }) => routes.map(({ access }) => access));
  for (const name of Object.keys(requestSchemas)) expect(offered).toContain(name);
});

/** The wanderer at another session, which he may end. */
async function leaving(): Promise<Omit<Caller, 'id'>> {
  const [token, now] = [randomUUID().replaceAll('-', ''), new Date()];
  await rig.db.insert(sessions).values({
    ...{ id: token, token, userId: wanderer.id, createdAt: now, updatedAt: now },
    expiresAt: new Date(now.getTime() + 60_000),
  });
  const headers = { Authorization: `Bearer ${token}` };
  return {
    get: (path) => api.anybody.send('GET', path, undefined, headers),
    post: (path, body) => api.anybody.send('POST', path, body, headers),
    send: (method, path, body, more) => api.anybody.send(method, path, body, { ...more, ...headers }),
  };
}
