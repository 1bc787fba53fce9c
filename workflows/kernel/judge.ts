import { DomainError } from '../../rules/errors.js';
import type { Instant } from '../../rules/date.js';
import { packById } from '../../rules/packs/index.js';
import { messageNames } from '../messages/between.js';
import type { RequestBodies } from '../messages/catalogue.js';
import type { JsonObject } from '../messages/json.js';
import type { Actor, CaseRequest } from '../messages/request.js';
import type { CaseState } from '../messages/state.js';
import type { Cause, CommitInput } from '../messages/step.js';
import { clockRequests, reachMoment } from './clocks.js';
import { documentRequests } from './documents.js';
import { leverRequests } from './levers.js';
import { noticeRequests } from './notices.js';
import type { AnyProcedure } from './procedure.js';
import { Step } from './step.js';
import { completeTask, returnTask, taskRequests } from './tasks.js';
import { wakeRequests } from './wake.js';

type Handler = (step: Step, body: JsonObject) => void;

/**
 * Judges one cause in one state: pure, and without a trace but its result. A refusal is a result too: it is recorded as the
 * request's answer. Throws what is not a `DomainError`, which only a fault in our code can be.
 */
export function judge(
  procedure: AnyProcedure,
  state: CaseState,
  cause: Cause,
  at: Instant,
  actor: Actor,
  request?: CaseRequest,
): Pick<CommitInput, 'opening' | 'decided'> {
  const step = new Step(
    state,
    at,
    actor,
    state.opening === null ? undefined : packById(state.opening.packId),
  );
  try {
    if (cause.type === 'clock') reachMoment(step, procedure, cause.moment);
    else if (request !== undefined) judgeRequest(step, procedure, request);
    step.settle();
    return step.decided();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { decided: { type: 'refused', code: error.code, detail: { ...error.detail } } };
  }
}

function judgeRequest(step: Step, procedure: AnyProcedure, { name, body, actor }: CaseRequest): void {
  if (actor.kind !== 'system' && messageNames.some((message) => message === name)) {
    step.refuse('auth.forbidden', { what: 'only another case may ask this', found: name });
  }
  const opens = own(procedure.opens as Readonly<Record<string, Handler>>, name);
  if (step.state.opening === null) {
    if (opens === undefined) step.refuse('not.found', { what: 'there is no such case', where: step.caseId });
    opens(step, body);
    return;
  }
  if (step.state.outcome !== null) {
    step.refuse('case.closed', { what: 'the case is closed', where: step.caseId, found: step.state.outcome });
  }
  const handler = own(handlersOf(procedure), name);
  if (handler === undefined) {
    // A case whose number follows from what it is about (a region's sampling of a year) is asked for a second time.
    if (opens !== undefined)
      step.refuse('case.exists', { what: 'there is such a case already', where: step.caseId });
    step.refuse('request.unknown', {
      what: 'this kind of case takes no such request',
      where: step.caseId,
      found: name,
    });
  }
  handler(step, body);
}

/** Every object answers to `toString`; no case does. */
function own(handlers: Readonly<Record<string, Handler>>, name: string): Handler | undefined {
  return Object.hasOwn(handlers, name) ? handlers[name] : undefined;
}

/**
 * Every request that a case of this procedure takes: the procedure's own and those that all cases share. Bodies were parsed
 * against their name's schema at the border, so the name tells the body's type.
 */
function handlersOf(procedure: AnyProcedure): Readonly<Record<string, Handler>> {
  const known = knownHandlers.get(procedure);
  if (known !== undefined) return known;
  const handlers = {
    ...taskRequests(procedure),
    ...clockRequests,
    ...documentRequests(procedure),
    ...leverRequests(procedure),
    ...noticeRequests,
    ...wakeRequests,
    'task.complete': (step: Step, body: RequestBodies['task.complete']) =>
      completeTask(step, procedure, body),
    'task.return': (step: Step, body: never) => returnTask(step, procedure, body),
    ...procedure.requests,
  } as unknown as Readonly<Record<string, Handler>>;
  knownHandlers.set(procedure, handlers);
  return handlers;
}

/** Put together once a run, not once a request. */
const knownHandlers = new WeakMap<AnyProcedure, Readonly<Record<string, Handler>>>();
