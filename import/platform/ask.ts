import { randomUUID } from 'node:crypto';
import { inArray, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.js';
import { legalNow } from '../../db/legalClock.js';
import { recordKey } from '../../db/queries/platformRecords.js';
import { bodyHash, REQUESTS_CHANNEL } from '../../db/requestRows.js';
import { cases, permits, requests } from '../../db/schema/index.js';
import { permitCaseId } from '../../workflows/messages/caseId.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import type { ListedRecord } from './act.js';
import type { DifferingRecord, NewRecord } from './judge.js';

/** A row that asks something of a case. */
export interface AskingRow {
  readonly record: ListedRecord;
  readonly judged: NewRecord | DifferingRecord;
}

/** A row with the request that it made; null where the same was asked before. */
export interface AskedRow extends AskingRow {
  readonly caseId: string;
  readonly requestId: string | null;
}

/**
 * Writes the requests of a page down, in one transaction; in a dry run it only finds out which there would be. Two imports of
 * one file at once write each of them once.
 */
export async function askCases(
  db: Database,
  page: readonly AskingRow[],
  { by, dryRun }: { readonly by: string; readonly dryRun: boolean },
): Promise<readonly AskedRow[]> {
  const rows = page.map((row) => ({ row, request: requestOf(row.judged, by) }));
  const keys = rows.map(({ request }) => request.idempotencyKey);
  const known = await db
    .select({ actorId: requests.actorId, key: requests.idempotencyKey })
    .from(requests)
    .where(inArray(requests.idempotencyKey, keys));
  const stands = new Set(known.map(({ actorId, key }) => `${actorId} ${key}`));
  const asked = rows.map(({ row, request }) => {
    const isKnown = stands.has(`${request.actor.id} ${request.idempotencyKey}`);
    return { row, request, requestId: isKnown ? null : randomUUID() };
  });
  const fresh = asked.flatMap(({ request, requestId }) =>
    requestId === null ? [] : [{ ...request, id: requestId }],
  );
  if (!dryRun && fresh.length > 0) await write(db, fresh);
  return asked.map(({ row, request, requestId }) => ({ ...row, caseId: request.caseId, requestId }));
}

type Request = ReturnType<typeof requestOf>;

async function write(db: Database, fresh: readonly (Request & { readonly id: string })[]): Promise<void> {
  await db.transaction(async (tx) => {
    // As with every request: what a deadline must wait for is received under locks that its step takes too.
    const caseIds = fresh.map(({ caseId }) => caseId);
    const own = tx.select({ id: cases.id }).from(cases).where(inArray(cases.id, caseIds));
    await own.orderBy(cases.id).for('share');
    const numbers = fresh.flatMap(({ permitNo }) => permitNo ?? []);
    const register = tx
      .select({ no: permits.permitNo })
      .from(permits)
      .where(inArray(permits.permitNo, numbers));
    await register.orderBy(permits.permitNo).for('share');
    const receivedAt = await legalNow(tx);
    const values = fresh.map((row) => ({
      ...row,
      ...{ actorId: row.actor.id, bodyHash: bodyHash({ name: row.name, body: row.body }) },
      ...{ receivedAt, status: 'open' as const },
    }));
    await tx.insert(requests).values(values).onConflictDoNothing();
    await tx.execute(sql`select pg_notify(${REQUESTS_CHANNEL}, '')`);
  });
}

/** What a case is asked: by the officer himself for the task that is his, by the system for a difference that he brought in. */
function requestOf(judged: NewRecord | DifferingRecord, by: string) {
  if (judged.type === 'record') {
    const { task, actor, form, refusedBefore } = judged;
    const { procedure, permitNo, caseId } = task;
    const mayGoOn =
      task.caseKind === 'application' && (procedure === 'renewal' || procedure === 'reapplication');
    const body: JsonObject = { taskId: task.taskId, form };
    const idempotencyKey = `${recordKey(task.taskId)}/${refusedBefore}`;
    return {
      ...{ idempotencyKey, actor, name: 'task.complete', caseId, body },
      permitNo: mayGoOn ? permitNo : null,
    };
  }
  const { permitNo } = judged.permit;
  const body: JsonObject = { ...judged.difference, differences: [...judged.difference.differences] };
  const actor = { id: 'import/platform', kind: 'system' as const, roles: [], onBehalfOf: by };
  const idempotencyKey = `${permitNo}/${bodyHash({ name: 'permit.platformDiffers', body })}`;
  const caseId: string = permitCaseId(permitNo);
  return { idempotencyKey, actor, name: 'permit.platformDiffers', caseId, body, permitNo: null };
}
