import type { Step } from './kernel/step.js';
import type { ClassMismatch } from './messages/between.js';
import type { TaskForms } from './messages/catalogue.js';

/** The yearly review finds that the rules give a holder another class: one task a year, for a person to judge. */
export function raiseMismatch(step: Step, found: ClassMismatch): void {
  const { year, held, expected, rules } = found;
  if (step.facts['reviewedIn'] === year) return;
  step.remember({ reviewedIn: year });
  step.record('class.mismatch', { year, held, expected: expected.zh, expectedEnglish: expected.en, rules });
  step.openTask('classMismatch', 'officer', 'accepting', { limit: 'class.review' });
}

/** What a person made of it. */
export function settleMismatch(step: Step, { outcome, note }: TaskForms['classMismatch']): void {
  step.record('class.mismatchSettled', { outcome, note });
}
