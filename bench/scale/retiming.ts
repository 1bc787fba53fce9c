import { Client } from '@temporalio/client';
import { sql } from 'drizzle-orm';
import { openCasesAfter } from '../../activities/publication/openCases.js';
import { retimeCases } from '../../activities/publication/retimeCases.js';
import { tellCases } from '../../activities/publication/wake.js';
import type { Database } from '../../db/database.js';
import { legalNow } from '../../db/legalClock.js';
import { CalendarSource } from '../../db/queries/calendarSource.js';
import { calendarWakes } from '../../db/schema/index.js';
import { type EditionRef, RETIMED_SIGNAL } from '../../workflows/messages/publication.js';
import { atOnce, median, seconds } from '../measure.js';
import { type Result, rounded } from '../results.js';
import { bareTaskQueue, type Servers, startServers } from '../servers.js';
import { acceptedCase, clientOf, copies, type Model, settled, signallers } from './copies.js';
import { editionWithOff, enforce } from './editions.js';
import { publishCutShort } from './publishing.js';

/** How much is measured. */
export interface RetimingSize {
  /** Workflows that are told, in each round. */
  readonly told: number;
  /** Open cases, of seven clocks each, of the publication that is cut short. */
  readonly open: number;
  readonly rounds: number;
}

/**
 * An edition published over many open clocks. First the share of workflows that are told in a second, against bare workflows
 * that take the same signal and arm their timer anew; then a whole publication whose worker is killed in the middle. Throws
 * where that one lost a case, or counted one twice.
 */
export async function measureRetiming(
  { told, open, rounds }: RetimingSize,
  report: (line: string) => void,
): Promise<readonly Result[]> {
  const servers = await startServers(report);
  try {
    const client = await clientOf(servers);
    // Everything is due some days later at first; each edition after that takes one of the days off back.
    await enforce(servers.db, await editionWithOff(servers.db, rounds + 2));
    const model = await acceptedCase(servers);
    const result = await measureTelling(servers, client, model, told, rounds, report);
    await publishCutShort(servers, client, model, open, report);
    return [result];
  } finally {
    await servers.stop();
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
  report: (line: string) => void,
): Promise<Result> {
  const { db, connection, stack } = servers;
  const plain = new Client({ connection, namespace: stack.namespace });
  const bareIds = Array.from({ length: count }, (_, index) => `bare/retimed-${index}`);
  const start = (id: string) =>
    plain.workflow.start('bareRetimed', { workflowId: id, taskQueue: bareTaskQueue, args: [] });
  await atOnce(bareIds, start, signallers);
  await settled(plain, bareIds, 5);
  const ids = await copies(servers, client, model, 'told', count);
  report(`${count} workflows wait on either side`);
  const [bare, product]: [number[], number[]] = [[], []];
  // A round that does not count: code is compiled, pools are filled. Each round moves every moment a day earlier.
  for (let round = 0; round <= rounds; round += 1) {
    const ref = await recountedWithout(db, rounds + 1 - round);
    const { rows } = await db.execute<{ count: string }>(sql`select count(*) from ${calendarWakes}`);
    if (Number(rows[0]?.count) < count) throw new Error(`only ${rows[0]?.count} cases are to be told`);
    // Started, scheduled, begun, done, timer: 5 events; then signal, task of three, marker, timers: 7 more a round, bare 6.
    const tell = (id: string) => plain.workflow.getHandle(id).signal(RETIMED_SIGNAL, 'calendar/2027/2');
    const bareLasted = await seconds(async () => {
      await atOnce(bareIds, tell, signallers);
      await settled(plain, watched(bareIds), 5 + 6 * (round + 1));
    });
    const lasted = await seconds(async () => {
      await tellCases(db, client, ref);
      await settled(client, watched(ids), 5 + 7 * (round + 1));
    });
    await settled(plain, bareIds, 5 + 6 * (round + 1));
    await settled(client, ids, 5 + 7 * (round + 1));
    const [bareRate, rate] = [count / bareLasted, count / lasted];
    report(`round ${round}  bare ${bareRate.toFixed(1)}/s  product ${rate.toFixed(1)}/s`);
    if (round === 0) continue;
    bare.push(bareRate);
    product.push(rate);
  }
  const [value, beside] = [median(product), median(bare)];
  return {
    ...{ name: 'retiming', value: rounded(value), unit: 'workflows/s', bare: rounded(beside) },
    ...{ ratio: rounded(value / beside), floor: 0.6 },
  };
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
