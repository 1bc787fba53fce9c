import { patched } from '@temporalio/workflow';

/**
 * Every change to the order of commands of runs that were begun under an earlier release. Each has its id, the day it came,
 * and when it may go: an id is removed once SQL shows no open run without it (`npx yizheng rollover` makes idle ones begin
 * anew), and the corpus is recorded anew.
 *
 * A run asks once, at its beginning, and so keeps to its end the order that it began with.
 */
const patches = {
  /**
   * 2026-11-24. Until then a case's timer was set anew with every change of its next moment, and its search attribute with
   * every change of its stage: three events a step, and a row of the visibility database with all of its indexes.
   * To be removed when every open run was begun after release 0.1.0.
   */
  quietSteps: 'quiet-steps',
} as const;

/** Whether this run was begun under the change of this name. Called while a run begins, and at no other time. */
export const begunUnder = (change: keyof typeof patches): boolean => patched(patches[change]);
