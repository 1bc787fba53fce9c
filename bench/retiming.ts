import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { Command } from 'commander';
import { eq, sql } from 'drizzle-orm';
import { openCasesAfter } from '../activities/publication/openCases.js';
import { retimeCases } from '../activities/publication/retimeCases.js';
import { tellCases } from '../activities/publication/wake.js';
import type { CalendarYear } from '../rules/calendar.js';
import type { CalendarDate } from '../rules/date.js';
import { yearOf } from '../db/calendar.js';
import type { JsonObject } from '../workflows/messages/json.js';
import { dataConverterOf } from '../codec/dataConverter.js';
import { openKeyring } from '../codec/keyring.js';
import type { Database } from '../db/database.js';
import { firstBreak } from '../db/ledgerChain.js';
import { legalNow } from '../db/legalClock.js';
import { CalendarSource } from '../db/queries/calendarSource.js';
import { confirmEdition, findPublication, proposeEdition } from '../db/queries/publications.js';
import { calendarWakes, calendarYears, cases, ledger, steps } from '../db/schema/index.js';
import { emptyState, reduce } from '../workflows/messages/reduce.js';
import { type EditionRef, RETIMED_SIGNAL } from '../workflows/messages/publication.js';
import type { CaseInput, CaseState } from '../workflows/messages/state.js';
import { productOf } from './product.js';
import { median } from './measure.js';
import type { Result } from './results.js';
import { bareTaskQueue, type Servers, startServers } from './servers.js';

const progress = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * `node dist/bench/retiming.js`: publishes an edition over many open clocks. First the share of workflows that are told in a
 * second, against bare workflows that take the same signal and arm their timer anew; then a whole publication whose worker
 * is killed in the middle, and the proof that no case was lost or counted twice. Exit code 1 where either fails.
 */
async function main(): Promise<void> {
  const { told, open, rounds } = new Command('retiming')
    .option('--told <n>', 'workflows that are told, in each round', '800')
    .option('--open <n>', 'open cases of the publication that is cut short, of seven clocks each', '1500')
    .option('--rounds <n>', 'rounds, of which the median counts', '3')
    .parse()
    .opts<Record<'told' | 'open' | 'rounds', string>>();
  const servers = await startServers(progress);
  try {
    const client = await clientOf(servers);
    // Everything is due some days later at first; each edition after that takes one of the days off back.
    await enforce(servers.db, await editionWithOff(servers.db, Number(rounds) + 2));
    const model = await acceptedCase(servers);
    const rates = await measureTelling(servers, client, model, Number(told), Number(rounds));
    const whole = await publishCutShort(servers, client, model, Number(open));
    process.stdout.write(`${JSON.stringify({ results: [rates], publication: whole }, null, 1)}\n`);
    if (rates.ratio < (rates.floor ?? 0) || !whole.sound) process.exitCode = 1;
  } finally {
    await servers.stop();
  }
}

async function clientOf({ connection, stack, folder }: Servers): Promise<Client> {
  const dataConverter = dataConverterOf(await openKeyring(join(folder, 'codec-keys.json')));
  return new Client({ connection, namespace: stack.namespace, dataConverter });
}

interface Model {
  readonly caseId: string;
  readonly state: CaseState;
}

/** One application, received and accepted over the real path: what all others are copies of. */
async function acceptedCase(servers: Servers): Promise<Model> {
  const subject = await productOf(servers);
  const [opened] = await subject.prepare(1);
  await opened?.open();
  for (const step of opened?.steps.slice(0, 2) ?? []) await step();
  const { db } = servers;
  const [row] = await db.select().from(cases);
  if (row === undefined) throw new Error('no case was opened');
  const known = await db.select().from(steps).where(eq(steps.caseId, row.id)).orderBy(steps.revision);
  const input: CaseInput = { caseId: row.id, kind: 'application', clockOffset: 0 };
  return { caseId: row.id, state: known.map(({ step }) => step).reduce(reduce, emptyState(input)) };
}

/** Copies of the model, each with its rows, an empty chain and a workflow that waits for the model's next moment. */
async function copies(
  { db }: Servers,
  client: Client,
  { caseId, state }: Model,
  name: string,
  count: number,
): Promise<readonly string[]> {
  const id = sql`'application/' || ${name}::text || '-' || lpad(n::text, 6, '0')`;
  await db.execute(sql`
    insert into cases (id, kind, procedure, revision, stage, outcome, pack_id, area, organs, unit_id, permit_no, facts,
                       opened_at, closed_at, next, next_at, ledger_count, ledger_head)
    select ${id}, kind, procedure, revision, stage, outcome, pack_id, area, organs, unit_id, permit_no, facts,
           opened_at, closed_at, next, next_at, 0,
           encode(sha256(convert_to(E'yizheng ledger\n' || ${id}, 'UTF8')), 'hex')
    from cases, generate_series(1, ${count}) n where cases.id = ${caseId}`);
  await db.execute(sql`
    insert into clocks (case_id, id, "limit", events, state, due, promised_due, lapse_at, yellow_at, red_at, next_at, next,
                        promised, estimated)
    select ${id}, id, "limit", events, state, due, promised_due, lapse_at, yellow_at, red_at, next_at, next, promised,
           estimated
    from clocks, generate_series(1, ${count}) n where case_id = ${caseId}`);
  const ids = Array.from(
    { length: count },
    (_, index) => `application/${name}-${String(index + 1).padStart(6, '0')}`,
  );
  await atOnce(ids, async (copy) => {
    const copied = JSON.parse(JSON.stringify(state).replaceAll(caseId, copy)) as CaseState;
    const input: CaseInput = { caseId: copy, kind: 'application', clockOffset: 0, state: copied };
    await client.workflow.start('application', { workflowId: copy, taskQueue: 'yizheng', args: [input] });
  });
  await settled(client, ids, 5);
  return ids;
}

async function atOnce<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const left = [...items];
  const hand = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: 25 }, hand));
}

/** Waits until each of these workflows has so many events. */
async function settled(client: Client, ids: readonly string[], events: number): Promise<void> {
  for (let waiting = [...ids]; waiting.length > 0;) {
    const lengths = await Promise.all(
      waiting.slice(0, 25).map(async (id) => {
        const { historyLength } = await client.workflow.getHandle(id).describe();
        return { id, isThere: historyLength >= events };
      }),
    );
    const there = new Set(lengths.filter(({ isThere }) => isThere).map(({ id }) => id));
    waiting = waiting.filter((id) => !there.has(id));
    if (there.size === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The last to be told, and some of all the others: who waits for them waits for all, and asks the server little. */
const watched = (ids: readonly string[]): readonly string[] =>
  ids.filter((_, index) => index % Math.ceil(ids.length / 20) === 0 || index >= ids.length - 20);

/** Both sides in turn, in the same state of the cache: every workflow is in its worker's. */
async function measureTelling(
  servers: Servers,
  client: Client,
  model: Model,
  count: number,
  rounds: number,
): Promise<Result> {
  const { db, connection, stack } = servers;
  const plain = new Client({ connection, namespace: stack.namespace });
  const bareIds = Array.from({ length: count }, (_, index) => `bare/retimed-${index}`);
  await atOnce(bareIds, (id) =>
    plain.workflow.start('bareRetimed', { workflowId: id, taskQueue: bareTaskQueue, args: [] }),
  );
  await settled(plain, bareIds, 5);
  const ids = await copies(servers, client, model, 'told', count);
  progress(`${count} workflows wait on either side`);
  const [bare, product]: [number[], number[]] = [[], []];
  // A round that does not count: code is compiled, pools are filled. Each round moves every moment a day earlier.
  for (let round = 0; round <= rounds; round += 1) {
    const ref = await recountedWithout(db, rounds + 1 - round);
    const { rows } = await db.execute<{ count: string }>(sql`select count(*) from ${calendarWakes}`);
    if (Number(rows[0]?.count) < count) throw new Error(`only ${rows[0]?.count} cases are to be told`);
    // Started, scheduled, begun, done, timer: 5 events; then signal, task of three, marker, timers: 7 more a round, bare 6.
    const bareRate = await rateOf(count, async () => {
      await atOnce(bareIds, (id) => plain.workflow.getHandle(id).signal(RETIMED_SIGNAL, 'calendar/2027/2'));
      await settled(plain, watched(bareIds), 5 + 6 * (round + 1));
    });
    const productRate = await rateOf(count, async () => {
      await tellCases(db, client, ref);
      await settled(client, watched(ids), 5 + 7 * (round + 1));
    });
    await settled(plain, bareIds, 5 + 6 * (round + 1));
    await settled(client, ids, 5 + 7 * (round + 1));
    progress(`round ${round}  bare ${bareRate.toFixed(1)}/s  product ${productRate.toFixed(1)}/s`);
    if (round === 0) continue;
    bare.push(bareRate);
    product.push(productRate);
  }
  const [value, beside] = [median(product), median(bare)];
  const rounded = (figure: number): number => Number(figure.toPrecision(3));
  return {
    ...{ name: 'retiming.told', value: rounded(value), unit: 'workflows/s', bare: rounded(beside) },
    ...{ ratio: rounded(value / beside), floor: 0.6 },
  };
}

async function rateOf(count: number, work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (count * 1000) / (performance.now() - began);
}

/** The next edition of this year, in which so many of the coming weekdays are off: the fewer, the earlier all is due. */
async function editionWithOff(db: Database, count: number): Promise<CalendarYear> {
  const { rows } = await db.execute<{ day: CalendarDate }>(sql`
    select to_char(d, 'YYYY-MM-DD') as day from generate_series(
      (legal_now() at time zone 'Asia/Shanghai')::date + 1, (legal_now() at time zone 'Asia/Shanghai')::date + 14, '1 day') d
    where extract(isodow from d) < 6 order by d limit ${count}`);
  const { rows: today } = await db.execute<{ year: number }>(
    sql`select extract(year from legal_now() at time zone 'Asia/Shanghai')::int as year`,
  );
  const editions = await db
    .select()
    .from(calendarYears)
    .where(eq(calendarYears.year, today[0]?.year ?? 0))
    .orderBy(calendarYears.edition);
  const [first, newest] = [editions[0], editions.at(-1)];
  if (first === undefined || newest === undefined) throw new Error('no calendar of this year');
  const off = rows.map(({ day }) => ({ date: day, zh: '临时放假', en: 'a day off' }));
  const { holidays, ...year } = yearOf(first);
  return { ...year, edition: newest.edition + 1, document: 'measure', holidays: [...holidays, ...off] };
}

/** Puts an edition into force. */
async function enforce(db: Database, { holidays, workdays, ...year }: CalendarYear): Promise<void> {
  const days = JSON.parse(JSON.stringify({ holidays, workdays })) as JsonObject;
  await db.insert(calendarYears).values({ ...year, days });
}

/** Counts every open case anew without telling anybody: the list of whom to tell is left for the measure. */
async function recountedWithout(db: Database, daysOff: number): Promise<EditionRef> {
  const announced = await editionWithOff(db, daysOff);
  await enforce(db, announced);
  const ref = { year: announced.year, edition: announced.edition };
  const calendar = await new CalendarSource().current(db);
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    cursor = await db.transaction(async (tx) => {
      const page = await openCasesAfter(tx, cursor ?? '', { locked: true });
      if (page.length === 0) return undefined;
      const { woken } = await retimeCases(tx, page, { ref, calendar, now: await legalNow(tx) });
      if (woken.length > 0)
        await tx.insert(calendarWakes).values(woken.map((caseId) => ({ ...ref, caseId })));
      return page.at(-1)?.row.id;
    });
  }
  return ref;
}

/** A publication as it happens, whose worker is killed once some pages are done. */
async function publishCutShort(servers: Servers, client: Client, model: Model, count: number) {
  const { db } = servers;
  await servers.worker.stop();
  const worker = servers.spawnWorker();
  const ids = await copies(servers, client, await modelNow(servers, model), 'open', count);
  const { rows: clocks } = await db.execute<{ count: string }>(
    sql`select count(*) from clocks where state <> 'stopped'`,
  );
  const announced = { ...(await editionWithOff(db, 0)), document: 'measure 2' };
  const by = { actorId: null, requestId: null };
  const began = performance.now();
  const proposed = await proposeEdition(db, announced, by);
  await reaches(db, proposed, 'tried');
  const tried = await findPublication(db, proposed);
  const triedIn = (performance.now() - began) / 1000;
  progress(`tried in ${triedIn.toFixed(1)} s: ${tried.tried} due days of ${tried.cases} cases would change`);
  const confirmation = {
    person: 'measure',
    isLegalOfficer: true,
    hash: tried.hash,
    reason: 'measure',
    ...by,
  };
  const confirmedAt = performance.now();
  await confirmEdition(db, tried, confirmation);
  for (;;) {
    const { cases: done, status } = await findPublication(db, proposed);
    if (done > 0 && status === 'publishing') break;
    if (status === 'published') throw new Error('too fast to be killed: more cases');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const killed = await findPublication(db, proposed);
  worker.kill('SIGKILL');
  progress(`killed the worker after ${killed.cases} cases`);
  const next = servers.spawnWorker();
  await reaches(db, proposed, 'published');
  const publishedIn = (performance.now() - confirmedAt) / 1000;
  const published = await findPublication(db, proposed);
  progress(
    `published in ${publishedIn.toFixed(1)} s with the kill: ${published.changed} due days, ${published.woken} told`,
  );
  // Each was started (5 events) and told once or, cut short, twice: it knows the step when it has a marker and a new timer.
  await settled(client, ids, 12);
  const sound = await isSound(db, ids, proposed);
  next.kill('SIGTERM');
  return {
    ...{ clocks: Number(clocks[0]?.count), cases: published.cases, triedIn, publishedIn },
    ...{ killedAfter: killed.cases, changed: published.changed, told: published.woken, sound },
  };
}

/** The model as it stands after the editions of the measure. */
async function modelNow({ db }: Servers, { caseId, state }: Model): Promise<Model> {
  const known = await db.select().from(steps).where(eq(steps.caseId, caseId)).orderBy(steps.revision);
  return { caseId, state: known.map(({ step }) => step).reduce(reduce, state) };
}

async function reaches(db: Database, ref: EditionRef, status: string): Promise<void> {
  const end = Date.now() + 600_000;
  while ((await findPublication(db, ref)).status !== status) {
    if (Date.now() > end) throw new Error(`${ref.year}/${ref.edition} is not ${status}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Every case has one step of the edition, its chain is whole, and nobody is left on the list. */
async function isSound(db: Database, ids: readonly string[], ref: EditionRef): Promise<boolean> {
  const cause = `signal:calendar/${ref.year}/${ref.edition}`;
  const counted = await db.select({ caseId: steps.caseId }).from(steps).where(eq(steps.cause, cause));
  const once = new Set(counted.map(({ caseId }) => caseId));
  const { rows: left } = await db.execute<{ count: string }>(sql`select count(*) from ${calendarWakes}`);
  let sound = counted.length === once.size && ids.every((id) => once.has(id)) && Number(left[0]?.count) === 0;
  for (const row of await db.select().from(cases)) {
    const entries = await db.select().from(ledger).where(eq(ledger.caseId, row.id)).orderBy(ledger.sequence);
    const broken = firstBreak(row.id, entries, { count: row.ledgerCount, hash: row.ledgerHead });
    if (broken !== null) {
      progress(`the chain of ${row.id} breaks at ${broken}`);
      sound = false;
    }
  }
  progress(`${once.size} cases counted once, every chain ${sound ? 'whole' : 'looked at'}`);
  return sound;
}

await main();
