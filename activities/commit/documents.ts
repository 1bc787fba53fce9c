import { eq } from 'drizzle-orm';
import { dateOf, type Instant } from '../../rules/date.js';
import { DomainError } from '../../rules/errors.js';
import { organOf, type RulePack } from '../../rules/pack.js';
import type { Transaction } from '../../db/database.js';
import type { Later } from '../../db/transaction.js';
import { contentIdOf } from '../../db/queries/contents.js';
import { documents } from '../../db/schema/index.js';
import { statement } from '../../db/statement.js';
import { insertsInto, type Write } from '../../db/together.js';
import { asWritten } from '../../documents/facts.js';
import { documentMediaType, type Templates } from '../../documents/templates.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import type { DocumentChange, LedgerLine } from '../../workflows/messages/step.js';
import { sendAhead } from './ahead.js';
import { documentFacts, type IssuingCase } from './documentFacts.js';
import type { WritingStep } from './writes.js';

/** What a document was given when it was issued. */
export interface Issued {
  readonly number: string | null;
  /** The SHA-256 of the rendered file, in lower-case hex. */
  readonly content: string;
}

/**
 * Writes what a step does to documents. A drafted one gets the next number of its organ, series and year, and is rendered
 * with it; the file is stored by its hash. Answers with what was issued, by the documents' ids, and with what is to be written
 * of it with the rest of the step.
 */
export async function writeDocuments(
  tx: Transaction,
  later: Later,
  step: WritingStep,
  issuing: IssuingCase,
  templates: Templates,
  changes: readonly DocumentChange[],
): Promise<{ readonly issued: ReadonlyMap<string, Issued>; readonly writes: readonly Write[] }> {
  const issued = new Map<string, Issued>();
  const writes: Write[] = [];
  for (const change of changes) {
    if (change.type === 'drafted') {
      const { writes: stored, ...given } = await issue(tx, step, issuing, templates, change);
      issued.set(change.id, given);
      writes.push(...stored);
    } else writes.push(changeOf(step, change));
    // The next document may speak of this one.
    if (changes.length > 1) sendAhead(tx, later, writes.splice(0));
  }
  return { issued, writes };
}

function changeOf({ actorId }: WritingStep, change: Exclude<DocumentChange, { type: 'drafted' }>): Write {
  const { type: name, id } = change;
  switch (name) {
    case 'sealed': {
      const sealing = JSON.stringify({ ...change.record, actor: actorId });
      const text = `update documents set state = 'sealed', sealing = $2 where id = $1`;
      return { name, text, values: [id, sealing] };
    }
    case 'served': {
      const service = JSON.stringify({ ...change.record, recordedBy: actorId });
      const text = `update documents set state = 'served', served_on = $2, service = $3 where id = $1`;
      return { name, text, values: [id, change.on, service] };
    }
    case 'voided': {
      const text = `update documents set state = 'void', void_reason = $2 where id = $1`;
      return { name, text, values: [id, change.reason] };
    }
  }
}

/** Adds to the line of each document's issue what only the transaction knows: its number and its content. */
export const withIssued = (
  lines: readonly LedgerLine[],
  issued: ReadonlyMap<string, Issued>,
): readonly LedgerLine[] =>
  lines.map((line) => {
    const { document } = line.params;
    const isIssue = line.event === 'document.issued' && typeof document === 'string';
    const given = isIssue ? issued.get(document) : undefined;
    return given === undefined ? line : { ...line, params: { ...line.params, ...given } };
  });

const takeNumber = statement<{ last: number }>(
  'commit.takeNumber',
  `insert into document_numbers (organ, series, year, last) values ($1, $2, $3, 1)
   on conflict (organ, series, year) do update set last = document_numbers.last + 1 returning last`,
);
const insertDocuments = insertsInto(documents);
const storeFile = (content: string, file: Buffer, at: Instant): Write => ({
  name: 'file',
  text: `insert into contents (id, media_type, bytes, stored_at) values ($1, $2, $3, $4) on conflict do nothing`,
  values: [content, documentMediaType, file, at],
});

async function issue(
  tx: Transaction,
  step: WritingStep,
  issuing: IssuingCase,
  templates: Templates,
  draft: Extract<DocumentChange, { type: 'drafted' }>,
): Promise<Issued & { readonly writes: readonly Write[] }> {
  const { id, kind, organ } = draft;
  const params = await paramsOf(tx, draft.params);
  const template = templates.get(kind);
  if (template === undefined)
    throw new DomainError('internal', { what: 'there is no template for this document', found: kind });
  const facts = await documentFacts(tx, issuing, { kind, organ, params, at: step.at });
  // As late as can be: whoever wants a number of this series waits until this transaction ends.
  const number = await nextNumber(tx, issuing.pack, kind, organ, step.at);
  const file = template.render(number === null ? facts : { ...facts, number: asWritten(number) });
  const content = contentIdOf(file);
  const row = {
    ...{ id, kind, organ, params, number },
    caseId: step.caseId,
    state: 'drafted' as const,
    draftedAt: step.at,
    contentId: content,
  };
  return { number, content, writes: [storeFile(content, file, step.at), insertDocuments([row])] };
}

/** A document that replaces a void one says what that one said. */
async function paramsOf(tx: Transaction, params: JsonObject): Promise<JsonObject> {
  const { replaces } = params;
  if (typeof replaces !== 'string') return params;
  const [replaced] = await tx
    .select({ params: documents.params })
    .from(documents)
    .where(eq(documents.id, replaces));
  return { ...replaced?.params, ...params };
}

/** The next number of the document's series, per organ and year; null for a paper without one. */
async function nextNumber(
  tx: Transaction,
  pack: RulePack,
  kind: string,
  organ: string,
  at: Instant,
): Promise<string | null> {
  const pattern = pack.documents[kind]?.numberPattern ?? null;
  if (pattern === null) return null;
  const year = Number(dateOf(at).slice(0, 4));
  const [row] = await takeNumber(tx, organ, pattern, year);
  return pattern
    .replace('{organShort}', organOf(pack, organ).short)
    .replace('{year}', String(year))
    .replace('{number}', String(row?.last));
}
