import { runCase } from '../kernel/case.js';
import { type Procedure, procedure } from '../kernel/procedure.js';
import type { CaseInput } from '../messages/state.js';
import type { SamplingFacts } from './facts.js';
import { look, openPage, replaceCancelled } from './opening.js';
import { begin, drawFrozen, enterBeacon, enterCounts, publish } from './round.js';
import { forecast, open, prove, quarterMissed, yearOver } from './year.js';

/**
 * The provincial sampling (省级抽查) of a region's year, in rounds:
 *
 *   waiting → reconciling → frozen → drawn → opening → waiting …, and from `waiting` in January → closed
 *
 * `proved`: every share held; `short`: what was missing is in the ledger.
 */
const definition: Procedure<SamplingFacts> = {
  kind: 'sampling',
  opens: { 'sampling.open': open },
  requests: {
    'sampling.draw': drawFrozen,
    'sampling.page': openPage,
    'sampling.replace': replaceCancelled,
    'reviews.progress': look,
  },
  tasks: {
    samplingRound: begin,
    samplingCounts: enterCounts,
    samplingBeacon: enterBeacon,
    samplingPublication: publish,
    samplingProof: prove,
  },
  lapses: { quarter: quarterMissed, yearEnd: yearOver },
  moments: { 'yearEnd/remind': forecast },
};

/** The workflow of a sampling: `sampling/<region>-<year>`. */
export async function sampling(input: CaseInput): Promise<void> {
  await runCase(procedure(definition), input);
}
