import { dateOf } from '../rules/date.js';
import { organOf } from '../rules/pack.js';
import { packOfArea } from '../rules/packs/index.js';
import { runCase } from './kernel/case.js';
import { type Procedure, procedure } from './kernel/procedure.js';
import { found, type Step } from './kernel/step.js';
import type { RequestBodies } from './messages/catalogue.js';
import type { CaseInput } from './messages/state.js';

/** What a sweep remembers. Its list and its counts are the database's. */
type SweepFacts = {
  readonly year: number;
  /** So many reviews are opened at a time. */
  readonly atOnce: number;
  readonly paused: boolean;
  /** The days from and to which nothing was opened: they do not count for the rate that is seen. */
  readonly pauses: readonly { readonly from: string; readonly to: string | null }[];
};

type SweepStep = Step<SweepFacts>;

/** The city's organ sweeps its permits of a year: what the pack covers is listed at once, and opened a page at a time. */
function start(step: SweepStep, { area, year, atOnce, note }: RequestBodies['sweep.start']): void {
  const pack = packOfArea(area, dateOf(step.at));
  step.open(pack, { area, procedure: 'sweep', unitId: '', permitNo: null });
  const organ = step.organ('supervising');
  requireSweeper(step, organ);
  const { sweepCoverage, sweepYears } = pack.settings;
  const parts = sweepCoverage === 'all' ? 1 : sweepYears;
  step.remember({ year, atOnce, paused: false, pauses: [] });
  // Whether another sweep is under way, and whether anything is left to sweep, only the transaction can know.
  step.dependOn(
    'sweepPopulation',
    { organ, area, year: String(year), parts: String(parts) },
    {
      some: (branch) => {
        branch.reviews({ type: 'listSweep', organ, area, year, parts, page: atOnce });
        branch.enter('sweeping');
        branch.startClock('sweep', 'sweep', branch.on);
        branch.record('sweep.started', {
          organ: organOf(pack, organ).zh,
          year,
          listed: found('listed'),
          note,
        });
        openPage(branch);
      },
    },
  );
}

function requireSweeper(step: SweepStep, organ: string): void {
  const sweepers = ['inspector', 'sectionHead'].map((role) => `${role}@${organ}`);
  if (sweepers.some((sweeper) => step.actor.roles.includes(sweeper))) return;
  step.refuse('auth.forbidden', {
    what: 'a sweep is the supervising organ’s',
    where: step.caseId,
    expected: sweepers.join(' | '),
  });
}

/** One page more, and then a look whether there is room for another: of two pages open, stragglers hold up none. */
function openPage(step: SweepStep): void {
  step.reviews({ type: 'open', most: step.facts.atOnce });
  step.record('sweep.opened', { most: step.facts.atOnce });
  step.tell(step.caseId, 'reviews.progress', { done: 0 });
  step.quietPoint();
}

/** A page of items is done, or none is open any more. The list, not the message, says how far the sweep has come. */
function look(step: SweepStep): void {
  step.dependOn(
    'reviewsLeft',
    { campaign: step.caseId, most: String(step.facts.atOnce) },
    {
      listed: (branch) => {
        if (!branch.facts.paused) openPage(branch);
      },
      open: () => undefined,
      none: complete,
    },
  );
}

/** Nothing more is opened; what is open is finished. */
function pause(step: SweepStep, { reason }: RequestBodies['sweep.pause']): void {
  step.require('sweeping');
  if (step.facts.paused) refuseState(step, 'the sweep is paused already', 'a sweep that runs');
  step.remember({ paused: true, pauses: [...step.facts.pauses, { from: step.on, to: null }] });
  step.record('sweep.paused', { reason });
}

function resume(step: SweepStep, { note }: RequestBodies['sweep.resume']): void {
  step.require('sweeping');
  if (!step.facts.paused) refuseState(step, 'the sweep is not paused', 'a paused sweep');
  const pauses = step.facts.pauses.map((each) => ({ ...each, to: each.to ?? step.on }));
  step.remember({ paused: false, pauses });
  step.record('sweep.resumed', { note });
  look(step);
}

const refuseState = (step: SweepStep, what: string, expected: string): never =>
  step.refuse('case.stage', { what, where: step.caseId, expected });

function complete(step: SweepStep): void {
  step.record('sweep.completed', { done: found('done'), problems: found('problems') });
  step.conclude('completed');
}

/**
 * The sweep (地市排查) of an area's permits of a year, by the organ that supervises them:
 *
 *   sweeping → closed
 *
 * Its items are cases of their own (`qualityReview`), which nobody waits for: they report in the list, and the sweep hears of
 * a page at a time.
 */
const definition: Procedure<SweepFacts> = {
  kind: 'sweep',
  opens: { 'sweep.start': start },
  requests: { 'reviews.progress': look, 'sweep.pause': pause, 'sweep.resume': resume },
  tasks: {},
  lapses: { sweep: (step) => step.record('sweep.overdue', {}) },
  ended: {
    stages: ['sweeping'],
    end: (step: SweepStep, reason) => {
      step.record('sweep.ended', { reason });
      step.conclude('ended');
    },
  },
};

/** The workflow of a sweep: `sweep/<organ>-<year>-<n>`. */
export async function sweep(input: CaseInput): Promise<void> {
  await runCase(procedure(definition), input);
}
