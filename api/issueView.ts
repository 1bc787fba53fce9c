import { z } from 'zod';
import type { ListedIssue } from '../db/queries/issues.js';
import { colourAt } from '../rules/clock.js';
import type { Instant } from '../rules/date.js';
import { issueSeverities, responsibles, tiers } from '../rules/issueWords.js';
import { isFoundByUnit } from '../rules/selfCheck.js';

/** An issue as a list shows it. */
export const issueSummarySchema = z
  .object({
    number: z.string(),
    caseId: z.string(),
    href: z.string(),
    stage: z.string(),
    outcome: z.string().nullable(),
    ...{ tier: z.enum(tiers), campaign: z.string().nullable() },
    ...{ unitId: z.string(), permitNo: z.string(), area: z.string() },
    organ: z.string().meta({ description: 'determines and closes it' }),
    severity: z.enum(issueSeverities),
    category: z.string(),
    responsible: z
      .enum(responsibles)
      .meta({ description: 'whose problem it is: the unit’s, or the authority’s' }),
    ...{ rule: z.string().nullable(), place: z.string(), description: z.string() },
    foundOn: z.string(),
    due: z.string().nullable(),
    colour: z.enum(['green', 'yellow', 'red']).nullable(),
    ...{ overdue: z.int(), reopened: z.int(), recurrenceOf: z.string().nullable() },
    closedOn: z.string().nullable(),
    selfCorrected: z.boolean().meta({ description: '自查自纠: neither published nor handed to enforcement' }),
  })
  .meta({ id: 'IssueSummary' });

/** An issue with what it remembers; who found, verified and closed it only for officers. */
export const issueSchema = issueSummarySchema
  .extend({ facts: z.looseObject({}).meta({ description: 'the finding and what became of it' }) })
  .meta({ id: 'Issue' });

export function issueListed({ issue, row, due, clock, ...changes }: ListedIssue, now: Instant) {
  const { caseId, tier, campaign, unitId, permitNo, area, organ, severity, category, responsible } = issue;
  const { place, foundOn, overdue, reopened, recurrenceOf, closedOn } = issue;
  const {
    description,
    falsified,
    finding: { rule },
  } = row.facts as unknown as {
    readonly description: string;
    readonly falsified: boolean;
    readonly finding: { readonly rule: string | null };
  };
  return {
    ...{ number: caseId.slice('issue/'.length), caseId, href: `/issues/${caseId.slice('issue/'.length)}` },
    ...{
      stage: row.stage,
      outcome: row.outcome,
      tier,
      campaign,
      unitId,
      permitNo,
      area,
      organ,
      severity,
      category,
    },
    ...{ responsible, rule, place, description, foundOn, due },
    colour: clock === null ? null : colourAt(changes, now),
    ...{ overdue, reopened, recurrenceOf, closedOn },
    selfCorrected: isFoundByUnit({ tier, rule }) && severity === 'general' && !falsified && overdue === 0,
  };
}

/** Who of the administration has done what is its own affair. */
const inner: readonly string[] = [
  'confirmedBy',
  'fixers',
  'passed',
  'verifiers',
  'closedBy',
  'falsified',
  'level',
];
const counters: readonly string[] = ['rounds', 'documents', 'papers', 'fresh'];

export function issueView(listed: ListedIssue, now: Instant, isApplicant: boolean) {
  const hidden = isApplicant ? [...inner, ...counters] : counters;
  const facts = Object.fromEntries(
    Object.entries(listed.row.facts).filter(([name]) => !hidden.includes(name)),
  );
  return { ...issueListed(listed, now), facts };
}
