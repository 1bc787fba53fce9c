import { createHash } from 'node:crypto';
import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { DomainError } from '../../rules/errors.js';
import type { Database, Transaction } from '../database.js';
import { sortedJson } from '../ledgerChain.js';
import { legalNow } from '../legalClock.js';
import { cases, contents, contentUploads, permits, permitVersions, requests } from '../schema/index.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import { caseInScope, permitInScope, type Scope } from './scope.js';

/** A content: its bytes and what they are. */
export interface Content {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** Permit content as bytes: the same facts give the same bytes, whatever the order of their keys. */
export const jsonContent = (value: JsonObject): Content => ({
  mediaType: 'application/json',
  bytes: Buffer.from(sortedJson(value)),
});

/** A content's id: the SHA-256 of its bytes, in lower-case hex. */
export const contentIdOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Stores a content for whoever handed it in; answers with its id and its type: the same bytes have one id, and keep the type
 * that they were stored with first.
 */
export async function storeContent(
  db: Database,
  userId: string,
  { mediaType, bytes }: Content,
): Promise<{ readonly id: string; readonly mediaType: string }> {
  const id = contentIdOf(bytes);
  return await db.transaction(async (tx) => {
    await tx
      .insert(contents)
      .values({ id, mediaType, bytes, storedAt: await legalNow(tx) })
      .onConflictDoNothing();
    await tx.insert(contentUploads).values({ contentId: id, userId }).onConflictDoNothing();
    const [stored] = await tx
      .select({ id: contents.id, mediaType: contents.mediaType })
      .from(contents)
      .where(eq(contents.id, id));
    return stored ?? { id, mediaType };
  });
}

/** The contents that a body names: every text in it that is a SHA-256. */
export const contentIdsIn = (body: JsonObject): readonly string[] => [
  ...new Set([...JSON.stringify(body).matchAll(/"([0-9a-f]{64})"/g)].flatMap((match) => match[1] ?? [])),
];

/** The SHA-256s that a request's body names, as a JSON array; the index `requests_contents` is over this expression. */
const contentsNamed = sql`jsonb_path_query_array(${requests.body}, 'strict $.** ? (@.type() == "string" && @ like_regex "^[0-9a-f]{64}$")')`;

/** Which of these contents a person may read: his own, and those that a case or a permit in his scope refers to. */
export async function readableContents(
  db: Database,
  userId: string,
  scope: Scope,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const uploaded = sql`exists (select 1 from ${contentUploads}
    where ${contentUploads.contentId} = ${contents.id} and ${contentUploads.userId} = ${userId})`;
  const inCase = sql`exists (select 1 from ${requests} join ${cases} on ${cases.id} = ${requests.caseId}
    where ${contentsNamed} @> jsonb_build_array(${contents.id}) and ${caseInScope(scope)})`;
  const inPermit = sql`exists (select 1 from ${permitVersions}
    join ${permits} on ${permits.permitNo} = ${permitVersions.permitNo}
    where ${permitVersions.contentId} = ${contents.id} and ${permitInScope(scope)})`;
  const rows = await db
    .select({ id: contents.id })
    .from(contents)
    .where(and(inArray(contents.id, [...ids]), or(uploaded, inCase, inPermit)));
  return new Set(rows.map((row) => row.id));
}

/** A stored content; undefined when there is none. Throws `internal` where the bytes are no longer those of the id. */
export async function readContent(db: Database, id: string): Promise<Content | undefined> {
  const [row] = await db.select().from(contents).where(eq(contents.id, id));
  if (row === undefined) return undefined;
  const { mediaType, bytes } = row;
  if (contentIdOf(bytes) !== id)
    throw new DomainError('internal', { what: 'a stored content is not what its id says', where: id });
  return { mediaType, bytes };
}

/** A content that is larger is not compared in a step: a step does not wait for it. In bytes. */
const mostComparedBytes = 2 * 1024 * 1024;

/** A content as JSON; undefined where it is not stored, no JSON, or too large to be compared. */
export async function contentAsJson(db: Database | Transaction, id: string): Promise<unknown> {
  const [content] = await db
    .select({ bytes: contents.bytes })
    .from(contents)
    .where(
      and(
        eq(contents.id, id),
        eq(contents.mediaType, 'application/json'),
        sql`octet_length(${contents.bytes}) <= ${mostComparedBytes}`,
      ),
    );
  if (content === undefined) return undefined;
  try {
    return JSON.parse(content.bytes.toString()) as unknown;
  } catch {
    // Contents of older releases were not checked.
    return undefined;
  }
}
