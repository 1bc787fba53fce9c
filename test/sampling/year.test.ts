import { afterAll, beforeAll, expect, test } from 'vitest';
import { carryFile, optionsOf, populationFile, resultOf } from '../../api/samplingFiles.js';
import { itemsOfRound } from '../../db/queries/samplings.js';
import { unitOf } from '../import/lists.js';
import { openTasks } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { Review } from '../tiers/campaign.js';
import { Campaign, type City, inspector, type Issued, other } from './campaign.js';
import { drawn } from './sampling.js';

/** The year 2026 of a region whose cities issue a handful each. */
let rig: Rig;
let campaign: Campaign;
let unit = 0;

const inCity = (city: City, kind: Issued['kind'], ...days: readonly string[]): Issued[] =>
  days.map((on) => ({ unit: unitOf(rig, (unit += 1)), city, kind, on }));

/** Expects the share of every city and kind to hold on what was issued up to a day. */
const holds = async (asOf: string): Promise<void> => {
  for (const { stratum, drawn: many, wanted } of await campaign.standing(asOf))
    expect(many, `${stratum} as of ${asOf}`).toBeGreaterThanOrEqual(wanted);
};

/** What `yizheng sample` draws from the files of a round. */
const again = async (round: number) => {
  const found = await campaign.round(round);
  const files = { 'carry.csv': carryFile(found) };
  const options = [...optionsOf(found), '--carry', 'FOLDER/carry.csv'];
  return await drawn(populationFile(await campaign.population(round)), options, files);
};

/** What the round published. */
const published = async (round: number) =>
  resultOf(
    await campaign.round(round),
    await campaign.population(round),
    await itemsOfRound(rig.db, campaign.caseId, round),
  );

beforeAll(async () => {
  rig = await openRig('2026-01-05T09:00:00+08:00');
  campaign = new Campaign(rig);
});
afterAll(async () => {
  await rig.close();
});

test('Q3: a year is opened while it runs, by the region’s own organ', async () => {
  const body = { region: '990000', year: 2026 };
  const city = { ...inspector, roles: ['inspector@yunchuan'] };
  const refused = await campaign.ask(city, 'sampling.open', body, { mayRefuse: true });
  expect(refused).toMatchObject({ code: 'auth.forbidden' });
  await campaign.ask(inspector, 'sampling.open', body);
  expect(await openTasks(rig, campaign.caseId)).toEqual(['samplingRound']);
});

test('Q3: nothing is frozen before the counts are the platform’s; a difference is a task', async () => {
  await rig.world.advanceTo(at('2026-03-31 09:00'));
  await campaign.import([
    ...inCity('990100', 'first', '2026-01-08', '2026-02-10', '2026-03-02', '2026-03-31'),
    ...inCity('990100', 'reapplication', '2026-03-11'),
    ...inCity('990171', 'first', '2026-03-12'),
    ...inCity('990200', 'first', '2026-02-11', '2026-02-12'),
    ...inCity('990300', 'reapplication', '2026-01-09', '2026-01-12', '2026-03-03'),
    // Of the year before: nobody's sample.
    ...inCity('990400', 'first', '2025-12-31'),
  ]);
  campaign.issued.pop();
  await campaign.begin();
  expect(await campaign.story()).toContain('sampling.seedCommitted');
  const short = campaign.counts('2026-03-31').filter(({ organ }) => organ !== 'zone');
  await campaign.reconcile('2026-03-31', short);
  const [differs] = await campaign.entries('sampling.countsDiffer');
  expect(differs?.zh).toContain('zone');
  expect(await openTasks(rig, campaign.caseId)).toEqual(['samplingCounts']);
  expect((await campaign.round(1)).populationHash).toBeNull();
});

test('Q4: the seed is committed to before the freeze, and is told with the result', async () => {
  await campaign.reconcile('2026-03-31');
  const before = await campaign.round(1);
  expect(before).toMatchObject({ seed: null, asOf: '2026-03-31' });
  const order = (await campaign.story()).filter((event) => event.startsWith('sampling.'));
  expect(order).toEqual([
    ...['sampling.opened', 'sampling.seedCommitted', 'sampling.countsDiffer', 'sampling.frozen'],
    'sampling.drawn',
  ]);
  await campaign.publish();
  const after = await campaign.round(1);
  expect(after.sealedSeed.toString('latin1')).not.toContain(after.seed ?? '?');
  const story = JSON.stringify(await rig.events(campaign.caseId));
  expect(story).toContain(after.seedHash);
  expect(story).not.toContain(after.seed ?? '?');
  await holds('2026-03-31');
});

test('Q4: anybody draws the same from the published files', async () => {
  expect(await again(1)).toEqual(await published(1));
});

test('Q3: every drawn issuance is under review at the region’s organ, a share of them by two who do not know each other', async () => {
  const drawnItems = await itemsOfRound(rig.db, campaign.caseId, 1);
  const reviews = await campaign.reviews();
  const twice = drawnItems.filter((item) => item.twice);
  expect(twice).toHaveLength(Math.ceil(drawnItems.length / 10));
  expect(reviews).toHaveLength(drawnItems.length + twice.length);
  expect(new Set(reviews.map(({ state, organ }) => `${state} ${organ}`))).toEqual(new Set(['open province']));
  const [first = '', second = ''] = twice[0]?.reviews ?? [];
  const reviewOf = (caseId: string) => new Review(rig, caseId);
  expect(await openTasks(rig, second)).toEqual(['qualityReview']);
  await reviewOf(first).review(inspector, '2026-03-31');
  const same = await reviewOf(second).review(inspector, '2026-03-31', {}, { mayRefuse: true });
  expect(same).toMatchObject({ status: 'refused', code: 'rule.refused' });
  await reviewOf(second).review(other, '2026-03-31');
});

test('Q3: a cancelled one stays in the population and is replaced by its class and industry, with the reason', async () => {
  const items = await itemsOfRound(rig.db, campaign.caseId, 1);
  const population = await campaign.population(1);
  const placeOf = (permitNo: string) => population.find((each) => each.permitNo === permitNo);
  const gone = items.find(({ permitNo }) => placeOf(permitNo)?.city === '990100');
  if (gone === undefined) throw new Error('nothing was drawn in the city');
  const { permitNo, kind, issuedOn } = gone;
  const body = { permitNo, kind, issuedOn, reason: '已注销' };
  const valid = await campaign.ask(inspector, 'sampling.replace', body, { mayRefuse: true });
  expect(valid).toMatchObject({ status: 'refused', code: 'rule.refused' });
  await campaign.cancel(permitNo, '2026-03-31');
  const replaced = await campaign.ask(inspector, 'sampling.replace', body);
  await rig.world.settle();
  const after = await itemsOfRound(rig.db, campaign.caseId, 1);
  const taking = after.find(({ replaces }) => replaces === permitNo);
  expect(replaced).toMatchObject({ answer: { result: { replacement: taking?.permitNo } } });
  expect(placeOf(taking?.permitNo ?? '')).toMatchObject({
    industry: placeOf(permitNo)?.industry,
    city: '990100',
  });
  expect(after.find((item) => item.permitNo === permitNo)).toMatchObject({
    state: 'replaced',
    reason: '已注销',
  });
  expect(await openTasks(rig, taking?.reviews[0] ?? '')).toEqual(['qualityReview']);
  expect(await campaign.population(1)).toEqual(population);
  await holds('2026-03-31');
});

test('Q3: each quarter makes up what the year lacks; a share holds at every quarter’s end in every city', async () => {
  await rig.world.advanceTo(at('2026-06-30 09:00'));
  await campaign.import([
    ...inCity('990100', 'first', '2026-04-08', '2026-05-12'),
    ...inCity('990200', 'first', '2026-04-09', '2026-05-11', '2026-06-30'),
    ...inCity('990300', 'reapplication', '2026-06-01', '2026-06-02', '2026-06-03'),
    ...inCity('990400', 'first', '2026-05-07'),
    ...inCity('990400', 'reapplication', '2026-06-10'),
    // Issued in the first quarter, and listed only now.
    ...inCity('990171', 'first', '2026-03-30', '2026-03-30'),
  ]);
  await campaign.draw('2026-06-30');
  await holds('2026-06-30');
  expect(await again(2)).toEqual(await published(2));
  // What the first round froze is in no other population.
  const permits = [...(await campaign.population(1)), ...(await campaign.population(2))].map(
    ({ permitNo }) => permitNo,
  );
  expect(new Set(permits).size).toBe(permits.length);
});

test('Q3: a public value of a later time goes into the key; one from before the freeze is refused', async () => {
  await rig.world.advanceTo(at('2026-09-30 09:00'));
  await campaign.import([
    ...inCity('990100', 'first', '2026-07-08', '2026-08-12', '2026-09-01', '2026-09-02'),
    ...inCity(
      '990400',
      'reapplication',
      '2026-08-03',
      '2026-08-04',
      '2026-08-05',
      '2026-08-06',
      '2026-08-07',
    ),
  ]);
  await campaign.begin('9月30日双色球开奖号码');
  await campaign.reconcile('2026-09-30');
  const value = { outcome: 'entered', value: '03 09 14 22 27 31+05' };
  const early = { ...value, at: '2026-09-30T08:00:00+08:00' };
  expect(await campaign.complete(inspector, 'samplingBeacon', early, { mayRefuse: true })).toMatchObject({
    ...{ status: 'refused', code: 'rule.refused' },
  });
  await rig.world.advanceTo(at('2026-09-30 21:30'));
  await campaign.complete(inspector, 'samplingBeacon', { ...value, at: '2026-09-30T21:15:00+08:00' });
  await campaign.publish();
  expect((await campaign.round(3)).beacon).toBe(value.value);
  expect(await again(3)).toEqual(await published(3));
  await holds('2026-09-30');
});

test('Q3: on 1 December the forecast tells what is missing to the shares of the 31st', async () => {
  await campaign.import(inCity('990300', 'first', '2026-10-09', '2026-10-12'));
  await rig.world.advanceTo(at('2026-12-02 09:00'));
  const [forecast] = await campaign.entries('sampling.forecast');
  expect(forecast?.params['missing']).toEqual(['990300 first 1']);
  await rig.world.advanceTo(at('2026-12-31 09:00'));
  await campaign.import([
    ...inCity('990171', 'first', '2026-12-30', '2026-12-31'),
    ...inCity('990200', 'reapplication', '2026-12-31'),
  ]);
  await campaign.draw('2026-12-31');
  await holds('2026-12-31');
  expect(await again(4)).toEqual(await published(4));
});

test('Q3: January proves the year, on counts that agree, and not before what came late is drawn from', async () => {
  await rig.world.advanceTo(at('2027-01-04 09:00'));
  expect(await openTasks(rig, campaign.caseId)).toEqual(['samplingProof', 'samplingRound']);
  const prove = async (counts = campaign.counts('2026-12-31')) => {
    await campaign.complete(inspector, 'samplingProof', { outcome: 'entered', source: '国家平台', counts });
    await rig.world.settle();
  };
  await prove([]);
  expect((await campaign.entries('sampling.countsDiffer')).length).toBe(2);
  await campaign.import(inCity('990400', 'first', '2026-12-29'));
  await prove();
  expect((await campaign.entries('sampling.unfrozen')).length).toBe(1);
  await campaign.draw('2026-12-31');
  await prove();
  const [proved] = await campaign.entries('sampling.proved');
  expect(proved?.params).toMatchObject({ population: campaign.issued.length });
  expect(await campaign.story()).toContain('case.closed');
  await holds('2026-12-31');
});
