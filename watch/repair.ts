import { eq, sql } from 'drizzle-orm';
import { clockOffset } from '../db/legalClock.js';
import { writeAudit } from '../db/queries/audit.js';
import { standingFindings } from '../db/queries/watch.js';
import { cases, requests } from '../db/schema/index.js';
import { hurryRequests } from '../relay/hurry.js';
import { insertRequest } from '../relay/insert.js';
import { allWatchKinds, type WatchKind, watchKind } from '../rules/watchKinds.js';
import { caseKindOf, permitCaseId } from '../workflows/messages/caseId.js';
import type { Actor } from '../workflows/messages/request.js';
import { type CaseInput, newest } from '../workflows/messages/state.js';
import { forEach, type WatchContext } from './context.js';

/** What was done about a finding; `failed` names an error, and the finding stands. */
export interface Repair {
  readonly kind: WatchKind;
  readonly id: string;
  readonly done: 'started' | 'woken' | 'sentAgain' | 'terminated' | 'failed';
  readonly error?: string;
}

const watchActor: Actor = { id: 'watch', kind: 'system', roles: [] };

/** Workflows first: what is woken or sent again afterwards finds one that can answer. */
const order = (kind: WatchKind): number => (watchKind(kind).ofWorkflows === true ? 0 : 1);

/**
 * Does about every finding that stands what can do no harm: nothing of it decides anything, and each may be repeated. Every
 * repair is in the audit log, and waking a case in its ledger too.
 */
export async function repairFindings(context: WatchContext): Promise<readonly Repair[]> {
  const repairs: Repair[] = [];
  for (const kind of [...allWatchKinds].sort((one, other) => order(one) - order(other))) {
    if (watchKind(kind).repairable !== true) continue;
    const found = await standingFindings(context.db, kind);
    repairs.push(...(await forEach(found, ({ id }) => repair(context, kind, id))));
  }
  return repairs;
}

async function repair(context: WatchContext, kind: WatchKind, id: string): Promise<Repair> {
  const { db, logger } = context;
  let made: Repair;
  try {
    made = { kind, id, done: await act(context, kind, id) };
  } catch (error) {
    made = { kind, id, done: 'failed', error: error instanceof Error ? error.name : 'unknown' };
  }
  const { done } = made;
  const failure = made.error === undefined ? {} : { error: made.error };
  await writeAudit(db, {
    ...{ category: 'change', action: 'watch.repaired', subject: id, actorId: null, requestId: null },
    detail: { kind, done, ...failure },
  });
  logger[done === 'failed' ? 'error' : 'warn']({ watch: kind, id, done, ...failure }, 'repaired');
  return made;
}

async function act(context: WatchContext, kind: WatchKind, id: string): Promise<Repair['done']> {
  if (kind === 'case.withoutWorkflow') {
    await startWorkflow(context, id);
    await wake(context, kind, id);
    return 'started';
  }
  if (kind === 'workflow.ofClosedCase') {
    await context.client.workflow.getHandle(id).terminate('the case is closed');
    return 'terminated';
  }
  if (kind === 'request.unanswered') {
    await sendAgain(context, id);
    return 'sentAgain';
  }
  await wake(context, kind, kind === 'permit.overdue' ? permitCaseId(id) : id);
  return 'woken';
}

/** A workflow for a case that has lost its own: it knows nothing yet, and adopts every step with the first request. */
async function startWorkflow({ client, db, taskQueue }: WatchContext, caseId: string): Promise<void> {
  const kind = caseKindOf(caseId);
  const input: CaseInput = { caseId, kind, clockOffset: await clockOffset(db), ...newest };
  await client.workflow.start(kind, {
    workflowId: caseId,
    taskQueue,
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING',
    // The one that it had has ended without the case: terminated by hand, or lost with a database.
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
  });
}

/** Once for each revision: a case that does not move is not asked again and again. */
async function wake({ db }: WatchContext, finding: WatchKind, caseId: string): Promise<void> {
  const [row] = await db.select({ revision: cases.revision }).from(cases).where(eq(cases.id, caseId));
  if (row === undefined) return;
  await insertRequest(db, {
    ...{
      idempotencyKey: `${caseId}/${row.revision}/${finding}`,
      actor: watchActor,
      name: 'case.wake',
      caseId,
    },
    ...{ body: { finding }, sentByRelay: true },
  });
  await hurryRequests(db, caseId);
}

async function sendAgain({ db }: WatchContext, requestId: string): Promise<void> {
  const [row] = await db
    .select({ caseId: requests.caseId })
    .from(requests)
    .where(sql`${requests.id}::text = ${requestId}`);
  if (row !== undefined) await hurryRequests(db, row.caseId);
}
