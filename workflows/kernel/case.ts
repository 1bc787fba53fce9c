import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  log,
  makeContinueAsNewFunc,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { type Instant, instantOf, millisOf } from '../../rules/date.js';
import { isResting } from '../messages/caseId.js';
import type { JsonObject } from '../messages/json.js';
import { RETIMED_SIGNAL } from '../messages/publication.js';
import { emptyState, reduce } from '../messages/reduce.js';
import { type Actor, type CaseRequest, REQUEST_UPDATE, type RequestAnswer } from '../messages/request.js';
import { areaAttribute, stageAttribute } from '../messages/searchAttributes.js';
import { ROLLOVER_SIGNAL, type Standing, STANDING_QUERY } from '../messages/standing.js';
import { type CaseInput, type CaseState, newest } from '../messages/state.js';
import type { Cause, CommitResult, NextMoment } from '../messages/step.js';
import { commit } from './commit.js';
import { describeCase } from './details.js';
import { judge } from './judge.js';
import type { AnyProcedure } from './procedure.js';
import { begunUnder } from './patches.js';
import { OneTimer } from './timer.js';
import { upgrade } from './upgrade.js';

const requestUpdate = defineUpdate<RequestAnswer, [CaseRequest]>(REQUEST_UPDATE);
const retimedSignal = defineSignal<[string]>(RETIMED_SIGNAL);
const standingQuery = defineQuery<Standing>(STANDING_QUERY);
const rolloverSignal = defineSignal(ROLLOVER_SIGNAL);

/** How long a moment waits, in milliseconds, for the requests that come before it, before it looks again. */
const firstPatience = 5000;
const longestPatience = 3_600_000;

/** A run with more events than this begins anew at its next pause, quiet or not: every event is replayed after an eviction. */
const longestHistory = 2000;

/** How near a moment is, in milliseconds, when a resting case was woken for it and still waits: our clocks differ a little. */
const aboutToCome = 60_000;

/** The clocks act for nobody. */
const clockActor: Actor = { id: 'clock', kind: 'system', roles: [] };

interface Waiting {
  readonly request: CaseRequest;
  readonly answer: (answer: RequestAnswer) => void;
  readonly refuse: (failure: ApplicationFailure) => void;
}

/**
 * Runs a case from its first request to its end: takes requests and moments one at a time in the order of their legal
 * instants, lets the procedure judge each, commits the step, and waits for the next. Continues as new at quiet points, and where the history has grown long.
 *
 * A case of a resting kind does not wait: once nothing is left to do it ends its run, and is started again, with the state
 * that the database has of it, by the next request or when its next moment has come.
 */
export async function runCase(procedure: AnyProcedure, input: CaseInput): Promise<void> {
  await new CaseRun(procedure, input).toTheEnd();
}

class CaseRun {
  private state: CaseState;
  private quiet = false;
  /** A release wants no older run: this one begins anew as soon as nothing is under way. */
  private rollingOver = false;
  private patience = firstPatience;
  private readonly queue: Waiting[] = [];
  /** The cause of a step that was committed for this case and that it has not looked at yet. */
  private retimedBy: string | null = null;
  /** See `patches.ts`: a run of an older release goes on as it began. */
  private readonly quietSteps: boolean;
  private readonly timer: OneTimer;

  constructor(
    private readonly procedure: AnyProcedure,
    private readonly input: CaseInput,
  ) {
    this.quietSteps = begunUnder('quietSteps', input);
    this.timer = new OneTimer(() => this.now(), !this.quietSteps);
    this.state = input.state === undefined ? emptyState(input) : upgrade(input.state);
    // Before anything is awaited: a request that is already there must find its handler.
    setHandler(
      requestUpdate,
      (request) => new Promise((answer, refuse) => this.queue.push({ request, answer, refuse })),
    );
    setHandler(retimedSignal, (cause) => void (this.retimedBy = cause));
    setHandler(standingQuery, () => ({ revision: this.state.revision, stage: this.state.stage }));
    setHandler(rolloverSignal, () => {
      this.rollingOver = true;
    });
    setCurrentDetails(describeCase(this.state));
    this.setTimer();
  }

  async toTheEnd(): Promise<void> {
    while (this.state.outcome === null || this.queue.length > 0) {
      await condition(
        () => this.queue.length > 0 || this.retimedBy !== null || this.timer.due || this.rollingOver,
      );
      if (this.retimedBy !== null) await this.handleRetiming(this.retimedBy);
      const moment = this.timer.due ? this.state.next : null;
      const waiting = takeFirst(this.queue, moment);
      if (waiting !== undefined) await this.handleRequest(waiting);
      else if (moment !== null) await this.handleMoment(moment);
      if (this.mayRest()) {
        await condition(allHandlersFinished);
        if (this.mayRest()) return;
      }
      if (this.mayBeginAnew()) {
        await condition(allHandlersFinished);
        if (this.mayBeginAnew()) await beginAnew({ ...this.input, ...newest, state: this.state });
      }
    }
    await condition(allHandlersFinished);
  }

  /** Legal time as the workflow knows it, in milliseconds. */
  private now(): number {
    return Date.now() + this.input.clockOffset;
  }

  private mayRest(): boolean {
    return isResting(this.input.kind) && this.queue.length === 0 && !this.timer.due;
  }

  /** A resting case is woken for its moments: it waits for none but one that is about to come. */
  private setTimer(): void {
    const { next } = this.state;
    const far = next !== null && millisOf(next.at) > this.now() + aboutToCome;
    this.timer.set(far && isResting(this.input.kind) ? null : next);
  }

  private mayBeginAnew(): boolean {
    const wanted = this.quiet || this.rollingOver || workflowInfo().historyLength > longestHistory;
    const idle = this.queue.length === 0 && this.retimedBy === null;
    return wanted && idle && this.state.outcome === null;
  }

  private async handleRequest({ request, answer, refuse }: Waiting): Promise<void> {
    let verdict: CommitResult['verdict'];
    try {
      verdict = await this.take(
        { type: 'request', id: request.id },
        request.receivedAt,
        request.actor,
        request,
      );
    } catch (error) {
      // A fault of ours: the caller learns it, the request stays open and is sent again, and nothing hangs.
      log.error('a request could not be judged', {
        request: request.id,
        name: request.name,
        error: String(error),
      });
      refuse(failure('internal', { what: error instanceof Error ? error.name : 'unknown' }));
      return;
    }
    if (verdict.type === 'refused') refuse(failure(verdict.code, verdict.detail));
    else if (verdict.type === 'committed') {
      const { revision, stage, result } = verdict;
      answer({ caseId: this.input.caseId, revision, stage, result });
    } else refuse(failure('internal', { what: `a request was answered with ${verdict.type}` }));
  }

  private async handleMoment(moment: NextMoment): Promise<void> {
    const verdict = await this.take({ type: 'clock', moment }, moment.at, clockActor);
    // Nobody may refuse a clock: that is a fault of ours. The task fails, visibly, and is tried again after a release.
    if (verdict.type === 'refused') throw new Error(`${verdict.code} at ${moment.clock}/${moment.moment}`);
    // Requests received before the moment come first; the relay sends them until they are answered.
    // Each look is a timer in the history, so the looks grow rarer the longer a request stays unanswered.
    if (verdict.type !== 'wait') this.patience = firstPatience;
    else {
      // Only what comes before the moment ends the wait: one that came after it would make the case look without end.
      const isEarlier = ({ request }: Waiting) => request.receivedAt < moment.at;
      await condition(() => this.retimedBy !== null || this.queue.some(isEarlier), this.patience);
      // Without a request to wait for, it is only the legal clock that is a little behind.
      const behind = verdict.requests.length === 0;
      this.patience = behind ? firstPatience : Math.min(this.patience * 2, longestPatience);
    }
  }

  /** A publication of the calendar has counted this case's clocks anew: what it wrote is adopted, the timer with it. */
  private async handleRetiming(id: string): Promise<void> {
    this.retimedBy = null;
    await this.take({ type: 'signal', id }, instantOf(this.now()), clockActor);
  }

  /** Judges a cause and commits it; judges again in the new state as long as the database proves to be ahead. */
  private async take(
    cause: Cause,
    at: Instant,
    actor: Actor,
    request?: CaseRequest,
  ): Promise<CommitResult['verdict']> {
    for (;;) {
      const result = await commit({
        caseId: this.input.caseId,
        expectedRevision: this.state.revision,
        cause,
        at,
        recordedAt: instantOf(Math.max(this.now(), millisOf(at))),
        actor,
        ...(request?.origin === undefined ? {} : { origin: request.origin }),
        ...judge(this.procedure, this.state, cause, at, actor, request),
      });
      this.adopt(result);
      if (result.verdict.type !== 'behind') return result.verdict;
      if (cause.type === 'signal') return result.verdict;
      if (cause.type === 'clock' && !isSameMoment(this.state.next, cause.moment)) return result.verdict;
    }
  }

  private adopt(result: CommitResult): void {
    const before = this.state.stage;
    this.state = { ...result.steps.reduce(reduce, this.state), next: result.next };
    this.quiet = result.steps.some((step) => step.quiet);
    this.setTimer();
    setCurrentDetails(describeCase(this.state));
    const { stage } = this.state;
    // The runs of a resting case last a moment: nobody looks for them.
    if (isResting(this.input.kind)) return;
    if (this.quietSteps) this.file();
    else if (stage !== before) upsertSearchAttributes([{ key: stageAttribute, value: stage }]);
  }

  /**
   * Files the case under what never changes. Its stage, which does, is in the details above and in SQL: as an attribute it
   * cost a third of what a step costs the database. One that an older release left is taken away.
   */
  private file(): void {
    const { typedSearchAttributes: known } = workflowInfo();
    const area = this.state.opening?.area;
    if (area === undefined || known.get(areaAttribute) === area) return;
    const left = known.get(stageAttribute) === undefined ? [] : [{ key: stageAttribute, value: null }];
    upsertSearchAttributes([{ key: areaAttribute, value: area }, ...left]);
  }
}

const beginAnew = makeContinueAsNewFunc<(input: CaseInput) => Promise<void>>();

const isSameMoment = (next: NextMoment | null, moment: NextMoment): boolean =>
  next?.clock === moment.clock && next.moment === moment.moment && next.at === moment.at;

/** The earliest request, unless the moment that has come is earlier still. */
function takeFirst(queue: Waiting[], moment: NextMoment | null): Waiting | undefined {
  const first = queue.reduce<Waiting | undefined>(
    (earliest, waiting) =>
      earliest === undefined || waiting.request.receivedAt < earliest.request.receivedAt ? waiting : earliest,
    undefined,
  );
  if (first === undefined || (moment !== null && moment.at <= first.request.receivedAt)) return undefined;
  queue.splice(queue.indexOf(first), 1);
  return first;
}

function failure(code: string, detail: JsonObject): ApplicationFailure {
  return ApplicationFailure.create({ type: code, message: code, nonRetryable: true, details: [detail] });
}
