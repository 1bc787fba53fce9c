import { createHash } from 'node:crypto';
import { eq, isNotNull } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Database } from '../../db/database.js';
import { contents, documents, ledger } from '../../db/schema/index.js';
import { dateOf } from '../../rules/date.js';
import { dateInChinese } from '../../rules/dateText.js';
import { paragraphsOf } from '../documents/reading.js';

/** What a document says, as it was issued. */
export async function saidIn(db: Database, id: string): Promise<string> {
  const [file] = await db
    .select({ bytes: contents.bytes })
    .from(documents)
    .innerJoin(contents, eq(contents.id, documents.contentId))
    .where(eq(documents.id, id));
  if (file === undefined) throw new Error(`no file of ${id}`);
  return paragraphsOf(file.bytes).join('\n');
}

/**
 * Opens every document that a test's cases have issued: it is stored under its hash, the ledger names number and hash, no
 * placeholder is left, and its number and the day of its issue stand in it.
 */
export async function openEveryDocument(db: Database): Promise<void> {
  const issued = await db.select().from(ledger).where(eq(ledger.event, 'document.issued'));
  const named = new Map(issued.map(({ params }) => [params['document'], params]));
  const all = await db
    .select()
    .from(documents)
    .innerJoin(contents, eq(contents.id, documents.contentId))
    .where(isNotNull(documents.contentId));
  expect(all).toHaveLength(issued.length);
  for (const { documents: document, contents: file } of all) {
    const { id, number, draftedAt } = document;
    const said = paragraphsOf(file.bytes).join('\n');
    expect(createHash('sha256').update(file.bytes).digest('hex'), id).toBe(file.id);
    expect(named.get(id), id).toMatchObject({ number, content: file.id });
    expect(said, id).not.toMatch(/[{}]|undefined|\[object/);
    expect(said, id).toContain(dateInChinese(dateOf(draftedAt)));
    if (number !== null) expect(said, id).toContain(number);
  }
}
