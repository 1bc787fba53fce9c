import { DefaultLogger, Runtime } from '@temporalio/worker';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromProject } from '../../db/projectFolder.js';
import { cases, tasks } from '../../db/schema/index.js';
import { replayHistories } from '../rig/replay.js';
import { auditCase, auditNotices, auditRequests } from './kills/audit.js';
import { type Acknowledged, Clerks } from './kills/clerk.js';
import { runErrand } from './kills/errands.js';
import { Installation, untilAnswered, untilNoticesLeft } from './kills/installation.js';
import { Random } from './kills/random.js';
import type { Victim } from './kills/victims.js';

/** More of both by the environment, for a soak: `KILLS=120 KILL_CASES=240`. A seed that was printed brings its moments back. */
const kills = Number(process.env['KILLS'] ?? 32);
const caseCount = Number(process.env['KILL_CASES'] ?? 60);
const seed = Number(process.env['KILL_SEED'] ?? Math.floor(Math.random() * 1e9));

/** How many people are at work at once. */
const hands = 12;

let installation: Installation;
/** The test has ended, as it should or not: nothing is killed or started again any more. */
let over = false;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  installation = await Installation.start();
});

afterAll(async () => {
  over = true;
  await installation.stop();
});

test(`${kills} times kill -9 over ${caseCount} cases: all is answered, nothing is lost, done twice or left hanging`, async () => {
  const random = new Random(seed);
  const killed: string[] = [];
  const clerks = new Clerks(installation.url);
  const began = Date.now();
  process.stderr.write(`KILL_SEED=${seed}\n`);

  // People work for as long as plugs are pulled, and until each has brought his cases to their end.
  let started = 0;
  const acknowledged: Acknowledged[] = [];
  const hand = async (): Promise<void> => {
    while (started < caseCount || killed.length < kills) {
      const index = started;
      started += 1;
      acknowledged.push(...(await runErrand(clerks, random, index)));
    }
  };
  const working = Promise.all(Array.from({ length: hands }, hand));
  await Promise.all([pullPlugs(killed), working]);

  const minutes = ((Date.now() - began) / 60_000).toFixed(1);
  const counts = [...new Set(killed)].map(
    (name) => `${name} ${killed.filter((each) => each === name).length}`,
  );
  process.stderr.write(
    `${killed.length} kills (${counts.join(', ')}), ${started} cases, ${acknowledged.length} acts in ${minutes} min; ` +
      `setbacks ${JSON.stringify(clerks.setbacks)}; ended by themselves: worker ${installation.worker.endedByItself}, api ${installation.api.endedByItself}\n`,
  );
  expect(killed).toHaveLength(kills);
  expect(started).toBeGreaterThanOrEqual(caseCount);

  await audit(clerks, acknowledged);
}, 1_800_000);

/**
 * Two hands pull plugs, the one the servers', the other the product's: so a worker dies while Temporal comes back, too. A
 * server is killed again only when both work: Temporal can not start on a database that is away.
 */
async function pullPlugs(killed: string[]): Promise<void> {
  const { postgres, temporal, worker, api } = installation.victims;
  const pull = async (victims: readonly Victim[], count: number, random: Random, pause: number) => {
    const order: Victim[] = [];
    for (let pulled = 0; pulled < count && !over; pulled += 1) {
      await new Promise((resolve) => setTimeout(resolve, random.between(pause / 10, pause)));
      if (order.length === 0) order.push(...random.shuffled(victims));
      const victim = order.shift();
      if (victim === undefined) break;
      killed.push(victim.name);
      // The mail server, too, now and then hangs up on a message that it has taken: not more often in a soak, whose last
      // messages would wait for half an hour then, twice as long after each time.
      if (killed.length <= 32) installation.mail.drops += 1;
      await victim.killAndRevive();
    }
  };
  const half = Math.floor(kills / 2);
  await Promise.all([
    pull([postgres, temporal], half, new Random(seed + 1), 3000),
    pull([worker, api], kills - half, new Random(seed + 2), 6000),
  ]);
}

async function audit(clerks: Clerks, acknowledged: Acknowledged[]): Promise<void> {
  await installation.untilReady(120_000);
  await installation.inspect(async (db, client) => {
    await untilAnswered(db);
    // A step whose history was lost with the power is learnt with the next one: each case that goes on takes another.
    const waiting = await db
      .select()
      .from(tasks)
      .where(and(eq(tasks.kind, 'seal.1'), eq(tasks.status, 'open')));
    for (const { caseId } of waiting)
      acknowledged.push(await clerks.act('seal', `/tasks/${caseId}/seal.1.1/claim`, {}));

    await auditRequests(db, acknowledged);
    const all = (await db.select({ id: cases.id }).from(cases)).map(({ id }) => id);
    expect(new Set(all)).toEqual(new Set(acknowledged.map(({ caseId }) => caseId)));
    for (const caseId of all) await auditCase(db, client, caseId);
    await replayHistories(client, all, {
      workflowBundle: fromProject('dist/workflow-bundle.js'),
      dataConverter: client.options.dataConverter,
    });
    await untilNoticesLeft(db, kills);
    const { mail } = installation;
    const mails = await auditNotices(db, mail);
    process.stderr.write(`${mails} mails by Message-ID, ${mail.received.length} with the repeated ones\n`);
    expect(mails).toBeGreaterThan(0);
  });
}
