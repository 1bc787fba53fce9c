import type { CaseState } from '../messages/state.js';

/**
 * Brings the state that an older release continued as new with to today's shape. There is one shape so far; a later one
 * raises `version` and is reached from here, so that no run ever meets a state that its code does not know.
 */
export function upgrade(state: CaseState): CaseState {
  return state;
}
