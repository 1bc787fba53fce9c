import { type CalendarDate, dateOf, type Instant, parseInstant } from '../../rules/date.js';
import { requireNotLater } from '../kernel/days.js';
import type { Step } from '../kernel/step.js';
import type { RegistrationState } from '../messages/register.js';

/** What a registration form's case remembers. */
export type RegistrationFacts = {
  readonly registrationNo: string;
  readonly unitId: string;
  readonly state: RegistrationState;
  /** The content of the newest version. */
  readonly contentId: string;
  /** The first application for a permit under way that is to take the form's place. */
  readonly application: string | null;
  /** The last year whose review of the classes has raised its mismatch here. */
  readonly reviewedIn: number | null;
  /** The rows of the platform's list that are its versions, as long as nothing was done here; null from then on. */
  readonly imported?: readonly string[] | null;
  /** When the import that it stands by was asked for. */
  readonly importedAt?: Instant;
};

/** A step of a registration form. */
export type RegistrationStep = Step<RegistrationFacts>;

/** The state of the form: the stage of its case, and what the register says. */
export function setState(step: RegistrationStep, state: RegistrationState): void {
  step.remember({ state });
  step.enter(state);
  step.registration({ type: 'state', registrationNo: step.facts.registrationNo, state });
}

/** A further version of the form's content, with the act on the platform that made it. */
export function addVersion(
  step: RegistrationStep,
  kind: 'filed' | 'change' | 'renewal' | 'closed',
  contentId: string,
  platform: { readonly businessNo: string; readonly at: string },
): void {
  const { registrationNo } = step.facts;
  step.remember({ contentId });
  step.registration({ type: 'version', registrationNo, kind, contentId, platform });
}

/** The day of an act on the platform, which is the unit's own act: not our record of it is in time, or late. */
export function dayOfAct(step: RegistrationStep, platform: { readonly at: string }): CalendarDate {
  const at = parseInstant(platform.at, 'platform.at');
  requireNotLater(step, at, 'platform.at');
  return dateOf(at);
}
