import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cases, clocks, ledger, steps, tasks } from '../../db/schema/index.js';
import { insertFrom, type JsonRow, rowFromJson, rowsToJson, statement } from '../../db/statement.js';
import { until } from '../../rehearsal/world.js';
import { Application } from '../application/application.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';

let rig: Rig;
let application: Application;
beforeAll(async () => {
  rig = await openRig(at('2026-03-02 09:00'));
  application = await Application.accepted(rig, (await addUnit(rig, 'steel')).id);
});
afterAll(() => rig.close());

const tables = { cases, clocks, ledger, steps, tasks } as const;

test.each(Object.entries(tables))(
  'a row of %s that travels as JSON is the row that the schema reads, to the millisecond and the null',
  async (name, table) => {
    const read = await rig.db.select().from(table);
    expect(read.length).toBeGreaterThan(0);
    const { rows } = await rig.db.execute<{ row: JsonRow }>(
      sql`select to_jsonb(${sql.identifier(name)}) as row from ${table}`,
    );
    const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
    expect(rows.map(({ row }) => rowFromJson(table, row)).sort(byText)).toEqual([...read].sort(byText));
  },
);

test('rows written as JSON are read back as they were; with a key, a row that is there is replaced', async () => {
  const clock = { ...(await application.clock('decision')), caseId: 'application/copy' };
  const write = statement('test.writeClocks', insertFrom(clocks, '$1', ['caseId', 'id']));
  const read = () => rig.db.select().from(clocks).where(eq(clocks.caseId, clock.caseId));
  await write(rig.db, rowsToJson(clocks, [clock]));
  expect(await read()).toEqual([clock]);
  const stopped = { ...clock, state: 'stopped' as const, due: null, next: null, nextAt: null };
  const other = { ...clock, id: 'other' };
  await write(rig.db, rowsToJson(clocks, [stopped, other]));
  expect((await read()).sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([stopped, other]);
  await write(rig.db, rowsToJson(clocks, []));
  expect(await read()).toHaveLength(2);
});

test('of statements that left together, one that fails undoes the whole transaction', async () => {
  const write = statement('test.writeAnother', insertFrom(clocks, '$1'));
  const clock = { ...(await application.clock('decision')), caseId: 'application/undone' };
  const together = rig.db.transaction((tx) =>
    Promise.all([1, 2, 3].map(() => write(tx, rowsToJson(clocks, [clock])))),
  );
  await expect(together).rejects.toThrow();
  expect(await rig.db.select().from(clocks).where(eq(clocks.caseId, clock.caseId))).toHaveLength(0);
});

test('a connection that is cut between two statements of a transaction is an error of the next, and no more', async () => {
  const cut = rig.db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    const { pid } = rows[0] ?? {};
    await rig.db.execute(sql`select pg_terminate_backend(${pid})`);
    // Until the word of it has come to us, with no statement under way that it could be told to.
    await until(async () => {
      const left = await rig.db.execute(sql`select 1 from pg_stat_activity where pid = ${pid}`);
      return left.rows.length === 0 ? null : 'still there';
    }, 'the connection cut');
    await new Promise((resolve) => setImmediate(resolve));
    await tx.execute(sql`select 1`);
  });
  await expect(cut).rejects.toThrow();
  expect((await rig.db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }]);
});
