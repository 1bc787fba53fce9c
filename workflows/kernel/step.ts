import type { EventName } from '../../rules/events.js';
import { type CalendarDate, type Instant, dateOf } from '../../rules/date.js';
import { DomainError, type ErrorCode } from '../../rules/errors.js';
import type { Procedure } from '../../rules/facts.js';
import type { Level } from '../../rules/ladder.js';
import type { NoticeTemplate, SpokenParams } from '../../rules/notices.js';
import { type RulePack, responsibility } from '../../rules/pack.js';
import type { MessageName } from '../messages/between.js';
import type { CaseKind } from '../messages/caseId.js';
import { familyOf } from '../messages/family.js';
import type { Json, JsonObject } from '../messages/json.js';
import type { Actor } from '../messages/request.js';
import type { CleanUpChange, RegistrationChange } from '../messages/register.js';
import type { ReviewChange } from '../messages/reviews.js';
import type { CaseState } from '../messages/state.js';
import type {
  CaseOpening,
  ClockChange,
  ClockView,
  Day,
  DocumentChange,
  GuardedDrafts,
  GuardParams,
  IssueChange,
  LedgerLine,
  NoticeDraft,
  PermitChange,
  Place,
  SendDraft,
  StepDraft,
  TaskChange,
  TaskOpened,
} from '../messages/step.js';

/** What a guarded step does for each answer that the transaction may find. */
export type Branches<Facts extends JsonObject> = Readonly<Record<string, (step: Step<Facts>) => void>>;

/**
 * One step of a case while it is being judged: the words in which procedures are written. It changes nothing but its own
 * draft; `commit` makes the draft true. Everything it knows is the state, the cause's legal instant and the actor.
 */
export class Step<Facts extends JsonObject = JsonObject> {
  private readonly draft: {
    stage?: string;
    outcome?: string;
    quiet?: boolean;
    facts: Record<string, Json>;
    tasks: TaskChange[];
    clocks: ClockChange[];
    documents: DocumentChange[];
    ledger: LedgerLine[];
    notices: NoticeDraft[];
    toldByHand: string[];
    sends: SendDraft[];
    permit: PermitChange[];
    packId?: string;
    registration: RegistrationChange[];
    cleanUp: CleanUpChange[];
    issue: IssueChange[];
    reviews: ReviewChange[];
    result: Record<string, Json>;
  } = {
    facts: {},
    tasks: [],
    clocks: [],
    documents: [],
    ledger: [],
    notices: [],
    toldByHand: [],
    sends: [],
    permit: [],
    registration: [],
    cleanUp: [],
    issue: [],
    reviews: [],
    result: {},
  };
  private guarded: GuardedDrafts | undefined;
  private isBranch = false;
  private openedWith: CaseOpening | undefined;

  constructor(
    readonly state: CaseState,
    readonly at: Instant,
    readonly actor: Actor,
    private pinned: RulePack | undefined,
  ) {}

  /** The rules that the case pinned when it was opened. */
  get pack(): RulePack {
    if (this.pinned === undefined) throw new DomainError('internal', { what: 'the case has no rules yet' });
    return this.pinned;
  }

  /** The day of the step, Asia/Shanghai. */
  get on(): CalendarDate {
    return dateOf(this.at);
  }

  get caseId(): string {
    return this.state.caseId;
  }

  get stage(): string {
    return this.draft.stage ?? this.state.stage;
  }

  /** What the procedure remembers, with what this step has added. The procedure alone writes it, so it has its shape. */
  get facts(): Facts {
    return { ...this.state.facts, ...this.draft.facts } as Facts;
  }

  get opening(): CaseOpening {
    const opening = this.openedWith ?? this.state.opening;
    if (opening === null) throw new DomainError('internal', { what: 'the case has not been opened' });
    return opening;
  }

  /**
   * Makes this the case's first step, under these rules and for the organs that they make responsible; `organs` names those
   * that the procedure knows better.
   */
  open(
    pack: RulePack,
    {
      organs: named = {},
      ...opening
    }: Omit<CaseOpening, 'kind' | 'packId' | 'organs'> & {
      procedure: Procedure;
      organs?: Partial<CaseOpening['organs']>;
    },
  ): void {
    const { accepting, reviewing, deciding, sealing, supervising } = responsibility(
      pack,
      opening.area,
      opening.procedure,
    );
    const organs = { accepting, reviewing, deciding, sealing, supervising, ...named };
    this.pinned = pack;
    this.openedWith = { ...opening, kind: this.state.kind, packId: pack.id, organs };
  }

  /** From this step on the case follows another pack: its documents, chains and conditions, and its clocks, counted anew. */
  moveTo(pack: RulePack): void {
    this.pinned = pack;
    this.draft.packId = pack.id;
  }

  /** The case goes on as another procedure of the same kind of case: its organs are that procedure's from now on. */
  goOnAs(procedure: Procedure): void {
    const { kind: _, packId: __, organs: ___, ...opening } = this.opening;
    this.open(this.pack, { ...opening, procedure });
  }

  organ(place: Place): string {
    return typeof place === 'string' ? this.opening.organs[place] : place.organ;
  }

  /** Refuses the request, unless the case stands at one of these stages. */
  require(...stages: readonly string[]): void {
    if (stages.includes(this.stage)) return;
    this.refuse('case.stage', {
      what: 'the case is not at a stage that allows this',
      where: this.caseId,
      expected: stages.join(' | '),
      found: this.stage,
    });
  }

  /** Refuses the request; the refusal is recorded as its answer. */
  refuse(code: ErrorCode, detail: ConstructorParameters<typeof DomainError>[1]): never {
    throw new DomainError(code, detail);
  }

  enter(stage: string): void {
    this.draft.stage = stage;
  }

  remember(facts: Partial<Facts>): void {
    Object.assign(this.draft.facts, facts);
  }

  /** Writes a line into the ledger. The text and the article are the event's, in `rules/events.ts`. */
  record(event: EventName, params: JsonObject = {}, article?: string | null): void {
    this.draft.ledger.push(article === undefined ? { event, params } : { event, params, article });
  }

  /** Queues a notice. Its text is the template's, in `notices/`; who that is today is found when it is sent. */
  notify<Template extends NoticeTemplate>(
    template: Template,
    recipient: Level,
    params: SpokenParams<Template> & JsonObject,
  ): void {
    this.draft.notices.push({ template, recipient, params });
  }

  /** The recipient of these notices, which no channel could deliver, knows now. */
  toldByHand(notices: readonly string[]): void {
    this.draft.toldByHand.push(...notices);
  }

  /** Sends a request to another case, in this step's transaction. */
  tell(caseId: SendDraft['to'], name: string, body: JsonObject): void {
    this.draft.sends.push({ to: caseId, name, body });
  }

  /** Sends a request to every open case of these kinds that is about a permit: which they are, the transaction knows. */
  tellCasesOf(permitNo: string, kinds: readonly CaseKind[], name: MessageName, body: JsonObject): void {
    this.draft.sends.push({ to: { permitNo, kinds }, name, body });
  }

  permit(change: PermitChange): void {
    this.draft.permit.push(change);
  }

  registration(change: RegistrationChange): void {
    this.draft.registration.push(change);
  }

  cleanUp(change: CleanUpChange): void {
    this.draft.cleanUp.push(change);
  }

  issue(change: IssueChange): void {
    this.draft.issue.push(change);
  }

  reviews(change: ReviewChange): void {
    this.draft.reviews.push(change);
  }

  answer(result: JsonObject): void {
    Object.assign(this.draft.result, result);
  }

  /** The case may continue as new after this step: nothing is under way in it. */
  quietPoint(): void {
    this.draft.quiet = true;
  }

  // Clocks

  /** The clock as the case knows it, or undefined when it was never started. */
  clock(id: string): ClockView | undefined {
    return this.state.clocks[id];
  }

  startClock(clock: string, limit: string, on: Day): void {
    this.draft.clocks.push({ clock, type: 'started', limit, on });
  }

  changeClock(change: ClockChange): void {
    this.draft.clocks.push(change);
  }

  /** Stops the clocks that still run and whose name is one of these, whatever their round. */
  stopClocks(...names: readonly string[]): void {
    for (const [id, clock] of Object.entries(this.state.clocks)) {
      if (clock.state === 'stopped' || this.isStopping(id) || !names.includes(nameOf(id))) continue;
      this.draft.clocks.push({ clock: id, type: 'stopped', on: this.on });
    }
  }

  /** A clock goes on though this step has completed the task that it was started for: what it bounds is not done. */
  keepClock(clock: string): void {
    this.draft.clocks = this.draft.clocks.filter(
      (change) => change.clock !== clock || change.type !== 'stopped',
    );
  }

  private isStopping(clock: string): boolean {
    return this.draft.clocks.some((change) => change.clock === clock && change.type === 'stopped');
  }

  /** Whether the clock's last lawful day is not over yet on the day of this step. A paused clock can not run out. */
  isInTime(clock: string): boolean {
    const view = this.state.clocks[clock];
    if (view === undefined || view.lapsed || view.state === 'stopped') return false;
    return view.due === null ? view.state === 'paused' : this.on <= view.due;
  }

  // Tasks

  /** Opens a human task for a role of an organ, in the next round of its kind. Answers with the task's round. */
  openTask(
    kind: string,
    role: string,
    organ: Place,
    more: { clock?: string; assignee?: string; limit?: string } = {},
  ): number {
    const round = this.rounds(kind) + 1;
    const clock = more.clock ?? (more.limit === undefined ? undefined : `${kind}.${round}`);
    if (more.limit !== undefined && clock !== undefined) this.startClock(clock, more.limit, this.on);
    this.draft.tasks.push({
      type: 'opened',
      id: `${this.caseId}#${kind}.${round}`,
      kind,
      round,
      role,
      organ: this.organ(organ),
      ...(clock === undefined ? {} : { clock }),
      ...(more.assignee === undefined ? {} : { assignee: more.assignee }),
    });
    this.countRound(kind);
    return round;
  }

  /** Counts a round of something that is not a task. */
  countRound(kind: string): void {
    this.draft.facts['rounds'] = { ...this.roundsByKind, [kind]: this.rounds(kind) + 1 };
  }

  changeTask(change: TaskChange): void {
    this.draft.tasks.push(change);
  }

  /** How many rounds of this kind of task there have been. */
  rounds(kind: string): number {
    return this.roundsByKind[kind] ?? 0;
  }

  private get roundsByKind(): Readonly<Record<string, number>> {
    return ({ ...this.state.facts, ...this.draft.facts }['rounds'] ?? {}) as Record<string, number>;
  }

  /** The open tasks whose kind is one of these; all of them when none is named. This step's own changes are counted in. */
  openTasks(...kinds: readonly string[]): readonly TaskOpened[] {
    const open = new Map(Object.entries(this.state.tasks));
    for (const change of this.draft.tasks) {
      if (change.type === 'opened') open.set(change.id, change);
      else if (change.type !== 'assigned') open.delete(change.id);
    }
    return [...open.values()].filter((task) => kinds.length === 0 || kinds.includes(task.kind));
  }

  /** Closes tasks that events have overtaken, with the clocks that belong to them. */
  overtakeTasks(...kinds: readonly string[]): void {
    for (const task of this.openTasks(...kinds)) {
      this.draft.tasks.push({ type: 'overtaken', id: task.id });
      this.stopTaskClock(task);
    }
  }

  /** Stops the clock that was started for this task alone. */
  stopTaskClock({ clock, kind, round }: TaskOpened): void {
    if (
      clock !== `${kind}.${round}` ||
      this.state.clocks[clock]?.state === 'stopped' ||
      this.isStopping(clock)
    )
      return;
    this.draft.clocks.push({ clock, type: 'stopped', on: this.on });
  }

  // Documents

  changeDocument(change: DocumentChange): void {
    this.draft.documents.push(change);
  }

  // The end

  /**
   * The case has its outcome, and closes as soon as its documents are sealed and served and the tasks of these families
   * are done. Every other task is overtaken, and every clock that belongs to none of those left stops.
   */
  conclude(outcome: string, ...families: readonly string[]): void {
    const left = ['seal', 'serve', ...families];
    for (const task of this.openTasks()) {
      // An applicant whom no notice reached is still to be told; that the case is over changes nothing about it.
      if (!left.includes(familyOf(task.kind)) && task.kind !== 'contact.applicant')
        this.overtakeTasks(task.kind);
    }
    const kept = this.openTasks().map((task) => task.clock);
    const changed = new Set(this.draft.clocks.map((change) => change.clock));
    for (const [clock, view] of Object.entries(this.state.clocks)) {
      if (view.state === 'stopped' || kept.includes(clock) || changed.has(clock)) continue;
      this.changeClock({ clock, type: 'stopped', on: this.on });
    }
    this.draft.stage = 'concluding';
    this.draft.facts['concluding'] = outcome;
  }

  /** Closes a case that has concluded once nothing is left to do in it. Called at the end of every step. */
  settle(): void {
    const outcome = this.facts['concluding'];
    if (typeof outcome !== 'string' || this.openTasks().length > 0) return;
    this.draft.stage = 'closed';
    this.draft.outcome = outcome;
    for (const [clock, view] of Object.entries(this.state.clocks)) {
      if (view.state !== 'stopped' && !this.isStopping(clock))
        this.changeClock({ clock, type: 'stopped', on: this.on });
    }
    this.record('case.closed', { outcome });
    const { kind, permitNo } = this.opening;
    if (permitNo !== null && linkedByIssues.includes(kind))
      this.tellCasesOf(permitNo, ['issue'], 'issue.linkedCaseEnded', { caseId: this.caseId, outcome });
  }

  /**
   * Leaves the rest of the step to an answer that only its transaction can find (a guard of `activities/guards`). Each
   * branch is judged on what the step has done so far, and one of them is committed. A step asks one guard, as its last
   * word: what it does after that is no part of any branch.
   */
  dependOn(guard: string, params: GuardParams, branches: Branches<Facts>): void {
    if (this.isBranch || this.guarded !== undefined)
      throw new Error(`a step asks one guard; found ${guard} too`);
    const drafts: Record<string, StepDraft> = {};
    for (const [answer, branch] of Object.entries(branches)) {
      const step = this.fork();
      branch(step);
      step.settle();
      drafts[answer] = step.finished();
    }
    this.guarded = { guard, params, branches: drafts };
  }

  private fork(): Step<Facts> {
    const copy = new Step<Facts>(this.state, this.at, this.actor, this.pinned);
    copy.openedWith = this.openedWith;
    copy.isBranch = true;
    Object.assign(copy.draft, structuredCloneOfJson(this.draft));
    return copy;
  }

  private finished(): StepDraft {
    return this.draft;
  }

  /** What the step came to: handed to `commit`. */
  decided(): {
    opening?: CaseOpening;
    decided: { type: 'draft'; draft: StepDraft } | { type: 'guarded'; drafts: GuardedDrafts };
  } {
    const decided =
      this.guarded === undefined
        ? ({ type: 'draft', draft: this.draft } as const)
        : ({ type: 'guarded', drafts: this.guarded } as const);
    return this.openedWith === undefined ? { decided } : { opening: this.openedWith, decided };
  }
}

/**
 * A value that a guard finds together with its answer, and that only the step's transaction knows: it may stand in the facts,
 * the ledger, the notices and the result of a branch, and is put in its place as the step commits. No procedure ever has the value
 * in its hands, so it fits wherever one is written down.
 */
export const found = (name: string): never => ({ found: name }) as never;

/** The kinds of case that an issue may wait for. */
const linkedByIssues: readonly CaseKind[] = [
  'application',
  'authorityChange',
  'annulment',
  'urging',
  'cancellation',
];

/** The name of a clock or task without its round: `completeness.2` is a `completeness`. */
export function nameOf(id: string): string {
  return id.replace(/\.\d+$/, '');
}

const structuredCloneOfJson = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;
