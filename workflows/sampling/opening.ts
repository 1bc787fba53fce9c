import { found } from '../kernel/step.js';
import type { RequestBodies } from '../messages/catalogue.js';
import type { CaseMessages } from '../messages/between.js';
import { requireInspector, roundParams, type SamplingStep } from './facts.js';
import { awaitRound } from './year.js';

/** Opens the reviews of what was drawn, a page a step. */
export function openPage(step: SamplingStep, { round }: CaseMessages['sampling.page']): void {
  if (step.stage !== 'opening' || step.facts.round !== round) return;
  awaitRound(step);
}

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
      },
      none: (branch) => {
        branch.record('sampling.notReplaced', { permitNo, reason });
        branch.answer({ replacement: null });
      },
    },
  );
}
