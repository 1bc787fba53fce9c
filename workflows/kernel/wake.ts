import type { CaseMessages } from '../messages/between.js';
import type { Step } from './step.js';

/**
 * The watch wakes a case that did not move: no legal effect, and an entry that says so. Any step makes a workflow adopt what
 * its case's rows know and look at its moments again; this one does nothing else.
 */
export const wakeRequests = {
  'case.wake': (step: Step, { finding }: CaseMessages['case.wake']): void => {
    step.record('case.woken', { finding });
  },
};
