import { patched } from '@temporalio/workflow';
import type { CaseInput, Change } from '../messages/state.js';

/** A change to the order of commands that runs begun under an earlier release must not see. */
interface Patch {
  /** What `patched` is given: never changed. */
  readonly id: string;
  /** The day it came. */
  readonly since: string;
  /** What must be so before the id and the old branch go. */
  readonly goesWhen: string;
}

/**
 * Every change to the order of commands of runs that were begun under an earlier release. An id is removed once no open run is
 * without it (`npx yizheng rollover` makes idle ones begin anew, and says so), and the corpus is recorded anew.
 *
 * A run learns it once, at its beginning, and so keeps to its end the order that it began with.
 */
export const patches = {
  /**
   * Until then a case's timer was set anew with every change of its next moment, and its search attribute with every change of
   * its stage: three events a step, and a row of the visibility database with all of its indexes.
   */
  quietSteps: {
    id: 'quiet-steps',
    since: '2026-11-24',
    goesWhen: 'every open run was begun after release 0.1.0',
  },
} as const satisfies Record<Change, Patch>;

/**
 * Whether this run was begun under the change of this name. Called while a run begins, and at no other time. Its input says
 * so: `patched` costs each run a marker, a search attribute, and a row of the visibility database; only runs that
 * were begun before the input said it still ask. Whatever starts runs is released with the workers, never before them.
 */
export const begunUnder = (change: Change, input: CaseInput): boolean =>
  input.begunUnder?.includes(change) ?? patched(patches[change].id);
