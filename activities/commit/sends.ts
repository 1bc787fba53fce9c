import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/database.js';
import { bodyHash, REQUESTS_CHANNEL } from '../../db/requestRows.js';
import { requests } from '../../db/schema/index.js';
import type { SendDraft } from '../../workflows/messages/step.js';
import { issueToTell } from './issues.js';
import type { WritingStep } from './writes.js';

/**
 * A case asks another case: a row of `requests`, like a person's, in the asking step's own transaction. The relay sends it
 * until it is answered, so it can be neither lost nor, being keyed by its row, done twice.
 */
export async function sendToCases(
  tx: Transaction,
  step: WritingStep,
  drafts: readonly SendDraft[],
): Promise<void> {
  if (drafts.length === 0) return;
  const receivers: string[] = [];
  for (const { to } of drafts)
    receivers.push(typeof to === 'string' ? to : await issueToTell(tx, to.issueOf, step.caseId));
  const rows = drafts.map(({ name, body }, index) => ({
    id: randomUUID(),
    idempotencyKey: `${step.cause}/${index}`,
    actor: { id: step.caseId, kind: 'system' as const, roles: [] },
    actorId: step.caseId,
    name,
    caseId: receivers[index] ?? '',
    body,
    bodyHash: bodyHash(body),
    receivedAt: step.at,
    status: 'open' as const,
    origin: step.origin ?? null,
  }));
  await tx.insert(requests).values(rows);
  await tx.execute(sql`select pg_notify(${REQUESTS_CHANNEL}, '')`);
}
