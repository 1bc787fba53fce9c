import type { CalendarDate, Instant } from '../../rules/date.js';
import type { Step } from './step.js';

/** Refuses the record of an act that has not happened yet. A day sorts before its instants, so both compare as text. */
export function requireNotLater(step: Step, day: CalendarDate | Instant, where: string): void {
  if (day <= step.at) return;
  step.refuse('rule.refused', {
    what: 'an act is recorded when it has happened, not before',
    where,
    expected: `<= ${step.at}`,
    found: day,
  });
}

/** Refuses the record of an act that would lie before what made it possible. */
export function requireNotBefore(step: Step, day: CalendarDate, earliest: CalendarDate, where: string): void {
  if (day >= earliest) return;
  step.refuse('rule.refused', {
    what: 'the act can not lie before what it rests on',
    where,
    expected: `>= ${earliest}`,
    found: day,
  });
}
