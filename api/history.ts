import type { Client } from '@temporalio/client';
import { isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { z } from 'zod';
import { DomainError } from '../rules/errors.js';
import { ledgerOfRevisions } from '../db/queries/cases.js';
import { isRestingCase } from '../db/queries/resting.js';
import type { PageRequest } from '../db/queries/keyset.js';
import type { Context } from './context.js';
import { instant } from './fields.js';
import { maskedEntry } from './masking.js';
import { eventInWords, type EventInWords } from './historyWords.js';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

const ledgerLine = z.object({
  sequence: z.int(),
  event: z.string(),
  article: z.string().nullable(),
  zh: z.string(),
  en: z.string(),
});

/** A page of a case's workflow history. */
export const historySchema = z
  .object({
    caseId: z.string(),
    runId: z
      .string()
      .meta({ description: 'the run that the page is from: a case continues as new at quiet points' }),
    items: z.array(
      z.object({
        id: z.int(),
        at: instant.meta({ description: 'the workflow’s own time' }),
        type: z.string().meta({ example: 'WorkflowExecutionUpdateAccepted' }),
        zh: z.string(),
        en: z.string(),
        technical: z.boolean().meta({ description: 'the engine’s own doing, of no meaning for the case' }),
        requestId: z.string().nullable(),
        ledger: z.array(ledgerLine).meta({ description: 'what the step wrote into the ledger' }),
      }),
    ),
    next: z
      .string()
      .nullable()
      .meta({ description: 'the cursor of the next page; null at the newest event' }),
  })
  .meta({ id: 'History' });

/** Where a page begins: a run, and the server's token within it. */
const cursorSchema = z.object({ run: z.string(), token: z.string() });
type Cursor = z.infer<typeof cursorSchema>;

/** How long Temporal may take for one page. */
const patience = 5000;

/**
 * A page of the history of a case's workflow, from the oldest run that Temporal still keeps to the newest. Throws
 * `not.found` when it keeps none (the ledger stays), `service.unavailable` when it does not answer.
 */
export async function historyPage(
  context: Context,
  caseId: string,
  { limit, cursor }: PageRequest,
): Promise<z.infer<typeof historySchema>> {
  try {
    return await context.client.withDeadline(Date.now() + patience, async () => {
      const from = cursor === undefined ? await oldestRun(context, caseId) : readCursor(cursor);
      const { events, token } = await readEvents(context, caseId, from, limit);
      const told = await Promise.all(
        events.map((event) => eventInWords(event, (payloads) => decode(context.client, payloads))),
      );
      const lines = await ledgerOfRevisions(
        context.db,
        caseId,
        told.flatMap((event) => event.revisions),
      );
      const items = told.map(({ revisions, ...event }: EventInWords) => ({
        ...event,
        ledger: lines
          .filter((line) => revisions.includes(line.revision))
          .map(maskedEntry)
          .map(({ sequence, event: name, article, zh, en }) => ({ sequence, event: name, article, zh, en })),
      }));
      const nextRun =
        events.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ??
        (token === '' && isRestingCase(caseId) ? await runAfter(context, caseId, from.run) : undefined);
      const next = token !== '' ? { run: from.run, token } : nextRun ? { run: nextRun, token: '' } : null;
      return { caseId, runId: from.run, items, next: next === null ? null : writeCursor(next) };
    });
  } catch (error) {
    if (isGone(error)) {
      throw new DomainError('not.found', {
        what: 'Temporal keeps no history of this case; its ledger stays',
        found: caseId,
      });
    }
    if (!isTemporalAway(error)) throw error;
    throw new DomainError('service.unavailable', {
      what: 'Temporal does not answer; try again',
      where: 'temporal',
    });
  }
}

/** Follows the chain of runs back as far as Temporal still has it. */
async function oldestRun(context: Context, caseId: string): Promise<Cursor> {
  if (isRestingCase(caseId)) {
    const [oldest] = await runsOf(context, caseId);
    if (oldest !== undefined) return { run: oldest, token: '' };
  }
  let { runId } = await context.client.workflow.getHandle(caseId).describe();
  for (;;) {
    const before = await runBefore(context, caseId, runId);
    if (before === undefined) return { run: runId, token: '' };
    try {
      // Still there? Retention may have taken it.
      await readEvents(context, caseId, { run: before, token: '' }, 1);
      runId = before;
    } catch (error) {
      if (isGone(error)) return { run: runId, token: '' };
      throw error;
    }
  }
}

/** The runs of a resting case, the oldest first: each waking is one of its own. The newest may take a moment to be listed. */
async function runsOf({ client }: Context, caseId: string): Promise<readonly string[]> {
  const runs: { readonly runId: string; readonly startTime: Date }[] = [];
  const query = `WorkflowId = '${caseId}'`;
  for await (const { runId, startTime } of client.workflow.list({ query })) runs.push({ runId, startTime });
  return runs
    .sort((one, other) => one.startTime.getTime() - other.startTime.getTime())
    .map(({ runId }) => runId);
}

async function runAfter(context: Context, caseId: string, run: string): Promise<string | undefined> {
  const runs = await runsOf(context, caseId);
  return runs[runs.indexOf(run) + 1];
}

/** The run that continued as this one; undefined for a case's first. */
async function runBefore(context: Context, caseId: string, run: string): Promise<string | undefined> {
  const { events } = await readEvents(context, caseId, { run, token: '' }, 1);
  const before = events[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
  return before === null || before === '' ? undefined : before;
}

async function readEvents(
  { client, namespace }: Context,
  workflowId: string,
  { run, token }: Cursor,
  limit: number,
): Promise<{ readonly events: readonly HistoryEvent[]; readonly token: string }> {
  const { history, nextPageToken } = await client.workflowService.getWorkflowExecutionHistory({
    namespace,
    execution: { workflowId, runId: run },
    maximumPageSize: limit,
    nextPageToken: Buffer.from(token, 'base64'),
  });
  return { events: history?.events ?? [], token: Buffer.from(nextPageToken).toString('base64') };
}

/** Payloads as values, through the client's own codec and converter. */
async function decode(
  { options: { loadedDataConverter } }: Client,
  payloads: temporal.api.common.v1.IPayload[],
): Promise<readonly unknown[]> {
  let plain = payloads;
  for (const codec of loadedDataConverter.payloadCodecs.toReversed()) plain = await codec.decode(plain);
  return plain.map((payload) => loadedDataConverter.payloadConverter.fromPayload<unknown>(payload));
}

/** gRPC's INVALID_ARGUMENT, which is what a run id that was never one gets, and NOT_FOUND. */
const gone: readonly number[] = [3, 5];

const isGone = (error: unknown): boolean =>
  error instanceof WorkflowNotFoundError || (isGrpcServiceError(error) && gone.includes(error.code));

/** The SDK wraps some of the server's errors once more. */
const isTemporalAway = (error: unknown): boolean =>
  isGrpcServiceError(error) || (error instanceof Error && isGrpcServiceError(error.cause));

const writeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

function readCursor(text: string): Cursor {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw new DomainError('input.invalid', {
      what: 'not a cursor of this history',
      where: 'query.cursor',
      expected: 'the `next` of an earlier page',
    });
  }
}
