import { type CalendarDate, parseInstant } from '../../rules/date.js';
import { requireNotLater } from '../kernel/days.js';
import type { Branches, Step } from '../kernel/step.js';
import type { StartedForIssue } from '../messages/between.js';
import type { TaskForms } from '../messages/catalogue.js';
import type { JsonObject } from '../messages/json.js';

/** What every procedure of the authority remembers of its permit. */
export type OnPermit = { readonly permitNo: string; readonly unitId: string };

/**
 * Goes on by how the permit stands, as the transaction finds it: `inForce`, `lapsed`, or `ended`. Where there is no branch
 * for it, nor for `noPermit` and `alreadyUnderWay` (another open case of this kind), the request is refused.
 */
export function requirePermit<Facts extends JsonObject & OnPermit>(
  step: Step<Facts>,
  branches: Branches<Facts>,
  asks: string | null = null,
): void {
  const { permitNo, unitId } = step.facts;
  step.dependOn('permitStanding', { permitNo, unitId, area: step.opening.area, asks }, branches);
}

/** What an officer has started out of an issue says so. The issue waits for its end. */
export function recordIssue(step: Step, { officer, issueId }: Partial<StartedForIssue>): void {
  if (issueId !== undefined) step.record('case.openedForIssue', { issue: issueId, officer: officer ?? null });
}

/** The platform has the end of the permit under its business number. */
export function recordEnding<Facts extends JsonObject & OnPermit>(
  step: Step<Facts>,
  { permitNo, platform }: TaskForms['platformEnding'],
): void {
  if (permitNo !== step.facts.permitNo) {
    step.refuse('rule.refused', {
      ...{ what: 'the record is of another permit', where: 'permitNo' },
      ...{ expected: step.facts.permitNo, found: permitNo },
    });
  }
  requireNotLater(step, parseInstant(platform.at, 'platform.at'), 'platform.at');
  step.record('platform.actRecorded', { businessNo: platform.businessNo, platformAt: platform.at });
}

/** The decision was published, on a day that has come. */
export function recordPublication(step: Step, { on }: TaskForms['publicity']): void {
  requireNotLater(step, on as CalendarDate, 'on');
  step.record('decision.published', { on });
}
