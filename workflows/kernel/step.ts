import type { CaseKind } from '../messages/caseId.js';
import { familyOf } from '../messages/family.js';
import type { JsonObject } from '../messages/json.js';
import type { CaseOpening, GuardedDrafts, GuardParams, StepDraft } from '../messages/step.js';
import { TaskWords } from './words/taskWords.js';

/** What a guarded step does for each answer that the transaction may find. */
export type Branches<Facts extends JsonObject> = Readonly<Record<string, (step: Step<Facts>) => void>>;

/**
 * One step of a case while it is being judged: the words in which procedures are written. It changes nothing but its own
 * draft; `commit` makes the draft true. Everything it knows is the state, the cause's legal instant and the actor.
 */
export class Step<Facts extends JsonObject = JsonObject> extends TaskWords<Facts> {
  private guarded: GuardedDrafts | undefined;
  private isBranch = false;

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
   * Leaves the rest of the step to an answer that only its transaction can find (a guard of `activities/commit`). Each
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
      drafts[answer] = step.draft;
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

const structuredCloneOfJson = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;
