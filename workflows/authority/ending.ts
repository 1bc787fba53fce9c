import type { CalendarDate } from '../../rules/date.js';
import { requireNotLater } from '../kernel/days.js';
import type { Step } from '../kernel/step.js';
import { permitCaseId } from '../messages/caseId.js';
import type { TaskForms } from '../messages/catalogue.js';
import type { JsonObject } from '../messages/json.js';
import type { EndedByAuthority } from '../messages/step.js';
import type { OnPermit } from './onPermit.js';

/** The permit ends from this day on: it is told, and so are the platform, the public, and whoever compensates. */
export function endPermit<Facts extends JsonObject & OnPermit>(
  step: Step<Facts>,
  ending: { readonly state: EndedByAuthority; readonly on: CalendarDate; readonly compensation: boolean },
): void {
  const { permitNo } = step.facts;
  const { state, on, compensation } = ending;
  step.tell(permitCaseId(permitNo), 'permit.endedByAuthority', {
    ...{ decisionId: step.caseId, state, on, at: step.at },
  });
  if (compensation)
    step.openTask('compensation', 'officer', 'accepting', { limit: 'authority.compensation' });
  step.openTask('platformEnding', 'acceptance', 'accepting', { limit: 'platform.record' });
  step.openTask('publicity', 'acceptance', 'accepting', { limit: 'publicity' });
  step.conclude(state, 'compensation', 'platformEnding', 'publicity');
}

/** ALL 8, 69: who lost by the decision, and was not to blame, is compensated. How, is agreed and recorded. */
export function settleCompensation<Facts extends JsonObject>(
  step: Step<Facts>,
  { outcome, on }: TaskForms['compensation'],
): void {
  requireNotLater(step, on as CalendarDate, 'on');
  step.record('compensation.settled', { outcome, on });
}
