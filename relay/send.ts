import {
  ApplicationFailure,
  type Client,
  type WorkflowOptions,
  isGrpcServiceError,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { eq } from 'drizzle-orm';
import type { ErrorCode } from '../rules/errors.js';
import type { Database } from '../db/database.js';
import { clockOffset } from '../db/legalClock.js';
import { isRestingCase, restingState } from '../db/queries/resting.js';
import { cases, requests } from '../db/schema/index.js';
import { activeTrace, inSpan, type SpanOptions } from '../observe/spans.js';
import { caseKindOf } from '../workflows/messages/caseId.js';
import type { JsonObject } from '../workflows/messages/json.js';
import { type CaseRequest, REQUEST_UPDATE, type RequestAnswer } from '../workflows/messages/request.js';
import { areaAttribute } from '../workflows/messages/searchAttributes.js';
import { type CaseInput, newest } from '../workflows/messages/state.js';
import type { RequestRow } from './insert.js';

/** What a request has come to so far. An open one is still under way, and will be answered. */
export type RequestStatus =
  | { readonly status: 'done'; readonly answer: JsonObject }
  | { readonly status: 'refused'; readonly code: ErrorCode; readonly detail: JsonObject }
  | { readonly status: 'open' };

/** Every case's workflow takes the same input. */
export type CaseWorkflow = (input: CaseInput) => Promise<void>;

/** What sending needs. */
export interface SendingContext {
  readonly db: Database;
  readonly client: Client;
  readonly taskQueue: string;
}

/** A resting case that is closed, or was never there: nobody is woken for it. */
class NobodyThere extends Error {
  override readonly name = 'NobodyThere';
}

/** The requests that may be a case's first: the case's workflow is started with them. */
const opening: readonly string[] = [
  'application.submit',
  'permit.issue',
  'permit.import',
  'cancellation.open',
  'authorityChange.start',
  'annulment.start',
  'withdrawal.start',
  'revocation.start',
  'urging.start',
  'authorityChange.open',
  'annulment.open',
  'urging.open',
  'registration.file',
  'registration.import',
  'cleanUp.draft',
  'issue.find',
  'issue.open',
  'issue.import',
  'sampling.open',
  'bulletin.draft',
  'qualityReview.open',
  'sweep.start',
  'selfCheck.open',
];

/**
 * Sends a request to its case and answers with what the case's step committed. Sending again is always safe: the request's
 * id is the step's cause. A case that does not answer within `deadline` milliseconds leaves the request open.
 */
export async function sendRequest(
  context: SendingContext,
  row: RequestRow,
  deadline: number,
): Promise<RequestStatus> {
  if (row.status !== 'open') return statusOf(row);
  try {
    const sent = inSpan('send request', spanOf(row), () =>
      context.client.withDeadline(Date.now() + deadline, () => update(context, row)),
    );
    // A call whose server dies under it may outlive its deadline; whoever waits for us must not.
    await Promise.race([sent, afterwards(deadline + 500)]);
  } catch (error) {
    await answerForClosedCase(context, row, error);
  }
  const [now] = await context.db.select().from(requests).where(eq(requests.id, row.id));
  return statusOf(now ?? row);
}

/** Sent by the call that received it, or later by a relay: always under the trace that the request came with. */
const spanOf = ({ id, caseId, name, origin }: RequestRow): SpanOptions => ({
  kind: 'producer',
  attributes: { 'yizheng.request': id, 'yizheng.case': caseId, 'yizheng.name': name },
  traceparent: origin?.traceparent,
});

/** Resolves after so many milliseconds. */
const afterwards = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds).unref());

/**
 * The Update's id is the request's, so that sending again meets the Update that is under way. One that ended in a fault of
 * ours is remembered by the server with its fault: the relay asks anew, under an id of its attempt.
 */
async function update(context: SendingContext, row: RequestRow): Promise<RequestAnswer> {
  try {
    return await updateUnder(row.id, context, row);
  } catch (error) {
    // The run went to rest while the request was on its way: another is started for it.
    if (isRestingCase(row.caseId) && isOver(error)) return await updateUnder(row.id, context, row);
    if (row.attempts === 0 || !isFault(error)) throw error;
    return await updateUnder(`${row.id}/${row.attempts}`, context, row);
  }
}

/** The run ended before it took the request, or while it was at it. */
const isOver = (error: unknown): boolean =>
  error instanceof WorkflowNotFoundError ||
  (error instanceof WorkflowUpdateFailedError &&
    error.cause instanceof ApplicationFailure &&
    error.cause.type === 'AcceptedUpdateCompletedWorkflow');

const isFault = (error: unknown): boolean =>
  error instanceof WorkflowUpdateFailedError &&
  error.cause instanceof ApplicationFailure &&
  error.cause.type === ('internal' satisfies ErrorCode);

async function updateUnder(
  updateId: string,
  { client, db, taskQueue }: SendingContext,
  row: RequestRow,
): Promise<RequestAnswer> {
  const { id, name, receivedAt, actor, body, caseId } = row;
  const origin = row.origin === null ? {} : { origin: { ...row.origin, ...activeTrace() } };
  const request: CaseRequest = { id, name, receivedAt, actor, body, ...origin };
  const rests = isRestingCase(caseId);
  if (!opening.includes(name) && !rests) {
    return await client.workflow
      .getHandle(caseId)
      .executeUpdate<RequestAnswer, [CaseRequest]>(REQUEST_UPDATE, { args: [request], updateId });
  }
  const kind = caseKindOf(caseId);
  // A resting case has no workflow that knows it: whoever starts one tells it.
  const state = rests ? await restingState(db, { caseId, kind }) : undefined;
  if (rests && (state === undefined ? !opening.includes(name) : state.outcome !== null))
    throw new NobodyThere();
  const input: CaseInput = {
    ...{ caseId, kind, clockOffset: await clockOffset(db), ...newest },
    ...(state === undefined ? {} : { state }),
  };
  return await client.workflow.executeUpdateWithStart<CaseWorkflow, RequestAnswer, [CaseRequest]>(
    REQUEST_UPDATE,
    {
      args: [request],
      updateId,
      startWorkflowOperation: new WithStartWorkflowOperation(kind, {
        workflowId: caseId,
        taskQueue,
        args: [input],
        ...(rests ? {} : filedUnder(body)),
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: rests ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
      }),
    },
  );
}

/** The area that a first request names, as a search attribute of the start: the case need not write it with its first step. */
const filedUnder = ({ area }: JsonObject): Pick<WorkflowOptions, 'typedSearchAttributes'> =>
  typeof area === 'string' ? { typedSearchAttributes: [{ key: areaAttribute, value: area }] } : {};

/**
 * A closed case has no workflow that could answer. That is the one case in which the sender writes the answer, and only
 * when the database says that the case is closed or was never there; every other failure leaves the row open.
 */
async function answerForClosedCase({ db }: SendingContext, row: RequestRow, error: unknown): Promise<void> {
  const gone =
    error instanceof NobodyThere ||
    error instanceof WorkflowNotFoundError ||
    error instanceof WorkflowExecutionAlreadyStartedError;
  if (!gone) {
    if (isAnswer(error)) return;
    throw error;
  }
  await db.transaction(async (tx) => {
    const [found] = await tx
      .select({ outcome: cases.outcome })
      .from(cases)
      .where(eq(cases.id, row.caseId))
      .for('share');
    if (found !== undefined && found.outcome === null) return;
    const [request] = await tx.select().from(requests).where(eq(requests.id, row.id)).for('update');
    if (request?.status !== 'open') return;
    const answer =
      found === undefined
        ? { code: 'not.found', detail: { what: 'there is no such case', found: row.caseId } }
        : {
            code: 'case.closed',
            detail: { what: 'the case is closed', where: row.caseId, found: found.outcome },
          };
    await tx
      .update(requests)
      .set({ status: 'refused', answer, leasedUntil: null })
      .where(eq(requests.id, row.id));
  });
}

/** Failures that leave the request's row to tell the outcome: a refusal, a time-out, a server that is away. */
function isAnswer(error: unknown): boolean {
  return (
    (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) ||
    error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
    isGrpcServiceError(error) ||
    (error instanceof Error && isGrpcServiceError(error.cause))
  );
}

/** What a row says of its request. */
export function statusOf(row: RequestRow): RequestStatus {
  if (row.status === 'open') return { status: 'open' };
  if (row.status === 'done') return { status: 'done', answer: row.answer ?? {} };
  const { code, detail } = (row.answer ?? {}) as { code: ErrorCode; detail: JsonObject };
  return { status: 'refused', code, detail };
}
