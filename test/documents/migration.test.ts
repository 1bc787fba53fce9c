import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { openDatabase } from '../../db/database.js';
import { migrate } from '../../db/migrate.js';
import { fromProject } from '../../db/projectFolder.js';
import { contentIdOf, readContent } from '../../db/queries/contents.js';

interface Journal {
  readonly entries: readonly { readonly tag: string }[];
}

test('L1: contents of an older release come over as the bytes that they were', async () => {
  const url = new URL(inject('servers').postgresUrl);
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  await admin.query('create database older_release');
  await admin.end();
  url.pathname = '/older_release';
  // The migrations up to the one that moves the contents.
  const folder = await mkdtemp(join(tmpdir(), 'yizheng-migrations-'));
  await cp(fromProject('db/migrations'), folder, { recursive: true });
  const file = join(folder, 'meta', '_journal.json');
  const journal = JSON.parse(await readFile(file, 'utf8')) as Journal;
  const moving = journal.entries.findIndex(({ tag }) => tag.endsWith('_documents'));
  expect(moving).toBeGreaterThan(0);
  await writeFile(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, moving) }));
  const { db, close } = openDatabase(url.href, { connections: 1 });
  await runMigrations(db, { migrationsFolder: folder });
  await rm(folder, { recursive: true });

  const [text, bytes] = [Buffer.from('许可内容 "甲" \\ 乙\n'), Buffer.from([0, 255, 1, 254])];
  const store = (content: Buffer, mediaType: string, body: object) =>
    db.execute(sql`insert into contents (id, media_type, body, stored_at)
      values (${contentIdOf(content)}, ${mediaType}, ${JSON.stringify(body)}::jsonb, '2026-03-02T09:00:00+08:00')`);
  await store(text, 'text/plain', { text: text.toString() });
  await store(bytes, 'application/pdf', { base64: bytes.toString('base64') });

  await migrate(url.href);
  expect(await readContent(db, contentIdOf(text))).toEqual({ mediaType: 'text/plain', bytes: text });
  expect(await readContent(db, contentIdOf(bytes))).toEqual({ mediaType: 'application/pdf', bytes });
  await close();
});
