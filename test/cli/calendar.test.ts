import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../cli/program.js';
import { calendarPublications, grants, users } from '../../db/schema/index.js';
import { Application } from '../application/application.js';
import { of2027 } from '../calendar/editions.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';

let rig: Rig;
let folder: string;
let file: string;
beforeAll(async () => {
  rig = await openRig('2026-12-28T09:00:00+08:00');
  await addUnit(rig, 'steel');
  await Application.accepted(rig, 'steel');
  folder = await mkdtemp(join(tmpdir(), 'yizheng-calendar-'));
  file = join(folder, '2027.json');
  await writeFile(file, JSON.stringify(of2027()));
  process.env['DATABASE_URL'] = rig.databaseUrl;
});
afterAll(async () => {
  delete process.env['DATABASE_URL'];
  await rm(folder, { recursive: true });
  await rig.close();
});

async function yizheng(...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(args, { out: (text) => out.push(text), err: (text) => err.push(text) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test('L15: yizheng calendar publish --dry-run shows what would change and writes nothing', async () => {
  const { code, out } = await yizheng('calendar', 'publish', file, '--dry-run', '--json');
  const { year, changes } = JSON.parse(out) as { year: number; changes: { clock: string; after: string }[] };
  expect({ code, year, count: changes.length }).toEqual({ code: 0, year: 2027, count: 7 });
  expect(changes.find(({ clock }) => clock === 'decision')).toMatchObject({ after: '2027-02-16' });
  expect(await rig.db.select().from(calendarPublications)).toEqual([]);
  expect((await yizheng('calendar', 'publish', file, '--dry-run')).out).toContain(
    '共 7 个届满日、1 个案件 · 7 due days of 1 cases',
  );
});

test('L15: without a legal officer an edition that changes due days waits, and exits 1', async () => {
  const { code, out } = await yizheng('calendar', 'publish', file);
  expect(code).toBe(1);
  expect(out).toContain('待法制人员确认');
  const stranger = await yizheng('calendar', 'publish', file, '--confirmed-by', 'nobody');
  expect(stranger.code).toBe(2);
  expect(stranger.err).toContain('legalOfficer');
  const at = new Date();
  await rig.db.insert(users).values({
    ...{ id: 'lin', username: 'lin', name: '林若川', email: 'lin@example.test', emailVerified: false },
    ...{ createdAt: at, updatedAt: at },
  });
  await rig.db.insert(grants).values({ userId: 'lin', role: 'legalOfficer', organ: 'province' });
  const named = await yizheng('calendar', 'publish', file, '--confirmed-by', 'lin', '--json');
  expect(named.code).toBe(0);
  const [row] = await rig.db.select().from(calendarPublications).where(eq(calendarPublications.year, 2027));
  expect(row).toMatchObject({ status: 'confirmed', confirmedBy: 'lin', tried: 7 });
  expect((await yizheng('calendar', 'list')).out).toContain('2027/2');
});

test('L15: a file with faults is refused with each of them, and exits 2', async () => {
  const faulty = join(folder, 'faulty.json');
  await writeFile(
    faulty,
    JSON.stringify({ ...of2027(), workdays: [{ date: '2027-03-03', zh: 'x', en: 'x' }] }),
  );
  const { code, err } = await yizheng('calendar', 'publish', faulty);
  expect(code).toBe(2);
  expect(err).toContain('found 2027-03-03');
  await writeFile(faulty, 'no JSON');
  expect((await yizheng('calendar', 'publish', faulty)).err).toContain('expected JSON');
  expect((await yizheng('calendar', 'publish', join(folder, 'none.json'))).code).toBe(2);
});

test('A8: yizheng pack validate, compare and try', async () => {
  expect((await yizheng('pack', 'validate')).out).toContain('demonstration-2');
  const compared = await yizheng('pack', 'compare', 'demonstration-1', 'demonstration-2');
  expect(compared.out).toContain('10个工作日');
  expect((await yizheng('pack', 'compare', 'demonstration-1', 'demonstration-1')).out).toBe(
    '没有差别 · no difference',
  );
  const tried = await yizheng('pack', 'try', 'demonstration-2', '--json');
  expect(JSON.parse(tried.out)).toMatchObject({ pack: 'demonstration-2', cases: 1, documents: [] });
  expect((await yizheng('pack', 'try', 'no-such-pack')).code).toBe(2);
  const bad = join(folder, 'pack.json');
  await writeFile(bad, '{}');
  expect((await yizheng('pack', 'validate', bad)).code).toBe(2);
});
