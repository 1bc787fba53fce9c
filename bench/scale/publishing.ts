import type { Client } from '@temporalio/client';
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.js';
import { firstBreak } from '../../db/ledgerChain.js';
import { confirmEdition, findPublication, proposeEdition } from '../../db/queries/publications.js';
import { calendarWakes, cases, ledger, steps } from '../../db/schema/index.js';
import { until } from '../../rehearsal/world.js';
import type { EditionRef } from '../../workflows/messages/publication.js';
import type { Servers } from '../servers.js';
import { copies, type Model, modelNow, settled } from './copies.js';
import { editionWithOff } from './editions.js';

/**
 * A publication as it happens, whose worker is killed once some pages are done; the next one goes on. Throws where a case was
 * lost or counted twice, or a chain is broken.
 */
export async function publishCutShort(
  servers: Servers,
  client: Client,
  model: Model,
  count: number,
  report: (line: string) => void,
): Promise<void> {
  const { db } = servers;
  await servers.worker.stop();
  const worker = servers.spawnWorker();
  const ids = await copies(servers, client, await modelNow(servers, model), 'open', count);
  const { rows: clocks } = await db.execute<{ count: string }>(
    sql`select count(*) from clocks where state <> 'stopped'`,
  );
  const announced = { ...(await editionWithOff(db, 0)), document: 'measure 2' };
  const by = { actorId: null, requestId: null };
  let began = performance.now();
  const lasted = (): string => ((performance.now() - began) / 1000).toFixed(1);
  const proposed = await proposeEdition(db, announced, by);
  await reaches(db, proposed, 'tried');
  const tried = await findPublication(db, proposed);
  report(
    `${clocks[0]?.count} open clocks; tried in ${lasted()} s: ${tried.tried} due days of ${tried.cases} cases would change`,
  );
  began = performance.now();
  const confirmation = { person: 'measure', isLegalOfficer: true, hash: tried.hash, reason: 'measure' };
  await confirmEdition(db, tried, { ...confirmation, ...by });
  let [done, status]: [number, string] = [0, ''];
  do {
    await new Promise((resolve) => setTimeout(resolve, 5));
    ({ cases: done, status } = await findPublication(db, proposed));
  } while (status !== 'published' && (status !== 'publishing' || done === 0));
  worker.kill('SIGKILL');
  // Of few cases it may be done before the kill: then nothing is left to go on with, which is said.
  report(`killed the worker after ${done} cases (${status})`);
  const next = servers.spawnWorker();
  try {
    await reaches(db, proposed, 'published');
    const published = await findPublication(db, proposed);
    report(
      `published in ${lasted()} s with the kill: ${published.changed} due days, ${published.woken} told`,
    );
    // Each was started (5 events) and told once or, cut short, twice: it knows the step when it has a marker and a new timer.
    await settled(client, ids, 12);
    await requireSound(db, ids, proposed);
    report('every case was counted once, every chain is whole');
  } finally {
    next.kill('SIGTERM');
  }
}

async function reaches(db: Database, ref: EditionRef, status: string): Promise<void> {
  await until(
    async () => {
      const now = (await findPublication(db, ref)).status;
      return now === status ? null : now;
    },
    `${ref.year}/${ref.edition} is ${status}`,
    600_000,
  );
}

/** Every case has one step of the edition, its chain is whole, and nobody is left on the list. */
async function requireSound(db: Database, ids: readonly string[], ref: EditionRef): Promise<void> {
  const cause = `signal:calendar/${ref.year}/${ref.edition}`;
  const counted = await db.select({ caseId: steps.caseId }).from(steps).where(eq(steps.cause, cause));
  const once = new Set(counted.map(({ caseId }) => caseId));
  const lost = ids.filter((id) => !once.has(id)).length;
  if (lost > 0 || counted.length !== once.size)
    throw new Error(`${lost} cases were lost, ${counted.length - once.size} were counted twice`);
  const untold = await db.$count(calendarWakes);
  if (untold > 0) throw new Error(`${untold} cases were not told`);
  for (const row of await db.select().from(cases)) {
    const entries = await db.select().from(ledger).where(eq(ledger.caseId, row.id)).orderBy(ledger.sequence);
    const broken = firstBreak(row.id, entries, { count: row.ledgerCount, hash: row.ledgerHead });
    if (broken !== null) throw new Error(`the chain of ${row.id} breaks at ${broken}`);
  }
}
