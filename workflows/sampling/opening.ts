import type { CalendarDate } from '../../rules/date.js';
import { type Branches, found } from '../kernel/step.js';
import type { RequestBodies } from '../messages/catalogue.js';
import { reviewPage } from '../messages/reviews.js';
import { requireInspector, roundParams, type SamplingFacts, type SamplingStep } from './facts.js';
import { awaitRound } from './year.js';

/** Opens the reviews of what was drawn, a page a step, until all are open or a page of them is under review. */
export function openPage(step: SamplingStep): void {
  whatIsLeft(step, {
    listed: (branch) => {
      branch.reviews({ type: 'open', most: reviewPage });
      branch.tell(branch.caseId, 'sampling.page', { round: branch.facts.round });
    },
    open: goOn,
    none: goOn,
  });
}

/** The next round may begin; what is still listed is opened as reviews are done. */
function goOn(step: SamplingStep): void {
  if (step.stage === 'opening') awaitRound(step);
}

/** A page of reviews is done, or none is open any more. */
export function look(step: SamplingStep): void {
  whatIsLeft(step, {
    listed: (branch) => branch.tell(branch.caseId, 'sampling.page', { round: branch.facts.round }),
    open: () => undefined,
    none: (branch) =>
      branch.record('sampling.reviewed', { done: found('done'), problems: found('problems') }),
  });
}

const whatIsLeft = (step: SamplingStep, branches: Branches<SamplingFacts>): void =>
  step.dependOn('reviewsLeft', { campaign: step.caseId, most: String(reviewPage) }, branches);

/** A drawn issuance whose permit has ended: it stays in the population, and the next rank takes its place. */
export function replaceCancelled(step: SamplingStep, body: RequestBodies['sampling.replace']): void {
  requireInspector(step);
  const { permitNo, reason } = body;
  step.dependOn(
    'samplingReplacement',
    { ...roundParams(step), ...body },
    {
      replaced: (branch) => {
        branch.record('sampling.replaced', { permitNo, reason, by: found('permitNo') });
        branch.answer({ replacement: found('permitNo') });
        branch.reviews({ type: 'replaced', ...body, issuedOn: body.issuedOn as CalendarDate });
        branch.tell(branch.caseId, 'sampling.page', { round: branch.facts.round });
      },
      none: (branch) => {
        branch.record('sampling.notReplaced', { permitNo, reason });
        branch.reviews({ type: 'replaced', ...body, issuedOn: body.issuedOn as CalendarDate });
        branch.answer({ replacement: null });
      },
    },
  );
}
