import { type CalendarDate, parseInstant, yearOf } from '../../rules/date.js';
import { requireNotLater } from '../kernel/days.js';
import { found } from '../kernel/step.js';
import type { TaskForms } from '../messages/catalogue.js';
import type { CaseMessages } from '../messages/between.js';
import { nameOf } from '../messages/family.js';
import { atRegion, roundParams, type SamplingStep } from './facts.js';

/** The seed is made in the step's own transaction, and its hash told, before anybody knows what it will draw from. */
export function begin(step: SamplingStep, { beacon }: TaskForms['samplingRound']): void {
  step.require('waiting');
  step.remember({ round: step.facts.round + 1, beacon, asOf: null, frozenAt: null });
  const { round } = step.facts;
  step.dependOn(
    'samplingSeed',
    { ...roundParams(step), beacon },
    {
      committed: (branch) => {
        branch.record('sampling.seedCommitted', { round, seedHash: found('seedHash') });
        branch.answer({ round, seedHash: found('seedHash') });
        branch.enter('reconciling');
        askForCounts(branch);
      },
    },
  );
}

function askForCounts(step: SamplingStep): void {
  step.openTask('samplingCounts', 'inspector', atRegion, { limit: 'sampling.handling' });
}

/** The platform's counts per organ and kind: where they agree with ours, the population is frozen in the same moment. */
export function enterCounts(step: SamplingStep, form: TaskForms['samplingCounts']): void {
  step.require('reconciling');
  const { year, round, beacon } = step.facts;
  const asOf = form.asOf as CalendarDate;
  requireNotLater(step, asOf, 'asOf');
  if (yearOf(asOf) !== year) {
    step.refuse('rule.refused', {
      what: 'a round holds issuances of its year',
      where: 'asOf',
      expected: `a day of ${year}`,
      found: asOf,
    });
  }
  const task = `samplingCounts.${step.rounds('samplingCounts')}`;
  const { source, counts } = form;
  const params = { ...roundParams(step), task, asOf, source, counts: JSON.stringify(counts) };
  step.dependOn('samplingFreeze', params, {
    // Nothing is drawn, and no share told, before somebody has found out why.
    differ: (branch) => {
      branch.record('sampling.countsDiffer', { asOf, differences: found('differences') });
      branch.answer({ agreed: false, differences: found('differences') });
      askForCounts(branch);
    },
    agree: (branch) => {
      const frozen = { populationHash: found('populationHash'), population: found('population') };
      branch.record('sampling.frozen', { round, asOf, ...frozen });
      branch.answer({ agreed: true, ...frozen });
      branch.remember({ asOf, frozenAt: branch.at });
      branch.enter('frozen');
      if (beacon === null) branch.tell(branch.caseId, 'sampling.draw', { round });
      else branch.openTask('samplingBeacon', 'inspector', atRegion, { limit: 'sampling.handling' });
    },
  });
}

/** A public value that came about after the freeze: nobody could have chosen seed or population by it. */
export function enterBeacon(step: SamplingStep, { value, at }: TaskForms['samplingBeacon']): void {
  step.require('frozen');
  const { frozenAt } = step.facts;
  const cameAbout = parseInstant(at, 'at');
  requireNotLater(step, cameAbout, 'at');
  if (frozenAt !== null && cameAbout <= frozenAt) {
    step.refuse('rule.refused', {
      what: 'the public value is of a later time than the frozen population',
      where: 'at',
      expected: `after ${frozenAt}`,
      found: cameAbout,
    });
  }
  draw(step, value);
}

/** A message to itself: a crash between freeze and draw delays the draw, and changes nothing about it. */
export function drawFrozen(step: SamplingStep, { round }: CaseMessages['sampling.draw']): void {
  if (step.stage === 'frozen' && step.facts.round === round && step.facts.beacon === null) draw(step, null);
}

function draw(step: SamplingStep, beacon: string | null): void {
  const { round } = step.facts;
  step.dependOn(
    'samplingDraw',
    { ...roundParams(step), beacon },
    {
      drawn: (branch) => {
        branch.record('sampling.drawn', { round, drawn: found('drawn'), beacon });
        branch.enter('drawn');
        branch.openTask('samplingPublication', 'sectionHead', atRegion, { limit: 'sampling.handling' });
      },
    },
  );
}

/** Seed, population, carried totals and result are published together, with the recipe: anybody may draw it again. */
export function publish(step: SamplingStep, { note }: TaskForms['samplingPublication']): void {
  step.require('drawn');
  const { round, asOf, year } = step.facts;
  // The quarters up to this day are drawn.
  for (const [id, { state, due }] of Object.entries(step.state.clocks)) {
    const served =
      nameOf(id) === 'quarter' && due !== null && asOf !== null && quarterOf(due) <= quarterOf(asOf);
    if (served && state === 'running') step.changeClock({ clock: id, type: 'stopped', on: step.on });
  }
  step.dependOn('samplingPublication', roundParams(step), {
    published: (branch) => {
      branch.record('sampling.published', { round, year, note });
      branch.enter('opening');
      branch.tell(branch.caseId, 'sampling.page', { round });
    },
  });
}

const quarterOf = (day: CalendarDate): number => Math.ceil(Number(day.slice(5, 7)) / 3);
