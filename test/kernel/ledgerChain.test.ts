import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chainStart, entryHash, firstBreak, type UnchainedEntry } from '../../db/ledgerChain.js';
import { cases } from '../../db/schema/index.js';
import { Office, submission } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { morning } from './cases.js';

type Entry = Parameters<typeof firstBreak>[1][number];

/** A chain of so many entries, and its head. */
function chainOf(caseId: string, count: number) {
  const entries: Entry[] = [];
  let hash = chainStart(caseId);
  for (let sequence = 1; sequence <= count; sequence += 1) {
    const entry: UnchainedEntry = {
      ...{ caseId, sequence, revision: sequence, at: morning, recordedAt: morning },
      ...{
        event: 'application.received',
        cause: `request:${sequence}`,
        article: null,
        zh: '收到',
        en: 'received',
      },
      actor: { id: 'desk', kind: 'officer' },
      params: { b: 1, a: [sequence] },
    };
    const previousHash = hash;
    hash = entryHash(previousHash, entry);
    entries.push({ ...entry, previousHash, hash });
  }
  return { entries, head: { count, hash } };
}

/** The same entries with one taken out for another. */
const replaced = (entries: readonly Entry[], index: number, change: (entry: Entry) => Entry): Entry[] =>
  entries.map((entry, at) => (at === index ? change(entry) : entry));

const caseId = 'application/1';
const { entries, head } = chainOf(caseId, 5);

test('a whole chain is whole, also the empty one, and the order of keys says nothing', () => {
  expect(firstBreak(caseId, entries, head)).toBeNull();
  expect(firstBreak(caseId, [], { count: 0, hash: chainStart(caseId) })).toBeNull();
  const turned = replaced(entries, 2, ({ params: { a = null, b = null }, ...rest }) => ({
    ...rest,
    params: { a, b },
  }));
  expect(firstBreak(caseId, turned, head)).toBeNull();
});

test('a change to any field of any entry is found at that entry', () => {
  const changes: Partial<Entry>[] = [
    { at: '2026-03-01T09:00:00.000+08:00' as Entry['at'] },
    { recordedAt: '2026-03-03T09:00:00.000+08:00' as Entry['at'] },
    { event: 'application.accepted' },
    { cause: 'request:x' },
    { actor: { id: 'other', kind: 'officer' } },
    { actor: { id: 'desk', kind: 'officer', onBehalfOf: 'x' } },
    { article: 'REG 9' },
    { params: {} },
    { zh: '' },
    { en: '' },
    { revision: 9 },
    { sequence: 9 },
    { hash: 'x' },
    { previousHash: 'x' },
  ];
  for (const change of changes) {
    for (const [index] of entries.entries()) {
      const planted = replaced(entries, index, (entry) => ({ ...entry, ...change }));
      expect(firstBreak(caseId, planted, head), JSON.stringify(change)).toBe(index + 1);
    }
  }
});

test('a missing entry, a cut tail, swapped entries and an entry too many are found', () => {
  for (const [index] of entries.entries()) {
    const missing = entries.filter((_, at) => at !== index);
    expect(firstBreak(caseId, missing, head)).toBe(index + 1);
  }
  expect(firstBreak(caseId, entries.slice(0, 3), head)).toBe(4);
  const [first, second, ...rest] = entries;
  if (first === undefined || second === undefined) throw new Error('five entries');
  expect(firstBreak(caseId, [second, first, ...rest], head)).toBe(1);
  const longer = chainOf(caseId, 6);
  expect(firstBreak(caseId, longer.entries, head)).toBe(7);
});

test('an entry that is rehashed breaks at the next one, and a chain of another case is none of this case', () => {
  const rehashed = replaced(entries, 2, ({ previousHash, hash: _, ...entry }) => {
    const planted = { ...entry, en: 'planted' };
    return { ...planted, previousHash, hash: entryHash(previousHash, planted) };
  });
  expect(firstBreak(caseId, rehashed, head)).toBe(4);
  expect(firstBreak(caseId, chainOf('application/2', 5).entries, head)).toBe(1);
});

describe('in the database', () => {
  let rig: Rig;
  let office: Office;
  beforeAll(async () => {
    rig = await openRig('2026-03-02T09:00:00+08:00');
    const { id } = await addUnit(rig, 'ledger');
    office = new Office(rig, await rig.nextApplication());
    await rig.ask(people.applicantOf(id), 'application.submit', office.caseId, submission(id));
    await office.accept();
  });
  afterAll(() => rig.close());

  async function broken(): Promise<number | null> {
    const [row] = await rig.db.select().from(cases).where(eq(cases.id, office.caseId));
    const stored = { count: row?.ledgerCount ?? 0, hash: row?.ledgerHead ?? '' };
    return firstBreak(office.caseId, await rig.events(office.caseId), stored);
  }

  test('the ledger and the steps refuse every change, also to the owner of the tables', async () => {
    const { rows } = await rig.db.execute<{ owner: boolean }>(
      sql`select tableowner = current_user as owner from pg_tables where tablename in ('ledger', 'steps')`,
    );
    expect(rows).toEqual([{ owner: true }, { owner: true }]);
    for (const table of ['ledger', 'steps']) {
      for (const change of [
        `update ${table} set revision = revision`,
        `delete from ${table}`,
        `truncate ${table}`,
      ]) {
        const refused: unknown = await rig.db.execute(sql.raw(change)).catch((error: unknown) => error);
        expect(refused, change).toMatchObject({ cause: { message: `the table ${table} only grows` } });
      }
    }
    expect(await broken()).toBeNull();
  });

  test('who gets past the triggers is found by the chain', async () => {
    const count = (await rig.events(office.caseId)).length;
    expect(count).toBeGreaterThan(3);
    const own = sql`case_id = ${office.caseId}`;
    const planted = {
      change: { with: sql`update ledger set en = en || '.' where ${own} and sequence = 2`, found: 2 },
      missing: { with: sql`delete from ledger where ${own} and sequence = 2`, found: 2 },
      tail: { with: sql`delete from ledger where ${own} and sequence = ${count}`, found: count },
      swap: {
        with: sql`update ledger set sequence = case sequence when 1 then 102 when 2 then 101 else sequence end where ${own}`,
        found: 1,
      },
    };
    for (const [name, { with: change, found }] of Object.entries(planted)) {
      await rig.db.execute(sql`create table kept as select * from ledger`);
      await rig.db.execute(sql`alter table ledger disable trigger ledger_only_grows`);
      await rig.db.execute(change);
      expect(await broken(), name).toBe(found);
      await rig.db.execute(sql`delete from ledger`);
      await rig.db.execute(sql`insert into ledger select * from kept`);
      await rig.db.execute(sql`alter table ledger enable trigger ledger_only_grows`);
      await rig.db.execute(sql`drop table kept`);
      expect(await broken(), `${name} undone`).toBeNull();
    }
  });
});
