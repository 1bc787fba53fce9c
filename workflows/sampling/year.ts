import { type CalendarDate, dateOf, parseDate, yearOf } from '../../rules/date.js';
import { packOf } from '../../rules/packs/index.js';
import { found } from '../kernel/step.js';
import type { RequestBodies, TaskForms } from '../messages/catalogue.js';
import { nameOf } from '../messages/family.js';
import type { NextMoment } from '../messages/step.js';
import { atRegion, requireInspector, roundParams, type SamplingStep } from './facts.js';

const quarterEnds = ['03-31', '06-30', '09-30', '12-31'] as const;

/** A region's sampling of a year: its rounds, each by the end of its quarter, and the proof in January. */
export function open(step: SamplingStep, { region, year }: RequestBodies['sampling.open']): void {
  const pack = packOf(region, dateOf(step.at));
  if (yearOf(step.on) !== year) {
    step.refuse('rule.refused', {
      what: 'a year is sampled while it runs: its shares are met by 31 December',
      where: 'year',
      expected: String(yearOf(step.on)),
      found: String(year),
    });
  }
  step.open(pack, { area: region, procedure: 'sampling', unitId: '', permitNo: null });
  requireInspector(step);
  step.remember({ region, year, round: 0, beacon: null, asOf: null, frozenAt: null });
  step.record('sampling.opened', { year, ...sharesIn(step) });
  const quarters = quarterEnds
    .map((end, index) => ({ clock: `quarter.${index + 1}`, on: parseDate(`${year}-${end}`) }))
    .filter(({ on }) => on >= step.on);
  for (const { clock, on } of quarters) step.startClock(clock, 'sampling.round', on);
  step.startClock('yearEnd', 'sampling.yearEnd', parseDate(`${year}-12-31`));
  awaitRound(step, quarters[0]?.clock);
}

const sharesIn = (step: SamplingStep) => {
  const { first, reapplication } = step.pack.settings.sampling;
  return { first, reapplication };
};

/** Between two rounds: the next may be begun at any time, by the end of the quarter that is not drawn yet. */
export function awaitRound(step: SamplingStep, clock = undrawnQuarter(step)): void {
  step.enter('waiting');
  step.openTask('samplingRound', 'inspector', atRegion, clock === undefined ? {} : { clock });
}

const undrawnQuarter = ({ state }: SamplingStep): string | undefined =>
  Object.keys(state.clocks)
    .sort()
    .find(
      (id) => nameOf(id) === 'quarter' && state.clocks[id]?.state === 'running' && !state.clocks[id].lapsed,
    );

/** The quarter is over and not drawn: its shares do not hold today. */
export function quarterMissed(step: SamplingStep, { clock }: NextMoment): void {
  step.record('sampling.overdue', { quarter: clock.split('.')[1] ?? '' });
  step.notify('sampling.overdue', 'sectionHead', { year: String(step.facts.year) });
  step.notify('sampling.overdue', 'deputyHead', { year: String(step.facts.year) });
}

/** From 1 December on: what is missing to the shares of 31 December, with all that may still be decided. */
export function forecast(step: SamplingStep): void {
  const { year } = step.facts;
  step.dependOn('samplingForecast', roundParams(step), {
    met: (branch) => branch.record('sampling.forecastMet', { year }),
    missing: (branch) => {
      branch.record('sampling.forecast', { year, missing: found('missing') });
      branch.notify('sampling.forecast', 'officer', { year: String(year) });
      branch.notify('sampling.forecast', 'sectionHead', { year: String(year) });
    },
  });
}

/** January: the year as it was is proven, on counts that agree with the platform's. */
export function yearOver(step: SamplingStep): void {
  step.record('sampling.yearOver', { year: step.facts.year });
  askForProof(step);
}

function askForProof(step: SamplingStep): void {
  step.openTask('samplingProof', 'inspector', atRegion, { limit: 'sampling.proof' });
}

/** The statement of the year: what its figures are, `GET /samplings/{number}/shares` says of every city and organ. */
export function prove(step: SamplingStep, { source, counts }: TaskForms['samplingProof']): void {
  const { year, region } = step.facts;
  step.require('waiting');
  const asOf = `${year}-12-31` as CalendarDate;
  const task = `samplingProof.${step.rounds('samplingProof')}`;
  const params = { ...roundParams(step), task, asOf, source, counts: JSON.stringify(counts) };
  const figures = { year, region, population: found('population'), drawn: found('drawn') };
  step.dependOn('samplingProof', params, {
    differ: (branch) => {
      branch.record('sampling.countsDiffer', { asOf, differences: found('differences') });
      askForProof(branch);
    },
    // Decided in the year, numbered since: they are drawn from before the year is told.
    unfrozen: (branch) => {
      branch.record('sampling.unfrozen', { left: found('left') });
      askForProof(branch);
    },
    met: (branch) => {
      branch.record('sampling.proved', figures);
      branch.conclude('proved');
    },
    short: (branch) => {
      branch.record('sampling.short', { ...figures, short: found('short') });
      branch.conclude('short');
    },
  });
}
