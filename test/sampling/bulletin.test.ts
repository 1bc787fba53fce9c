import { read, utils } from '@e965/xlsx';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bulletins, issues } from '../../db/schema/index.js';
import { itemsOfRound } from '../../db/queries/samplings.js';
import { Office } from '../../rehearsal/office.js';
import { staffOf } from '../../rehearsal/people.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import { type Api, type Caller, openApi, password } from '../api/client.js';
import { allPages } from '../api/filing.js';
import { unitOf } from '../import/lists.js';
import { openSelfChecks } from '../../relay/selfChecks.js';
import { IssueCase } from '../issues/issueCase.js';
import { HeldPermit, openTasks } from '../rig/permits.js';
import { saidIn } from '../rig/papers.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { answers, Review } from '../tiers/campaign.js';
import { problem, SelfCheck } from '../tiers/selfCheckCase.js';
import { Campaign, type City, head, inspector, type Issued, other } from './campaign.js';

let rig: Rig;
let api: Api;
let province: Caller;
let city: Caller;
let campaign: Campaign;
let bulletin: Office;
let unit = 0;
/** What the test found, written down beside: permit, city, severity, whose. */
const problems: { permitNo: string; city: string; severity: string; responsible: string }[] = [];
const sampledIn = new Map<string, number>();
const path = '/bulletins/990000-2030-1';

const inCity = (where: City, count: number): Issued[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ unit: unitOf(rig, (unit += 1)), city: where, kind: 'first' as const },
    on: `2030-02-${String((index % 20) + 1).padStart(2, '0')}`,
  }));

beforeAll(async () => {
  // A year of this file's own: worlds share a namespace.
  rig = await openRig('2030-01-07T09:00:00+08:00');
  api = await openApi(rig);
  province = await api.account('province', { role: 'inspector', organ: 'province' });
  city = await api.account('beilan', { role: 'sectionHead', organ: 'beilan' });
  campaign = new Campaign(rig, 2030);
  await campaign.ask(inspector, 'sampling.open', { region: '990000', year: 2030 });
  await rig.world.advanceTo(at('2030-03-29 09:00'));
  await campaign.import([...inCity('990100', 34), ...inCity('990300', 5)]);
  await campaign.draw('2030-03-29');
  const population = await campaign.population(1);
  for (const { permitNo, reviews } of await itemsOfRound(rig.db, campaign.caseId, 1)) {
    const where = population.find((each) => each.permitNo === permitNo)?.city ?? '';
    const number = sampledIn.get(where) ?? 0;
    sampledIn.set(where, number + 1);
    const [first = '', second] = reviews;
    // Of each city's sample every third is faulty; the second of them is the authority's error, and serious.
    const faulty = number % 3 === 0;
    const authority = number === 3;
    const problem = {
      ...{ category: 'standard', description: '执行标准已废止', basis: 'GB 28662', place: '' },
      ...{ severity: authority ? 'serious' : 'general', responsible: authority ? 'authority' : 'unit' },
    };
    const more = faulty ? { answers: answers({ item: 'P-F3', answer: 'fails', problem }) } : {};
    if (faulty) problems.push({ permitNo, city: where, ...problem });
    await new Review(rig, first).review(inspector, '2030-03-29', more);
    // The second reviewer finds nothing anywhere.
    if (second !== undefined) await new Review(rig, second).review(other, '2030-03-29');
  }
  await rig.world.settle();
  bulletin = new Office(rig, 'bulletin/990000-2030-1', staffOf('province'));
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

const get = async (caller: Caller, where = path): Promise<JsonObject> =>
  (await caller.get(where)).body as JsonObject;
const rowsOf = async (figure: string, query = ''): Promise<readonly { row: string; city: string }[]> =>
  (await get(province, `${path}/figures/${figure}/rows${query}`))['items'] as never;

test('Q8: the numbers of a bulletin are an independent count’s, city by city, and ranks begin with ten sampled', async () => {
  const { status, body } = await province.post('/bulletins', {
    region: '990000',
    from: '2030-01-01',
    to: '2030-03-29',
  });
  expect(status, JSON.stringify(body)).toBe(201);
  expect(body['caseId']).toBe(bulletin.caseId);
  expect([...sampledIn]).toEqual([
    ['990100', 11],
    ['990300', 2],
  ]);
  const told = await get(province);
  const of = (where: string) => problems.filter((each) => each.city === where);
  const expected = (where: string, population: number) => {
    const [sampled, found] = [sampledIn.get(where) ?? 0, of(where)];
    return {
      ...{
        city: where,
        population,
        sampled,
        reviewed: sampled,
        faulty: found.length,
        problems: found.length,
      },
      problemRate: Math.round((found.length / sampled) * 1000),
      byUnit: found.filter(({ responsible }) => responsible === 'unit').length,
      byAuthority: found.filter(({ responsible }) => responsible === 'authority').length,
      ...{ closedInTime: 0, overdue: 0, open: found.length },
      rank: sampled >= 10 ? 1 : null,
    };
  };
  expect(told['cities']).toMatchObject([expected('990100', 34), expected('990300', 5)]);
  expect(told['region']).toMatchObject({ sampled: 13, problems: problems.length, byAuthority: 1 });
  expect(told['severities']).toEqual([
    { severity: 'general', count: problems.length - 1 },
    { severity: 'serious', count: 1 },
  ]);
});

test('Q8: every number leads to the rows behind it', async () => {
  const found = await rowsOf('severity');
  const listed = await rig.db.select().from(issues).where(eq(issues.tier, 'sampling'));
  expect(found.map(({ row }) => row)).toEqual(listed.map(({ caseId }) => caseId).sort());
  expect(await rowsOf('severity', '?part=serious')).toHaveLength(1);
  expect(await allPages(province, `${path}/figures/severity/rows`, 2)).toEqual(found);
  const sampled = await rowsOf('sampled', '?city=990300');
  expect(sampled).toHaveLength(2);
  const items = (await itemsOfRound(rig.db, campaign.caseId, 1)).map(({ permitNo }) => permitNo);
  for (const { row } of sampled) expect(items).toContain(row.split(' ')[0]);
  // What is found later changes nothing about a bulletin that is drafted.
  expect(await rowsOf('population')).toHaveLength(39);
});

test('Q8: how far reviewers agree is internal', async () => {
  const twice = (await itemsOfRound(rig.db, campaign.caseId, 1)).filter((item) => item.twice);
  const differ = twice.filter(({ permitNo }) => problems.some((each) => each.permitNo === permitNo)).length;
  const told = await get(province);
  expect(told['agreement']).toEqual({ agree: twice.length - differ, differ });
});

test('Q8: nobody is named before the problem is determined', async () => {
  const [first] = await rowsOf('severity', '?city=990100');
  const issue = new Office(rig, first?.row ?? '', staffOf('province'));
  const form = {
    outcome: 'circulate',
    text: '现将一季度情况通报如下。',
    typical: [{ issueId: issue.caseId, note: '典型' }],
  };
  const early = await bulletin.complete(inspector, 'bulletinDraft', form, { mayRefuse: true });
  expect(early).toMatchObject({ status: 'refused', code: 'rule.refused' });
  await issue.complete(inspector, 'issueNotice', {
    ...{
      outcome: 'recorded',
      to: 'unit',
      on: '2030-03-29',
      method: '电话',
      recipient: '李某',
      note: '已告知',
    },
  });
  const { unitId } = (await rig.db.select().from(issues).where(eq(issues.caseId, issue.caseId)))[0] ?? {
    unitId: '',
  };
  const unitPeople = { id: 'a', kind: 'applicant' as const, roles: [`applicant@unit:${unitId}`] };
  await issue.ask(unitPeople, 'issue.object', { outcome: 'noObjection' });
  await issue.complete(head, 'issueDetermination', { outcome: 'upheld', reason: '属实' });
  expect((await city.get(path)).status).toBe(404);
  expect((await get(city, '/bulletins'))['items']).toEqual([]);
  await bulletin.complete(inspector, 'bulletinDraft', form);
  const [typical] = (await get(province))['typical'] as readonly JsonObject[];
  expect(typical?.['unit']).toMatch(/示范企业/);
});

test('Q8: the cities comment within a term; silence ends with it', async () => {
  const told = await get(city);
  expect(told).toMatchObject({ stage: 'commenting', agreement: null });
  expect((await get(city, '/bulletins'))['items']).toMatchObject([
    { caseId: bulletin.caseId, from: '2030-01-01', to: '2030-03-29', stage: 'commenting', issuedOn: null },
  ]);
  expect((await city.get(`${path}/figures/agreement/rows`)).status).toBe(403);
  const task = `/tasks/bulletin/990000-2030-1/bulletinComment.beilan.1/complete`;
  const { status, body } = await city.post(task, { form: { outcome: 'comment', text: '1件已整改' } });
  expect(status, JSON.stringify(body)).toBe(200);
  // Five working days after Friday 29 March 2030: Ching Ming takes 4 and 5 April out only where it is announced.
  await rig.world.advanceTo(at('2030-04-09 09:00'));
  const [over] = await bulletin.entries('bulletin.commentsOver');
  expect(over?.params['silent']).not.toContain('beilan');
  expect(await openTasks(rig, bulletin.caseId)).toEqual(['bulletinSubmission']);
});

test('Q8: signed, numbered and issued; as Excel and as a page it says the same', async () => {
  await bulletin.complete(inspector, 'bulletinSubmission', { outcome: 'submit', answer: '采纳' });
  await bulletin.sign('sectionHead', 'deputyHead');
  await bulletin.seal('bulletin');
  expect(await bulletin.story()).toContain('case.closed');
  const said = await saidIn(rig.db, await bulletin.document('bulletin'));
  expect(said).toContain('抽查13件');
  const { body } = await api.anybody.send('POST', '/sign-in', { username: 'beilan', password });
  const headers = { Authorization: `Bearer ${String(body['token'])}` };
  const workbook = await fetch(`${api.url}${path}/workbook`, { headers });
  const book = read(new Uint8Array(await workbook.arrayBuffer()));
  const rows = utils.sheet_to_json<JsonObject>(book.Sheets['各市'] ?? {});
  expect(rows.map((row) => [row['市'], row['抽查数'], row['排名'] ?? null])).toEqual([
    ...[
      ['云川市', 11, 1],
      ['北岚市', 2, null],
      ['全区', 13, null],
    ],
  ]);
  const page = await fetch(`${api.url}${path}/page`, { headers });
  const html = await page.text();
  expect(html).toContain('<td>云川市</td><td>34</td><td>11</td>');
  expect(html).not.toContain('<script');
});

test('Q8: problems of all three tiers, told apart; what a unit mended itself in time is a number, and no problem', async () => {
  const [, second, third] = (await campaign.population(1)).filter((each) => each.city === '990100');
  const permitOf = (row = second) => new HeldPermit(rig, row?.unitId ?? '', row?.permitNo ?? '');
  // A sweep's problem, and a self-check that finds a grave one, and one that it mends itself.
  const finding = { tier: 'sweep', campaign: '2030-1', foundOn: '2030-04-09' };
  const swept = await IssueCase.find(permitOf(), finding);
  await openSelfChecks(rig.db, { area: '9901', period: '2030' });
  await rig.world.settle();
  await new SelfCheck(permitOf(), '2030').submit([
    problem('ledger', { severity: 'serious' }),
    problem('report', { mendedOn: '2030-04-08' }),
  ]);
  await new SelfCheck(permitOf(third), '2030').submit([problem('report', { mendedOn: '2030-04-08' })]);
  await province.post('/bulletins', { region: '990000', from: '2030-04-09', to: '2030-04-09' });
  const [name] = await nameOfNewest();
  const told = await get(province, `/bulletins/${name}`);
  expect(told['tiers']).toEqual([
    { ...none, tier: 'selfCheck', looked: 2, faulty: 1, selfCorrected: 1, problems: 1, open: 1 },
    { ...none, tier: 'sweep', problems: 1, open: 1 },
    { ...none, tier: 'sampling' },
  ]);
  const rows = async (part: string) =>
    ((await get(province, `/bulletins/${name}/figures/tier/rows?part=${part}`))['items'] as JsonObject[]).map(
      ({ row }) => row,
    );
  expect(await rows('sweep')).toEqual([swept.caseId]);
  expect(await rows('selfCheck')).toHaveLength(1);
});

const none = {
  ...{ looked: 0, faulty: 0, selfCorrected: 0, silent: 0, problems: 0 },
  ...{ closedInTime: 0, closedLate: 0, overdue: 0, open: 0 },
};
const nameOfNewest = async () =>
  (await rig.db.select().from(bulletins))
    .map(({ caseId }) => caseId.slice('bulletin/'.length))
    .sort()
    .reverse();

test('Q8: the next bulletin tells the trend against this one', async () => {
  await province.post('/bulletins', { region: '990000', from: '2030-03-30', to: '2030-04-09' });
  const next = await get(province, '/bulletins/990000-2030-3');
  expect(next).toMatchObject({
    former: bulletin.caseId,
    trend: { sampled: -13, problems: -problems.length },
  });
});

test('Q8: the list of bulletins goes by period and in pages; a city’s tells of the issued alone', async () => {
  const [mine, issuedNow] = [await get(province, '/bulletins?limit=2'), await get(city, '/bulletins')];
  const periods = (page: JsonObject) =>
    (page['items'] as readonly JsonObject[]).map(({ number, from }) => [number, from]);
  expect(periods(mine)).toEqual([
    ['990000-2030-1', '2030-01-01'],
    ['990000-2030-3', '2030-03-30'],
  ]);
  const rest = await get(province, `/bulletins?limit=2&cursor=${mine['next'] as string}`);
  expect([periods(rest), rest['next']]).toEqual([[['990000-2030-2', '2030-04-09']], null]);
  expect(periods(issuedNow)).toEqual([['990000-2030-1', '2030-01-01']]);
});
