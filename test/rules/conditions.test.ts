import { describe, expect, test } from 'vitest';
import type { ApplicationFacts, Cause, ProjectFacts } from '../../rules/facts.js';
import { missingFiles, requiredFiles } from '../../rules/files.js';
import { gatesFor, judgeGates } from '../../rules/gates.js';
import { demonstration } from '../../rules/packs/demonstration/index.js';
import { requireVisitLimit, visitTriggersOf } from '../../rules/visits.js';
import { day } from './calendars.js';

const plainProject: ProjectFacts = {
  newOrAltered: false,
  controlledPollutants: false,
  sewageWorks: false,
  riverOutfall: false,
  specialPeriods: false,
  soilOrNewPollutants: false,
};

const facts = (
  more: Partial<ApplicationFacts> = {},
  project: Partial<ProjectFacts> = {},
): ApplicationFacts => ({
  procedure: 'first',
  permitClass: 'simplified',
  causes: [],
  ...more,
  project: { ...plainProject, ...project },
});

describe('L1: what a complete file needs', () => {
  const idsOf = (about: ApplicationFacts) => requiredFiles(demonstration, about).map(({ id }) => id);

  test('simplified management: the form and the commitment', () => {
    expect(idsOf(facts())).toEqual(['applicationForm', 'commitment']);
  });

  test('key management: the disclosure before the application as well', () => {
    expect(idsOf(facts({ permitClass: 'key' }))).toContain('preDisclosure');
    expect(idsOf(facts({ permitClass: 'key', procedure: 'renewal' }))).not.toContain('preDisclosure');
  });

  test('the source of the quota: new or altered with controlled pollutants, never one of the two alone', () => {
    expect(idsOf(facts({}, { newOrAltered: true, controlledPollutants: true }))).toContain('quotaSource');
    expect(idsOf(facts({}, { newOrAltered: true }))).not.toContain('quotaSource');
    expect(idsOf(facts({}, { controlledPollutants: true }))).not.toContain('quotaSource');
  });

  test('sewage works: their network', () => {
    expect(idsOf(facts({}, { sewageWorks: true }))).toContain('sewageNetwork');
  });

  test('what is missing is named at once', () => {
    const missing = missingFiles(demonstration, facts({ permitClass: 'key' }), ['applicationForm']);
    expect(missing.map(({ id }) => id)).toEqual(['commitment', 'preDisclosure']);
  });
});

describe('L3: when officers go and see', () => {
  const visit = (procedure: ApplicationFacts['procedure'], ...causes: readonly Cause[]) =>
    visitTriggersOf(demonstration, facts({ procedure, causes })).length > 0;

  test('first applications, and re-applications that alter, expand, redirect or add outlets', () => {
    expect(visit('first')).toBe(true);
    for (const cause of ['alteration', 'expansion', 'destinationChanged', 'outletsAdded'] as const) {
      expect(visit('reapplication', cause), cause).toBe(true);
    }
    const triggers = visitTriggersOf(
      demonstration,
      facts({ procedure: 'reapplication', causes: ['expansion', 'outletsAdded'] }),
    );
    expect(triggers.map(({ id }) => id)).toEqual(['rebuilding', 'outlets']);
  });

  test('nothing else', () => {
    for (const procedure of [
      'renewal',
      'change',
      'replacement',
      'authorityChange',
      'cancellation',
    ] as const) {
      expect(visit(procedure, 'expansion'), procedure).toBe(false);
    }
    for (const cause of [
      'newProject',
      'siteChanged',
      'outfallMoved',
      'pollutantsAdded',
      'quantityIncreased',
    ] as const) {
      expect(visit('reapplication', cause), cause).toBe(false);
    }
    expect(visit('reapplication')).toBe(false);
  });

  const decision = {
    permitClass: 'key',
    method: 'onSite',
    on: day('2026-06-03'),
    due: day('2026-06-03'),
  } as const;

  test('30 days become 45 by a decision for a visit made while they run', () => {
    expect(() => requireVisitLimit(decision)).not.toThrow();
    expect(() => requireVisitLimit({ ...decision, due: null })).not.toThrow();
  });

  test('never later, from afar, or under simplified management', () => {
    expect(() => requireVisitLimit({ ...decision, on: day('2026-06-04') })).toThrow('by 2026-06-03');
    expect(() => requireVisitLimit({ ...decision, method: 'offSite' })).toThrow('from afar');
    expect(() => requireVisitLimit({ ...decision, permitClass: 'simplified' })).toThrow('simplified');
  });
});

describe('L4: the gates of a decision', () => {
  const everything = facts(
    { permitClass: 'key' },
    {
      ...{ newOrAltered: true, controlledPollutants: true, sewageWorks: true },
      ...{ riverOutfall: true, specialPeriods: true, soilOrNewPollutants: true },
    },
  );
  const met = (gate: string) => ({ gate, met: true, evidence: ['paper'] });
  const allMet = gatesFor(demonstration, everything).map(({ id }) => met(id));

  const ofFirst = demonstration.gates.filter(({ applies }) => applies.procedures?.includes('first') ?? true);

  test('all apply to a project that has everything, and are met with their evidence', () => {
    expect(allMet).toHaveLength(ofFirst.length);
    expect(judgeGates(demonstration, everything, allMet).every(({ outcome }) => outcome === 'met')).toBe(
      true,
    );
  });

  test.each(ofFirst.map((gate) => [gate.id, gate] as const))('%s fails alone', (id, gate) => {
    const verdicts = (
      finding: { gate: string; met: boolean; evidence: readonly string[] },
      asked: readonly string[] = [],
    ) =>
      judgeGates(demonstration, everything, [finding, ...allMet.filter((other) => other.gate !== id)], asked)
        .filter(({ outcome }) => outcome !== 'met')
        .map((verdict) => [verdict.gate.id, verdict.outcome]);
    expect(verdicts({ gate: id, met: false, evidence: ['paper'] })).toEqual([[id, 'refuse']]);
    expect(verdicts({ gate: id, met: false, evidence: [] })).toEqual([[id, gate.missing]]);
    expect(verdicts({ gate: id, met: false, evidence: [] }, [id])).toEqual([[id, 'refuse']]);
    expect(verdicts({ gate: id, met: true, evidence: [] })).toEqual([[id, 'open']]);
  });

  test('no quota source, no permit: first a supplement, then a refusal on REG 11(2)', () => {
    const quota = demonstration.gates.find(({ id }) => id === 'quota');
    expect(quota).toMatchObject({ missing: 'supplement', citation: { short: 'REG 11(2)' } });
  });

  test('a unit that needs no quota is not asked for one', () => {
    const gates = (about: ApplicationFacts) => gatesFor(demonstration, about).map(({ id }) => id);
    expect(gates(facts({}, { newOrAltered: true }))).not.toContain('quota');
    expect(gates(facts({}, { controlledPollutants: true }))).not.toContain('quota');
    expect(
      gates(facts({ procedure: 'renewal' }, { newOrAltered: true, controlledPollutants: true })),
    ).not.toContain('quota');
    expect(gates(facts())).toEqual(['eia', 'standards', 'controls', 'monitoringPlan', 'notExcluded']);
  });

  test('a change of basic data needs no technical condition, any other change does; a replacement has its own', () => {
    const gates = (about: ApplicationFacts) => gatesFor(demonstration, about).map(({ id }) => id);
    expect(gates(facts({ procedure: 'change', basicDataOnly: true }))).toEqual(['noReapplication']);
    expect(gates(facts({ procedure: 'change' }))).toEqual([
      ...['standards', 'controls', 'monitoringPlan', 'noReapplication'],
    ]);
    expect(gates(facts({ procedure: 'replacement' }))).toEqual(['lostOrDamaged']);
  });

  test('an excluded process is refused outright', () => {
    expect(demonstration.gates.find(({ id }) => id === 'notExcluded')?.missing).toBe('refuse');
  });
});
