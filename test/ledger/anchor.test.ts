import { rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ledgerAnchorHeads, ledgerAnchors, ledgerKeys } from '../../db/schema/index.js';
import type { CaseFile } from '../../ledger/files.js';
import { makeAnchor } from '../../ledger/makeAnchor.js';
import { openSigningKey } from '../../ledger/signingKey.js';
import type { Office } from '../../rehearsal/office.js';
import { anchorJob } from '../../relay/anchorJob.js';
import { runDue } from '../../relay/daily.js';
import { parseDate } from '../../rules/date.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { Exported, exportedAll, exportedCase, filed, textOf, yizheng } from './installation.js';

let rig: Rig;
let exported: Exported;
let office: Office;
let keyFile: string;
beforeAll(async () => {
  rig = await openRig('2026-03-03T09:00:00+08:00');
  exported = await Exported.open();
  keyFile = join(exported.folder, 'ledger-key.pem');
  vi.stubEnv('DATABASE_URL', rig.databaseUrl);
  vi.stubEnv('YIZHENG_LEDGER_KEY', keyFile);
  office = await filed(rig, 'steel');
  await filed(rig, 'paper');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await exported.close();
  await rig.close();
});

const anchors = () => rig.db.select().from(ledgerAnchors).orderBy(ledgerAnchors.number);

test('A7: the key is made once, readable by its owner alone; a file that is no key is refused unread', async () => {
  const path = join(exported.folder, 'once.pem');
  const [one, two] = await Promise.all([openSigningKey(path), openSigningKey(path)]);
  expect(one.id).toBe(two.id);
  expect((await openSigningKey(path)).id).toBe(one.id);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await writeFile(path, 'SECRET');
  await expect(openSigningKey(path)).rejects.toMatchObject({
    code: 'input.invalid',
    detail: { where: path },
  });
  await expect(openSigningKey(path)).rejects.not.toThrow(/SECRET/);
});

test('A7: the daily job signs once a day, late, and only what changed is kept', async () => {
  const key = await openSigningKey(keyFile);
  const logger = pino({ level: 'silent' });
  const job = anchorJob(rig.db, key, logger);
  const look = () => runDue(rig.db, [job], logger);
  await rig.world.advanceTo(at('2026-03-03 23:29'));
  await look();
  await rig.world.advanceTo(at('2026-03-03 23:31'));
  await Promise.all([look(), look()]);
  // The run of the second is already signed for: what a process that died left running is not signed twice.
  expect(await anchors()).toMatchObject([
    { number: 1, at: '2026-03-03T23:29:00.000+08:00', cases: 2 },
    { number: 2, at: '2026-03-03T23:31:00.000+08:00', cases: 2 },
  ]);
  await job.run(parseDate('2026-03-03'));
  expect(await anchors()).toHaveLength(2);
  await office.opine('agree', ['water']);
  await rig.world.advanceTo(at('2026-03-04 23:45'));
  await look();
  const heads = await rig.db.select().from(ledgerAnchorHeads);
  expect(heads.filter((head) => head.anchor === 2)).toEqual([]);
  const third = heads.filter((head) => head.anchor === 3).map((head) => head.caseId);
  expect(third).toContain(office.caseId);
  expect(await exported.verify(await exportedAll(rig), '--key', key.id)).toMatchObject({ code: 0 });
});

test('A7: two that sign at once sign one behind the other', async () => {
  const key = await openSigningKey(keyFile);
  const before = (await anchors()).length;
  await Promise.all([1, 2, 3].map(() => makeAnchor(rig.db, key)));
  expect((await anchors()).map(({ number }) => number)).toEqual(
    Array.from({ length: before + 3 }, (_, index) => index + 1),
  );
  expect(await exported.verify(await exportedAll(rig))).toMatchObject({ code: 0 });
});

test('A7: anchors, their heads and their keys can not be changed or taken away', async () => {
  for (const table of [ledgerAnchors, ledgerAnchorHeads, ledgerKeys]) {
    await expect(rig.db.delete(table)).rejects.toMatchObject({
      cause: { message: expect.stringContaining('only grows') as unknown },
    });
  }
  await expect(rig.db.update(ledgerAnchors).set({ cases: 0 })).rejects.toThrow();
  await expect(rig.db.execute(sql`truncate ledger_keys`)).rejects.toThrow();
});

test('A7: what was lost or rewritten behind the triggers is never signed over, and the export shows it', async () => {
  const key = await openSigningKey(keyFile);
  await makeAnchor(rig.db, key);
  const own = sql`case_id = ${office.caseId}`;
  const { count } = (await exportedCase(rig, office.caseId)).head;
  const tailCut = sql`with gone as (delete from ledger where ${own} and sequence = ${count} returning previous_hash)
    update cases set ledger_count = ledger_count - 1, ledger_head = (select previous_hash from gone) where id = ${office.caseId}`;
  const planted: [string, ReturnType<typeof sql>, string][] = [
    ['a cut tail', tailCut, 'the tail was cut'],
    [
      'a tail cut below its head',
      sql`delete from ledger where ${own} and sequence = ${count}`,
      'the tail was cut',
    ],
    [
      'a change',
      sql`update ledger set en = 'x', hash = 'y' where ${own} and sequence = ${count}`,
      'was changed',
    ],
    [
      'a missing case',
      sql`with gone as (delete from ledger where ${own}) delete from cases where id = ${office.caseId}`,
      'the case is missing',
    ],
    ['an anchor cut off', sql`update ledger_anchors set cases = 1 where number = 1`, 'anchor 1 is forged'],
  ];
  for (const [name, change, words] of planted) {
    const undo = new Error('undone');
    const attempt = rig.db.transaction(async (tx) => {
      // As whoever owns the database could: past the triggers. Everything is undone at the end.
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(change);
      const within = tx as unknown as Rig['db'];
      const again = await makeAnchor(within, key).catch((error: unknown) => error);
      if (!words.includes('forged')) expect(again, name).toMatchObject({ code: 'internal' });
      const found = await exported.verify(await exportedAll({ ...rig, db: within }));
      expect(found.code, name).toBe(1);
      expect(found.out, name).toContain(words);
      throw undo;
    });
    await expect(attempt).rejects.toBe(undo);
  }
  await makeAnchor(rig.db, key);
});

test('A7: a lost key gives way to a new one; what the old one signed is still checked with it', async () => {
  const old = await openSigningKey(keyFile);
  const before = await exportedCase(rig, office.caseId);
  await rename(keyFile, `${keyFile}.lost`);
  const made = await yizheng('ledger', 'anchor');
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(made.out).toContain('a new key');
  const fresh = await openSigningKey(keyFile);
  expect(fresh.id).not.toBe(old.id);
  expect((await yizheng('ledger', 'anchor')).out).not.toContain('a new key');
  const all = await exportedAll(rig);
  expect(await exported.verify([before, ...all], '--key', old.id, '--key', fresh.id)).toMatchObject({
    code: 0,
  });
  expect((await exported.verify(all, '--key', fresh.id)).out).toContain(`another key, ${old.id}`);
});

test('A7: the command exports a case to a file or to standard output, and an installation to a folder', async () => {
  await makeAnchor(rig.db, await openSigningKey(keyFile));
  const path = join(exported.folder, 'case.json');
  expect(await yizheng('ledger', 'export', office.caseId, '--out', path)).toMatchObject({ code: 0, out: '' });
  const shown = await yizheng('ledger', 'export', office.caseId);
  const { entries } = JSON.parse(await textOf(path)) as CaseFile;
  expect(JSON.parse(shown.out)).toMatchObject({ caseId: office.caseId, entries });
  const folder = join(exported.folder, 'all');
  expect((await yizheng('ledger', 'export', '--all', folder)).out).toContain('exported 2 cases');
  vi.stubEnv('DATABASE_URL', 'postgres://nobody@127.0.0.1:1/none');
  expect(await yizheng('ledger', 'verify', path, folder)).toMatchObject({ code: 0 });
  vi.stubEnv('DATABASE_URL', rig.databaseUrl);
  expect((await yizheng('ledger', 'export', '--all', folder)).err).toContain('not empty');
  const { rows } = await rig.db.execute(
    sql`select subject, actor_id from audit_log where action = 'ledger.export' order by position`,
  );
  const [one, all] = [`/cases/${office.caseId}/ledger/export`, '*'];
  expect(rows).toEqual([one, one, all].map((subject) => ({ subject, actor_id: null })));
});

test('A7: what can not be exported is refused with exit 2', async () => {
  for (const args of [[], [office.caseId, '--all', 'x'], ['nothing/1'], ['application/2026999999']]) {
    const { code, out, err } = await yizheng('ledger', 'export', ...args);
    expect({ args, code, out }).toEqual({ args, code: 2, out: '' });
    expect(err).not.toBe('');
  }
});
