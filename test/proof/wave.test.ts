import { DefaultLogger, Runtime } from '@temporalio/worker';
import { eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { markRehearsal } from '../../db/legalClock.js';
import { type OpenDatabase, openDatabase } from '../../db/database.js';
import { cases, ledger, permits, tasks, units } from '../../db/schema/index.js';
import { readList } from '../../import/list.js';
import { begin, carryOut, readReport } from '../../import/run.js';
import { startClock } from '../../rehearsal/runningClock.js';
import { until } from '../../rehearsal/world.js';
import { instantOf, millisOf, parseDate } from '../../rules/date.js';
import { packsOn } from '../../rules/packs/index.js';
import { creditCode, csvOf, permitNo, row } from '../import/lists.js';
import { at } from '../rig/rig.js';
import { auditCase, auditNotices, auditRequests } from './kills/audit.js';
import { Installation, untilAnswered, untilNoticesLeft } from './kills/installation.js';

/** How many permits end at one midnight. The whole proof: `WAVE=2000`. */
const size = Number(process.env['WAVE'] ?? 200);

/** Legal time, in seconds, that is left to arm them all before midnight strikes. */
const arming = Math.ceil(30 + size / 15);

let installation: Installation;
/** The test's own connection: the legal clock, and what it looks at. */
let database: OpenDatabase;
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  installation = await Installation.start((db) => markRehearsal(db, at('2031-03-05 12:00')));
  database = openDatabase(installation.stack.databaseUrl, { connections: 3 });
});
afterAll(async () => {
  await database.close();
  await installation.stop();
});

/** Brings in so many permits with this last day, from a unit's number on, each unit with an address; all are armed. */
async function bringIn(first: number, validTo: string): Promise<readonly string[]> {
  const { db } = database;
  const numbers = Array.from({ length: size }, (_, index) => first + index);
  await db.insert(units).values(
    numbers.map((unit) => ({
      ...{ id: creditCode(unit), creditCode: creditCode(unit), area: '990100' },
      ...{ name: `示范企业${unit}有限公司`, contact: `unit${unit}@example.test` },
    })),
  );
  const rows = numbers.map((unit) => row(unit, { issuedOn: '2026-04-01', validFrom: '2026-04-01', validTo }));
  const list = readList(csvOf(rows), { packs: packsOn(parseDate(validTo)) });
  const { id } = await begin(db, { fileHash: `wave ${first}`, dryRun: false });
  await carryOut(db, id, list, () => undefined);
  expect(await readReport(db, id)).toMatchObject({ accepted: size, rejected: 0 });
  await untilAnswered(db);
  return numbers.map(permitNo);
}

const count = (numbers: readonly string[], state: string) =>
  database.db
    .select({ no: permits.permitNo })
    .from(permits)
    .where(eq(permits.state, state as 'valid'))
    .then((rows) => rows.filter(({ no }) => numbers.includes(no)).length);

test.each([
  { name: 'with mail', mailIsUp: true, first: 10_000, validTo: '2031-03-05', lapses: '2031-03-06' },
  { name: 'with mail down', mailIsUp: false, first: 20_000, validTo: '2031-03-12', lapses: '2031-03-13' },
])(
  `L12: ${size} permits end at one midnight, the worker killed twice, Temporal and PostgreSQL once, $name: none lost, none doubled`,
  async ({ mailIsUp, first, validTo, lapses }) => {
    const midnight = at(`${lapses} 00:00`);
    const { db } = database;
    const strikesAt = Date.now() + arming * 1000;
    const running = await startClock(db, instantOf(millisOf(midnight) - arming * 1000));
    try {
      const numbers = await bringIn(first, validTo);
      expect(await count(numbers, 'valid')).toBe(size);
      expect(Date.now(), 'all are armed before midnight').toBeLessThan(strikesAt);
      if (!mailIsUp) await installation.mail.down();
      await new Promise((resolve) => setTimeout(resolve, strikesAt - Date.now() + 300));

      const { worker, postgres, temporal } = installation.victims;
      for (const victim of [worker, postgres, worker, temporal]) {
        await victim.killAndRevive();
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
      await until(
        async () => {
          const lapsed = await count(numbers, 'lapsed');
          return lapsed === size ? null : `${lapsed} of ${size}`;
        },
        'every permit has lapsed',
        60_000 + size * 100,
      );
      await untilAnswered(db);
      const seconds = ((Date.now() - strikesAt) / 1000).toFixed(1);
      if (!mailIsUp) await installation.mail.up();

      const caseIds = numbers.flatMap((no) => [`permit/${no}`, `cancellation/${no}-1`]);
      const entries = await db.select().from(ledger).where(inArray(ledger.caseId, caseIds));
      for (const no of numbers) {
        const expired = entries.filter(
          ({ caseId, event }) => caseId === `permit/${no}` && event === 'permit.expired',
        );
        expect(
          expired.map((entry) => entry.at),
          no,
        ).toEqual([midnight]);
      }
      const opened = entries.filter(({ event }) => event === 'cancellation.opened');
      expect(opened.map(({ caseId }) => caseId).sort()).toEqual(
        numbers.map((no) => `cancellation/${no}-1`).sort(),
      );
      const checks = await db.select().from(tasks).where(inArray(tasks.caseId, caseIds));
      expect(
        checks.filter(({ kind, status }) => kind === 'operationCheck' && status === 'open'),
      ).toHaveLength(size);

      const repaired = await installation.repair();
      process.stderr.write(repaired);
      await untilAnswered(db);
      await auditRequests(db, []);
      const all = (await db.select({ id: cases.id }).from(cases)).map(({ id }) => id);
      await installation.inspect(async (_, client) => {
        for (const caseId of all) await auditCase(db, client, caseId);
      });
      await untilNoticesLeft(db);
      const { mail } = installation;
      const mails = await auditNotices(db, mail);
      for (const unit of numbers.map((_, index) => first + index)) {
        const toHolder = mail
          .to(`unit${unit}@example.test`)
          .filter(({ text }) => text.includes(permitNo(unit)));
        expect(
          new Set(toHolder.map(({ messageId }) => messageId)).size,
          `mails to unit ${unit}`,
        ).toBeGreaterThan(0);
      }
      process.stderr.write(
        `${size} permits lapsed, with their cancellations, ${seconds} s after midnight; ${mails} mails by Message-ID\n`,
      );
    } finally {
      await running.stop();
    }
  },
  600_000 + size * 300,
);
