import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesOf, Office } from '../../rehearsal/office.js';
import { officer, staffOf } from '../../rehearsal/people.js';
import { until } from '../../rehearsal/world.js';
import { runDue } from '../../relay/daily.js';
import { selfCheckJob } from '../../relay/selfChecks.js';
import { issueCaseId } from '../../workflows/messages/issueId.js';
import { type Api, type Caller, openApi } from '../api/client.js';
import { goodPermit } from '../checks/documents.js';
import { creditCode, importList, permitNo, row, unitOf } from '../import/lists.js';
import { HeldPermit, openTasks } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { Campaign, head, inspector, other } from '../sampling/campaign.js';
import { faultyPermit, Review, storedJson } from '../tiers/campaign.js';
import { problem as answered, SelfCheck } from '../tiers/selfCheckCase.js';
import { Asking, moreOutlets, stored } from '../versions/asking.js';
import { Applying, incomplete } from './year/applying.js';
import { Handling } from './year/handling.js';
import { type Issuance, type Problem, YearRecord } from './year/record.js';
import { cities, type City, listed } from './year/region.js';
import { CitySweep, type Drawn, noteDrawn, reviewDrawn } from './year/reviewing.js';

/** The year 2027 of a region of five cities; its notice of holidays is not out, so working days are plain weekdays. */
const patience = 900_000;
let rig: Rig;
let api: Api;
let province: Caller;
let campaign: Campaign;
const record = new YearRecord();
const handlings = new Map<string, Handling>();
let absent: Drawn;
let units = 0;

beforeAll(async () => {
  rig = await openRig('2027-01-04T09:00:00+08:00');
  api = await openApi(rig);
  province = await api.account('province', { role: 'inspector', organ: 'province' });
  campaign = new Campaign(rig, 2027);
}, patience);
afterAll(async () => {
  await api.close();
  await rig.close();
}, patience);

const to = async (instant: string): Promise<void> => {
  await calm();
  await rig.world.advanceTo(at(instant));
};

/** Until every request is answered: many are on their way at once, and the machine may be slow. */
const calm = () =>
  until(
    async () => {
      const { rows } = await rig.db.execute<{ open: number }>(
        sql`select count(*)::int as open from requests where status = 'open'`,
      );
      return rows[0]?.open === 0 ? null : `${rows[0]?.open ?? 0} open`;
    },
    'every request answered',
    patience,
  );

/** With one city after the other at once: their people do not know of each other. */
const inEveryCity = <Result>(work: (city: City) => Promise<Result>): Promise<Result[]> =>
  Promise.all(cities.map(work));

/** Everybody does what he does to these problems, several at once. */
async function handle(problems: readonly Problem[], work: (handling: Handling) => Promise<void>) {
  await calm();
  await Promise.all(
    problems.map(async (problem) => {
      const handling = handlings.get(problem.caseId) ?? new Handling(rig, problem);
      handlings.set(problem.caseId, handling);
      await work(handling);
    }),
  );
}

/** The platform's list brings a quarter's issuances, spread over its months. */
async function bringIn(quarter: number, extra: readonly Omit<Issuance, 'permitNo' | 'unitId'>[] = []) {
  const day = (index: number): string =>
    `2027-${String(3 * quarter - 2 + (index % 3)).padStart(2, '0')}-${String(5 + index).padStart(2, '0')}`;
  const wanted = cities.flatMap((city) => {
    const [first, reapplication] = listed[city][quarter - 1] ?? [0, 0];
    return [
      ...Array<'first'>(first).fill('first'),
      ...Array<'reapplication'>(reapplication).fill('reapplication'),
    ].map((kind, index) => ({ city, kind, on: day(index), round: quarter }));
  });
  const issued = [...wanted, ...extra].map((each) => ({ ...each, unit: unitOf(rig, (units += 1)) }));
  await campaign.import(issued);
  for (const { unit, ...each } of issued)
    record.issued.push({ ...each, permitNo: permitNo(unit), unitId: creditCode(unit) });
}

/** A round to its publication, on the test's own counts; answers with what it drew. */
async function draw(asOf: string, round: number): Promise<readonly Drawn[]> {
  await campaign.begin();
  await campaign.reconcile(asOf, record.counts(asOf));
  await campaign.publish();
  await calm();
  return await noteDrawn(rig, record, campaign.caseId, round);
}

/** The shares hold in every city, by the test's count; and what the API says of them is that count. */
async function sharesHold(asOf: string): Promise<void> {
  const { body } = await province.get('/samplings/990000-2027/shares');
  const told = body['cities'] as readonly { city: string; kind: string }[];
  for (const city of cities) {
    for (const kind of ['first', 'reapplication'] as const) {
      const [population, drawn] = [record.numberOf(city, kind, asOf), record.drawnOf(city, kind)];
      const wanted = record.wanted(city, kind, asOf);
      expect(drawn, `${city} ${kind} as of ${asOf}`).toBeGreaterThanOrEqual(wanted);
      expect(told.find((each) => each.city === city && each.kind === kind)).toEqual({
        ...{ city, kind, population, drawn, wanted },
      });
    }
  }
}

/** Drafted now: each of its numbers is the test's own count. Signed and issued once the cities have been heard. */
async function draftBulletin(from: string, until: string, rounds: readonly number[]) {
  await calm();
  const drafted = await province.post('/bulletins', { region: '990000', from, to: until });
  expect(drafted.status, JSON.stringify(drafted.body)).toBe(201);
  const caseId = String(drafted.body['caseId']);
  const { body } = await province.get(`/${caseId.replace('bulletin/', 'bulletins/')}`);
  const expected = cities.map((city) => record.standing(city, rounds, from, until));
  expect(body['cities']).toMatchObject(expected);
  const sum = (name: Exclude<keyof (typeof expected)[number], 'city'>): number =>
    expected.reduce((total, each) => total + each[name], 0);
  expect(body['region']).toMatchObject({
    ...{ population: sum('population'), sampled: sum('sampled'), reviewed: sum('reviewed') },
    ...{ faulty: sum('faulty'), problems: sum('problems'), byUnit: sum('byUnit') },
    ...{ byAuthority: sum('byAuthority'), closedInTime: sum('closedInTime') },
    ...{ closedLate: sum('closedLate'), overdue: sum('overdue'), open: sum('open') },
  });
  const bulletin = new Office(rig, caseId, staffOf('province'));
  const text = { outcome: 'circulate', text: '现将抽查情况通报如下。', typical: [] };
  await bulletin.complete(inspector, 'bulletinDraft', text);
  const beilan = officer('head.beilan', 'sectionHead@beilan');
  await bulletin.complete(beilan, 'bulletinComment.beilan', { outcome: 'comment', text: '无异议' });
  return async (over: string): Promise<void> => {
    await to(over);
    // Five of the six that were asked have said nothing in five working days.
    const [silence] = await bulletin.entries('bulletin.commentsOver');
    expect(silence?.params['silent']).toHaveLength(5);
    await bulletin.complete(inspector, 'bulletinSubmission', { outcome: 'submit', answer: '采纳' });
    await bulletin.sign('sectionHead', 'deputyHead');
    await bulletin.seal('bulletin');
    expect((await bulletin.story()).at(-1)).toBe('case.closed');
  };
}

const general = { severity: 'general', responsible: 'unit' } as const;
const ofAuthority = { severity: 'serious', responsible: 'authority' } as const;

test(
  'a first quarter: applications through the procedure, with a silent desk, a missing paper and an absent reviewer',
  async () => {
    await campaign.ask(inspector, 'sampling.open', { region: '990000', year: 2027 });
    // Six of a year before: a sweep takes a third of them.
    await importList(
      rig,
      Array.from({ length: 6 }, (_, index) => row(unitOf(rig, 90 + index))),
    );
    await to('2027-02-08 09:00');
    const faulty = await storedJson(rig, faultyPermit);
    const received = await inEveryCity((city) =>
      Applying.receive(rig, city, `a${city}`, {
        ...(city === '990100' ? { contentId: faulty } : {}),
        ...(city === '990500' ? incomplete : {}),
      }),
    );
    await Promise.all(
      received.map(async (each) => {
        if (each.city === '990400') return;
        if (each.city === '990500') await each.supplement('2027-02-08');
        await each.application.accept();
      }),
    );
    // Monday's receipt: the three working days of the silent desk end on Thursday.
    await to('2027-02-12 09:00');
    for (const { application, city } of received)
      expect((await application.story()).includes('application.deemedAccepted'), city).toBe(
        city === '990400',
      );
    const issued = await Promise.all(
      received.map(async (each) => {
        const opined = each.city === '990300';
        if (opined) await each.opineInPlaceOfAnAbsentOne();
        return await each.grant('2027-02-12', 1, { opined });
      }),
    );
    record.issued.push(...issued);

    await to('2027-03-31 09:00');
    await bringIn(1);
    const drawn = await draw('2027-03-31', 1);
    await sharesHold('2027-03-31');
    for (const [at, each] of drawn.entries()) {
      const found = at % 2 === 1 ? null : at === 4 ? ofAuthority : general;
      await reviewDrawn(rig, record, each, '2027-03-31', found);
    }
  },
  patience,
);

/** The first quarter's problems, in the order in which they were found. */
const ofFirstQuarter = (): readonly Problem[] =>
  record.problems.filter(({ foundOn }) => foundOn === '2027-03-31');

test(
  'what was found is mended in time, in vain, late, or was no fault',
  async () => {
    const [plain, inVain, authoritys, noFault, ...late] = ofFirstQuarter();
    if (!plain || !inVain || !authoritys || !noFault || late.length === 0)
      throw new Error('too few problems');
    await to('2027-04-01 09:00');
    await handle([plain, inVain, authoritys, ...late], (each) => each.begin('2027-04-01'));
    await handle([noFault], (each) => each.withdraw('2027-04-01'));
    await to('2027-04-15 09:00');
    await handle([inVain], (each) => each.mendInVain('2027-04-15'));
    await handle([plain, inVain, authoritys], (each) => each.mend('2027-04-15'));
    await to('2027-04-30 09:00');
    const issue = await draftBulletin('2027-01-01', '2027-03-31', [1]);
    // Friday's draft: the cities have until Friday 7 May.
    await issue('2027-05-10 09:00');
    // Served on 1 April, thirty days: the last is 1 May.
    await handle(late, (each) => each.isOverdueSince('2027-05-02T00:00'));
    await handle(late, (each) => each.mend('2027-05-10'));
  },
  patience,
);

test(
  'a second quarter: counts that differ, an issuance that is listed late, a reviewer who is away',
  async () => {
    await to('2027-06-30 09:00');
    await bringIn(2, [{ city: '990500', kind: 'first', on: '2027-03-30', round: 2 }]);
    await campaign.begin();
    const short = record.counts('2027-06-30').slice(1);
    await campaign.reconcile('2027-06-30', short);
    expect(await openTasks(rig, campaign.caseId)).toEqual(['samplingCounts']);
    await campaign.reconcile('2027-06-30', record.counts('2027-06-30'));
    await campaign.publish();
    await calm();
    const [away, ...drawn] = await noteDrawn(rig, record, campaign.caseId, 2);
    if (away === undefined || drawn.length < 2) throw new Error('too little was drawn');
    absent = away;
    await sharesHold('2027-06-30');
    const review = new Review(rig, absent.reviews[0]);
    const taskId = await rig.task(review.caseId, 'qualityReview');
    await review.ask(other, 'task.claim', { taskId });
    for (const [at, each] of drawn.entries())
      await reviewDrawn(rig, record, each, '2027-06-30', at % 2 === 0 ? general : null);
    await to('2027-07-01 09:00');
    await handle(
      record.problems.filter(({ foundOn }) => foundOn === '2027-06-30'),
      (each) => each.begin('2027-07-01'),
    );
  },
  patience,
);

test(
  'each city sweeps what was issued in the year and its part of the rest; what comes back reopens its issue',
  async () => {
    const [known] = ofFirstQuarter();
    if (known === undefined) throw new Error('nothing was found');
    const old = Array.from({ length: 6 }, (_, index) => permitNo(unitOf(rig, 90 + index)));
    const part = (each: string): number =>
      Number.parseInt(createHash('md5').update(each).digest('hex').slice(0, 7), 16) % 3;
    const sweeps = cities.map((city) => new CitySweep(rig, record, city));
    await Promise.all(sweeps.map((each) => each.start()));
    await calm();
    for (const { sweep, city } of sweeps) {
      const rest = city === '990100' ? old.filter((each) => part(each) === 2027 % 3) : [];
      const year = record.permitsOf(city).map((each) => each.permitNo);
      expect((await sweep.items()).map((each) => each.permitNo).sort()).toEqual([...year, ...rest].sort());
    }
    await Promise.all(sweeps.map((each) => each.review('2027-07-01', [known])));
    await calm();
    for (const { sweep } of sweeps) expect((await sweep.story()).at(-1)).toBe('case.closed');

    const swept = record.problems.filter(({ tier, state }) => tier === 'sweep' && state === 'open');
    // The rules have raised the wrong term of the permit that was granted with it.
    expect(swept.filter(({ responsible }) => responsible === 'authority')).toHaveLength(1);
    known.state = 'open';
    await to('2027-07-05 09:00');
    await handle(swept, (each) => each.begin('2027-07-05'));
    await handle([known], (each) => each.assign('2027-07-05'));
    await to('2027-07-20 09:00');
    const late = swept.filter(({ city }) => city === '990500');
    await handle([known, ...swept.filter((each) => !late.includes(each))], (each) => each.mend('2027-07-20'));
  },
  patience,
);

test(
  'a review that is left lying climbs the ladder and is given to another; so do problems that nobody mends',
  async () => {
    await to('2027-07-30 09:00');
    const issue = await draftBulletin('2027-04-01', '2027-06-30', [2]);
    await to('2027-08-02 10:00');
    const review = new Review(rig, absent.reviews[0]);
    // Twenty working days from 30 June: the last is 28 July.
    expect(await review.story()).toContain('clock.escalate');
    const taskId = await rig.task(review.caseId, 'qualityReview');
    await review.ask(head, 'task.reassign', { taskId, assignee: inspector.id, reason: '长期外出' });
    const tooLate = await review.review(other, '2027-08-02', {}, { mayRefuse: true });
    expect(tooLate).toMatchObject({ status: 'refused', code: 'task.claimed' });
    const found = await reviewDrawn(rig, record, absent, '2027-08-02', general);
    await issue('2027-08-09 09:00');
    const open = record.problems.filter(({ state, foundOn }) => state === 'open' && foundOn < '2027-07-02');
    expect(open.length).toBeGreaterThan(1);
    // Served on 1 July, the last day is 31 July; served on 5 July, it is 4 August.
    await handle(open, (each) =>
      each.isOverdueSince(each.problem.tier === 'sweep' ? '2027-08-05T00:00' : '2027-08-01T00:00'),
    );
    await handle(open, (each) => each.mend('2027-08-09'));
    if (found === null) throw new Error('nothing was found');
    await handle([found], (each) => each.begin('2027-08-09'));
    await handle([found], (each) => each.mend('2027-08-09'));
  },
  patience,
);

test(
  'a third quarter: one applicant withdraws, and one problem is left by everybody',
  async () => {
    await to('2027-08-16 09:00');
    const received = await inEveryCity((city) => Applying.receive(rig, city, `b${city}`));
    await Promise.all(received.map(({ application }) => application.accept()));
    await to('2027-08-20 09:00');
    const granted = received.filter(({ city }) => city !== '990400');
    record.issued.push(...(await Promise.all(granted.map((each) => each.grant('2027-08-20', 3)))));
    for (const { application, unitId, city } of received)
      if (city === '990400') await application.withdraw(unitId);
    await to('2027-09-30 09:00');
    await bringIn(3);
    const drawn = await draw('2027-09-30', 3);
    await sharesHold('2027-09-30');
    for (const [at, each] of drawn.entries())
      await reviewDrawn(rig, record, each, '2027-09-30', at % 2 === 0 ? general : null);
    const found = record.problems.filter(({ foundOn }) => foundOn === '2027-09-30');
    await to('2027-10-08 09:00');
    await handle(found, (each) => each.begin('2027-10-08'));
    await to('2027-10-22 09:00');
    await handle(found.slice(1), (each) => each.mend('2027-10-22'));
    const issue = await draftBulletin('2027-07-01', '2027-09-30', [3]);
    await issue('2027-11-01 09:00');
  },
  patience,
);

/** The self-check of a permit that was issued in the year. */
const selfCheckOf = ({ unitId, permitNo: held }: Issuance): SelfCheck =>
  new SelfCheck(new HeldPermit(rig, unitId, held), '2027');

const selfChecked = ({ permitNo: held, unitId, city }: Issuance, item: string, foundOn: string): Problem => ({
  ...{ tier: 'selfCheck', permitNo: held, unitId, city, foundOn, state: 'open', responsible: 'unit' },
  severity: item === 'report' ? 'serious' : 'general',
  caseId: issueCaseId({ tier: 'selfCheck', campaign: '2027', permitNo: held, subject: item, place: '' }),
});

test(
  'every unit checks itself: most find nothing, some mend at once, some own up to what is grave, some are silent',
  async () => {
    // The third quarter's problem that everybody leaves: served on 8 October, the last day is 7 November.
    await to('2027-11-15 04:30');
    const left = record.problems.filter(({ foundOn, state }) => foundOn === '2027-09-30' && state === 'open');
    await handle(left, (each) => each.isOverdueSince('2027-11-08T00:00'));
    await runDue(rig.db, [selfCheckJob(rig.db)], pino({ level: 'silent' }));
    await calm();
    const permits = cities.flatMap((city) => record.permitsOf(city));
    const { rows } = await rig.db.execute<{ asked: number }>(
      sql`select count(*)::int as asked from cases where kind = 'selfCheck' and stage = 'selfChecking'`,
    );
    expect(rows[0]?.asked).toBe(permits.length + 6);
    await to('2027-11-16 09:00');
    const old: Issuance[] = Array.from({ length: 6 }, (_, index) => unitOf(rig, 90 + index)).map((unit) => ({
      ...{ permitNo: permitNo(unit), unitId: creditCode(unit), city: '990100', kind: 'first' },
      ...{ on: '2024-03-05', round: 0 },
    }));
    await Promise.all([
      ...inParts(old).map(async (some) => {
        for (const each of some) await selfCheckOf(each).submit([]);
      }),
      ...cities.map(async (city) => {
        for (const [at, each] of record.permitsOf(city).entries()) {
          const check = selfCheckOf(each);
          if (at === 0) await check.submit([answered('ledger', { mendedOn: '2027-11-16' })]);
          else if (at === 1) {
            await check.submit([answered('report', { severity: 'serious', mendedOn: '2027-11-16' })]);
            record.problems.push(selfChecked(each, 'report', '2027-11-16'));
          } else if (at === 2 && isOneOf(city, '990100', '990200')) await check.submit([answered('ledger')]);
          else if (at === 3 && isOneOf(city, '990300', '990400')) continue;
          else await check.submit([]);
        }
      }),
    ]);
    await to('2027-11-30 09:00');
    const owned = record.problems.filter(({ tier }) => tier === 'selfCheck');
    await handle(owned, (each) => each.mend('2027-11-30'));
  },
  patience,
);

const isOneOf = (city: City, ...those: readonly City[]): boolean => those.includes(city);
const inParts = <Item>(items: readonly Item[]): readonly (readonly Item[])[] => [
  items.slice(0, 3),
  items.slice(3),
];

test(
  'the December forecast counts what is still under way; the year’s shares hold on its last day',
  async () => {
    const pending = await Applying.receive(rig, '990300', 'pending');
    await pending.application.accept();
    await to('2027-12-02 09:00');
    const missing = cities.flatMap((city) =>
      (['first', 'reapplication'] as const).flatMap((kind) => {
        const expected = city === '990300' && kind === 'first' ? 1 : 0;
        const left = record.wanted(city, kind, '2027-12-31', expected) - record.drawnOf(city, kind);
        return left > 0 ? [`${city} ${kind} ${left}`] : [];
      }),
    );
    const forecast = [
      ...(await campaign.entries('sampling.forecast')),
      ...(await campaign.entries('sampling.forecastMet')),
    ];
    expect(forecast.map(({ params }) => params['missing'] ?? [])).toEqual([missing]);

    // The permit that was granted with a wrong term applies anew: the same permit, and another issuance.
    const [wrong] = record.permitsOf('990100');
    if (wrong === undefined) throw new Error('nothing was granted');
    const holder = new HeldPermit(rig, wrong.unitId, wrong.permitNo);
    const content = structuredClone(goodPermit);
    moreOutlets(content);
    const asking = await Asking.filed(holder, 'reapplication', await stored(rig, content), {
      ...{ permitClass: 'key', files: filesOf(['applicationForm', 'commitment', 'preDisclosure']) },
    });
    await asking.decide();
    for (const task of await asking.openTasks()) {
      if (task === 'visitDecision') await asking.decideVisit('notNeeded');
      if (task === 'verification') await asking.verify('2027-12-02');
    }
    await asking.opine();
    await to('2027-12-10 09:00');
    await asking.grant('approval');
    await asking.enterPlatform('2027-12-10', '2032-12-09');
    await asking.dispatch('2027-12-10');
    for (const task of ['delivery', 'publicity'])
      await asking.complete(asking.staff.desk, task, { outcome: 'done', on: '2027-12-10', note: '已办' });
    record.issued.push({ ...wrong, kind: 'reapplication', on: '2027-12-10', round: 4 });

    await to('2027-12-31 09:00');
    // Found on 16 November and not mended in thirty days: the unit's own no longer.
    for (const city of ['990100', '990200'] as const) {
      const third = record.permitsOf(city)[2];
      if (third === undefined) throw new Error(`too few permits in ${city}`);
      record.problems.push(selfChecked(third, 'ledger', '2027-11-16'));
    }
    await bringIn(4);
    const drawn = await draw('2027-12-31', 4);
    await sharesHold('2027-12-31');
    for (const [at, each] of drawn.entries())
      await reviewDrawn(rig, record, each, '2027-12-31', at % 2 === 0 ? general : null);
    await pending.application.withdraw(pending.unitId);
  },
  patience,
);

test(
  'January proves the year on the platform’s counts; who was silent is late, and is heard',
  async () => {
    await to('2028-01-05 09:00');
    const silent = (['990300', '990400'] as const).flatMap((city) => record.permitsOf(city)[3] ?? []);
    expect(silent).toHaveLength(2);
    for (const each of silent) {
      const check = selfCheckOf(each);
      expect(await check.story()).toContain('selfCheck.overdue');
      await check.submit([]);
      expect(await check.row()).toMatchObject({ outcome: 'sound' });
    }
    const counts = record.counts('2027-12-31');
    const form = { outcome: 'entered', source: '国家平台', counts };
    await campaign.complete(inspector, 'samplingProof', form);
    await calm();
    const [proved] = await campaign.entries('sampling.proved');
    expect(proved?.params).toMatchObject({ population: record.issued.length, drawn: record.drawn.length });
    await sharesHold('2027-12-31');

    const ofDecember = record.problems.filter(({ foundOn }) => foundOn === '2027-12-31');
    const unmended = record.problems.filter(({ tier, state }) => tier === 'selfCheck' && state === 'open');
    expect(unmended).toHaveLength(2);
    await handle(ofDecember, (each) => each.begin('2028-01-05'));
    await to('2028-01-14 09:00');
    await handle([...ofDecember.slice(1), ...unmended.slice(1)], (each) => each.mend('2028-01-14'));
  },
  patience,
);

test(
  'at the end every issue is closed or visibly overdue, and the year’s bulletin is the test’s own count',
  async () => {
    await to('2028-02-21 09:00');
    const left = record.problems.filter(({ state }) => state === 'open');
    // Served on 5 January, the last day is 4 February; begun on 17 December, it is 16 January.
    await handle(left, (each) =>
      each.isOverdueSince(each.problem.tier === 'selfCheck' ? '2028-01-17T00:00' : '2028-02-05T00:00'),
    );
    const found = record.problems.filter(({ state }) => state !== 'open');
    expect(found).toHaveLength(record.problems.length);
    const { rows } = await rig.db.execute<{ case_id: string; ended: boolean; overdue: number }>(sql`
    select issues.case_id, (issues.closed_on is not null or cases.outcome is not null) as ended, issues.overdue
    from issues join cases on cases.id = issues.case_id`);
    expect(rows.map((each) => each.case_id).sort()).toEqual(found.map(({ caseId }) => caseId).sort());
    const lying = found.filter(({ state }) => state === 'overdue').map(({ caseId }) => caseId);
    expect(lying.length).toBeGreaterThan(2);
    const open = rows.filter(({ ended }) => !ended);
    expect(open.map((each) => each.case_id).sort()).toEqual([...lying].sort());
    // Visibly: in the list of the region's leaders, and with the heads who were told.
    const listedAs = async (query: string): Promise<readonly string[]> => {
      const { body } = await province.get(`/issues?limit=500&${query}`);
      return (body['items'] as readonly { number: string }[]).map((each) => `issue/${each.number}`).sort();
    };
    expect(await listedAs('status=open&overdue=yes')).toEqual([...lying].sort());
    expect(await listedAs('status=open&overdue=no')).toEqual([]);
    const told = await rig.db.execute<{ case_id: string }>(
      sql`select distinct case_id from notices where template = 'issue.overdue' and recipient = 'sectionHead'`,
    );
    const heads = new Set(told.rows.map((each) => each.case_id));
    expect(lying.filter((caseId) => !heads.has(caseId))).toEqual([]);

    const issue = await draftBulletin('2027-01-01', '2027-12-31', [1, 2, 3, 4]);
    await issue('2028-02-29 09:00');
    expect(record.problems.filter(({ state }) => state === 'late').length).toBeGreaterThan(2);
  },
  patience,
);
