import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { moveTasks } from '../../activities/commit/taskDays.js';
import { together, type Write } from '../../db/together.js';
import { openRig, type Rig } from '../rig/rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  await rig.db.execute(sql`create table jars (id text primary key, lid text, content int)`);
});
afterAll(() => rig.close());

const put = (id: string, content: number): Write => ({
  name: 'jar',
  text: 'insert into jars (id, content) values ($1, $2) returning id, content',
  values: [id, content],
});
const read = async () => (await rig.db.execute(sql`select * from jars order by id`)).rows;

test('writes that leave together keep their own parameters, and use what those before them return', async () => {
  const write = together('test.jars');
  const closed: Write = {
    name: 'noted',
    text: `insert into jars (id, lid) select id || $2, $1 from written_jar`,
    values: ['tin', '-lid'],
  };
  await write(rig.db, [put('a', 1), put('b', 2), closed]);
  const written = [
    { id: 'a', lid: null, content: 1 },
    { id: 'a-lid', lid: 'tin', content: null },
    { id: 'b', lid: null, content: 2 },
  ];
  expect(await read()).toEqual(written);
  // Another choice is another statement; and what fails writes nothing.
  await expect(write(rig.db, [put('c', 3), put('a', 4)])).rejects.toThrow('duplicate key');
  expect(await read()).toEqual(written);
});

test('moving the last days of a case’s tasks reads its own tasks, however few the database believes there to be', async () => {
  await rig.db.execute(sql`insert into tasks (id, case_id, kind, round, role, organ, status, opened_at)
    select 'task-' || n, 'other/' || n, 'merge', 1, 'officer', 'organ', 'open', now() from generate_series(1, 400) n`);
  for (const cases of ['= $1', '= any($1)'] as const) {
    const plan = await rig.db.execute(
      sql.raw(`explain (generic_plan) with moved as (select case_id, id, due from clocks where case_id = 'a')
               ${moveTasks('moved', cases)}`),
    );
    const text = JSON.stringify(plan.rows);
    expect(text).not.toContain('tasks_inbox');
    if (cases === '= $1') expect(text).toContain('tasks_case');
  }
});
