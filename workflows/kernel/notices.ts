import type { CalendarDate } from '../../rules/date.js';
import type { CaseMessages } from '../messages/between.js';
import type { RequestBodies } from '../messages/catalogue.js';
import { requireNotLater } from './days.js';
import type { Step } from './step.js';
import { actorsTask } from './tasks.js';

/** The notices that nobody was reached with, by whom they were for. */
type Undelivered = { readonly [recipient: string]: readonly string[] };

const undelivered = (step: Step): Undelivered => (step.facts['undelivered'] ?? {}) as Undelivered;

/** What no channel could deliver becomes a person's task, and what a person then said is recorded. */
export const noticeRequests = {
  /** One task for each whom nobody reached, however many notices he missed. Silence never follows. */
  'notice.undeliverable': (step: Step, body: CaseMessages['notice.undeliverable']): void => {
    const { noticeId, template, recipient, reason } = body;
    const missed = undelivered(step);
    step.remember({
      undelivered: { ...missed, [recipient]: [...(missed[recipient] ?? []), noticeId] },
    });
    step.record('notice.undeliverable', { template, recipient, reason });
    const kind = `contact.${recipient}`;
    if (step.openTasks(kind).length > 0) return;
    // Telling the applicant is as urgent as serving him. Telling our own people has no clock: its ladder would tell them.
    const more = recipient === 'applicant' ? { limit: 'service' } : {};
    step.openTask(kind, 'acceptance', 'accepting', more);
  },
  /** Recorded whether or not a task asked for it: a call that was made is a call that was made. */
  'notice.byHand': (step: Step, body: RequestBodies['notice.byHand']): void => {
    const { recipient, method, spokenTo, note } = body;
    const on = body.on as CalendarDate;
    requireNotLater(step, on, 'on');
    for (const { id } of step.openTasks(`contact.${recipient}`)) {
      const task = actorsTask(step, id);
      step.changeTask({ type: 'completed', id, outcome: method, form: { method, spokenTo, on, note } });
      step.stopTaskClock(task);
    }
    const { [recipient]: missed = [], ...others } = undelivered(step);
    step.remember({ undelivered: others });
    step.toldByHand(missed);
    step.record('notice.byHand', { recipient, method, spokenTo, on, note });
  },
};
