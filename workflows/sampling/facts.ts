import type { CalendarDate, Instant } from '../../rules/date.js';
import type { Place } from '../messages/step.js';
import type { Step } from '../kernel/step.js';

/** What a sampling remembers: where its rounds stand. Populations, seeds and samples are the database's. */
export type SamplingFacts = {
  readonly region: string;
  readonly year: number;
  /** The round under way, or the last one. */
  readonly round: number;
  /** The public value of a later time that the round waits for; null for none. */
  readonly beacon: string | null;
  readonly asOf: CalendarDate | null;
  readonly frozenAt: Instant | null;
};

/** A step of a sampling. */
export type SamplingStep = Step<SamplingFacts>;

/** The region's own organ does all of it. */
export const atRegion: Place = 'accepting';

/** What every guard of a sampling is told. */
export const roundParams = (step: SamplingStep) => ({
  campaign: step.caseId,
  round: String(step.facts.round),
  year: String(step.facts.year),
});

/** Refuses unless a person of the region's organ asks who may work the sampling. */
export function requireInspector(step: SamplingStep): void {
  const roles = ['inspector', 'sectionHead'].map((role) => `${role}@${step.organ(atRegion)}`);
  if (roles.some((role) => step.actor.roles.includes(role))) return;
  step.refuse('auth.forbidden', {
    what: 'only the region’s inspectors work its sampling',
    where: step.caseId,
    expected: roles.join(' | '),
  });
}
