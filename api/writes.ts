import { DomainError } from '../rules/errors.js';
import { contentIdsIn, readableContents } from '../db/queries/contents.js';
import { type CaseRow, findCase } from '../db/queries/cases.js';
import { currentOrigin } from '../observe/origin.js';
import { inSpan } from '../observe/spans.js';
import { insertRequest, type RequestRow } from '../relay/insert.js';
import { type RequestStatus, sendRequest } from '../relay/send.js';
import type { RequestName } from '../workflows/messages/catalogue.js';
import type { JsonObject } from '../workflows/messages/json.js';
import type { Actor } from '../workflows/messages/request.js';
import type { Context } from './context.js';
import { InvalidInput } from './parse.js';
import { actorOf, grantsFor, grantsOnCase, type Person, scopeFor, scopeOf } from './policy.js';
import { isUnavailable, problemOf } from './problem.js';
import type { Answer } from './route.js';

/** Something that a person asks of a case, parsed. */
export interface Asked {
  readonly name: RequestName;
  readonly caseId: string;
  readonly body: object;
  readonly idempotencyKey: string;
  /** The path of the HTTP request, for problems. */
  readonly instance: string;
}

/**
 * The one path of every write to a case that stands: the case must be the person's to see and, by the policy, to act on;
 * then the request is written down, sent, and answered with what the case's step committed. Throws `not.found` and
 * `auth.forbidden`.
 */
export async function ask(context: Context, person: Person, asked: Asked): Promise<Answer> {
  const found = await findCase(context.db, scopeFor(person, 'case.read'), asked.caseId);
  if (found === undefined)
    throw new DomainError('not.found', { what: 'there is no such case', found: asked.caseId });
  const actor = actorOf(person, grantsOnCase(person, asked.name, found));
  return await record(context, person, actor, asked, { permitNo: permitOf(found) });
}

/** The permit whose expiry must wait for what is asked of this case: that of a renewal or re-application under way. */
export function permitOf({
  kind,
  procedure,
  permitNo,
}: Pick<CaseRow, 'kind' | 'procedure' | 'permitNo'>): string | undefined {
  const mayGoOn = procedure === 'renewal' || procedure === 'reapplication';
  return kind === 'application' && mayGoOn && permitNo !== null ? permitNo : undefined;
}

/**
 * Writes a request down and sends it. Once it is written it is received: whatever fails after that, the answer is 202 and
 * the relay goes on. `opens` is for the request that opens a case, which a repeated key finds under its first case id.
 */
export async function record(
  context: Context,
  person: Person,
  actor: Actor,
  asked: Asked,
  { opens = false, permitNo }: { readonly opens?: boolean; readonly permitNo?: string | undefined } = {},
): Promise<Answer> {
  const body = JSON.parse(JSON.stringify(asked.body)) as JsonObject;
  await requireContents(context, person, body);
  const { name, caseId, idempotencyKey } = asked;
  const origin = currentOrigin();
  const row = await inSpan('receive request', { kind: 'client', attributes: { 'yizheng.name': name } }, () =>
    insertRequest(context.db, {
      ...{ idempotencyKey, actor, name, caseId, body },
      ...(permitNo === undefined ? {} : { permitNo }),
      ...(origin === undefined ? {} : { origin }),
    }),
  );
  if (!opens && row.caseId !== caseId) {
    throw new DomainError('request.mismatch', {
      what: 'this idempotency key was used for another case',
      where: 'header.Idempotency-Key',
      expected: row.caseId,
      found: caseId,
    });
  }
  const status = await send(context, row);
  context.logger.info(
    { request: row.id, case: row.caseId, name, person: person.id, status: status.status },
    'asked',
  );
  return answerOf(row, status, asked.instance, opens);
}

async function send(context: Context, row: RequestRow): Promise<RequestStatus> {
  try {
    return await sendRequest(context, row, context.deadline);
  } catch (error) {
    if (!isUnavailable(error)) {
      context.logger.error(
        { request: row.id, error: error instanceof Error ? error.name : 'unknown' },
        'not sent',
      );
    }
    return { status: 'open' };
  }
}

/** What is handed in by reference must be stored, and the person's to hand in. */
async function requireContents({ db }: Context, person: Person, body: JsonObject): Promise<void> {
  const ids = contentIdsIn(body);
  const readable = await readableContents(db, person.id, scopeOf(grantsFor(person, 'content.read')), ids);
  const missing = ids.filter((id) => !readable.has(id));
  if (missing.length === 0) return;
  const faults = missing.map((found) => ({
    path: 'body',
    what: 'no such content is stored, or it is not yours',
    expected: 'the id that POST /contents answered',
    found,
  }));
  throw new InvalidInput(faults);
}

/** What a request has come to, as HTTP says it. */
function answerOf(row: RequestRow, status: RequestStatus, instance: string, opens: boolean): Answer {
  const { id: requestId, caseId, receivedAt } = row;
  switch (status.status) {
    case 'done': {
      const location = { Location: `/cases/${caseId}` };
      return {
        status: opens ? 201 : 200,
        body: { requestId, caseId, ...status.answer },
        ...(opens ? { headers: location } : {}),
      };
    }
    case 'refused': {
      const problem = problemOf(status.code, status.detail, instance, { requestId });
      return { status: problem.status, body: problem };
    }
    case 'open':
      return {
        status: 202,
        body: { requestId, caseId, status: 'open', receivedAt },
        headers: { Location: `/requests/${requestId}`, 'Retry-After': '1' },
      };
  }
}
