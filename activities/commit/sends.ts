import { randomUUID } from 'node:crypto';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/database.js';
import { bodyHash, REQUESTS_CHANNEL } from '../../db/requestRows.js';
import { cases, requests } from '../../db/schema/index.js';
import type { SendDraft } from '../../workflows/messages/step.js';
import { issueToTell } from './issues.js';
import type { WritingStep } from './writes.js';

/**
 * A case asks another case: a row of `requests`, like a person's, in the asking step's own transaction. The relay sends it
 * until it is answered, so it can be neither lost nor, being keyed by its row, done twice. `family` keeps apart what one step
 * sends in more than one way.
 */
export async function sendToCases(
  tx: Transaction,
  step: WritingStep,
  drafts: readonly SendDraft[],
  family = '',
): Promise<void> {
  const addressed: { readonly to: string; readonly key: string; readonly draft: SendDraft }[] = [];
  for (const [index, draft] of drafts.entries()) {
    const key = `${step.cause}/${family}${index}`;
    if (typeof draft.to === 'string') addressed.push({ to: draft.to, key, draft });
    else if ('issueOf' in draft.to)
      addressed.push({ to: await issueToTell(tx, draft.to.issueOf, step.caseId), key, draft });
    else {
      for (const to of await openCasesOf(tx, draft.to)) {
        if (to !== step.caseId) addressed.push({ to, key: `${key}/${to}`, draft });
      }
    }
  }
  if (addressed.length === 0) return;
  const rows = addressed.map(({ to, key, draft: { name, body } }) => ({
    id: randomUUID(),
    idempotencyKey: key,
    actor: { id: step.caseId, kind: 'system' as const, roles: [] },
    actorId: step.caseId,
    name,
    caseId: to,
    body,
    bodyHash: bodyHash(body),
    receivedAt: step.at,
    status: 'open' as const,
    origin: step.origin ?? null,
  }));
  await tx.insert(requests).values(rows);
  await tx.execute(sql`select pg_notify(${REQUESTS_CHANNEL}, '')`);
}

/** The open cases about a permit. A case that opens locks its permit first, so a step that has changed it sees them all. */
async function openCasesOf(
  tx: Transaction,
  { permitNo, kinds }: Extract<SendDraft['to'], { readonly kinds: unknown }>,
): Promise<readonly string[]> {
  const found = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.permitNo, permitNo), inArray(cases.kind, [...kinds]), isNull(cases.outcome)))
    .orderBy(cases.id);
  return found.map(({ id }) => id);
}
