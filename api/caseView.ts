import { z } from 'zod';
import { openIn } from '../db/queries/casePage.js';
import type { CaseRow, ListedCase } from '../db/queries/cases.js';
import { colourAt } from '../rules/clock.js';
import type { Instant } from '../rules/date.js';
import { packById, packs } from '../rules/packs/index.js';
import { clockSchema, clockView, type Looking } from './clockView.js';
import type { Context } from './context.js';
import { instant } from './fields.js';
import { taskHref } from './inbox.js';
import { masked, readsPersons } from './masking.js';
import { grantsFor, kindOf, type Person } from './policy.js';
import { documentSchema, documentView } from './routes/documents.js';

/** A case as a list shows it. */
export const caseSummarySchema = z
  .object({
    id: z.string(),
    href: z.string(),
    kind: z.string(),
    procedure: z.string(),
    stage: z.string(),
    outcome: z.string().nullable(),
    revision: z.int(),
    area: z.string(),
    organs: z.record(z.string(), z.string()),
    unitId: z.string(),
    permitNo: z.string().nullable(),
    packId: z.string(),
    openedAt: instant,
    closedAt: instant.nullable(),
    due: z.string().nullable().meta({
      description: '法定届满日 / the earliest statutory last day of the clocks that run; null for none',
    }),
    colour: z
      .enum(['green', 'yellow', 'red'])
      .nullable()
      .meta({ description: 'the worst of the clocks that have not stopped; null for none' }),
  })
  .meta({ id: 'CaseSummary' });

const openTask = z.object({
  id: z.string(),
  href: z.string(),
  kind: z.string(),
  round: z.int(),
  role: z.string(),
  organ: z.string(),
  assignee: z.string().nullable(),
  clock: z.string().nullable(),
  openedAt: instant,
});

/** A case with what is open in it. */
export const caseSchema = caseSummarySchema
  .extend({
    unit: z.object({ id: z.string(), name: z.string().nullable() }),
    next: z.looseObject({}).nullable().meta({ description: 'the moment that the case’s timer waits for' }),
    facts: z
      .looseObject({})
      .meta({ description: 'what the procedure knows; opinions and drafts only for officers' }),
    tasks: z.array(openTask),
    documents: z.array(documentSchema),
    clocks: z.array(clockSchema),
  })
  .meta({ id: 'Case' });

/** Facts that everybody who may see the case may see. What is not listed here is the organ's deliberation. */
const openFacts: readonly string[] = [
  'kind',
  'permitClass',
  'permitNo',
  'state',
  'contentId',
  'project',
  'causes',
  'files',
  'receivedOn',
  'acceptedOn',
  'inTime',
  'defects',
  'visit',
  'revising',
  'hearing',
  'decidedAt',
  'renewal',
  'statement',
  'leverHold',
  'changedOn',
  'judgement',
  'former',
  'ground',
];

/** Counters of the kernel: of no use to people. */
const counters: readonly string[] = ['rounds', 'documents'];

/** The limits whose clocks a person does not see: a unit sees no inner order of the organ. */
export const limitsHiddenFrom = (person: Person): readonly string[] =>
  kindOf(person.grants) === 'applicant'
    ? packs.flatMap(({ id, limits }) => Object.keys(limits).filter((limit) => !isOutward(id, limit)))
    : [];

/** A case in a list, at this instant. */
export function caseListed(
  { row, due, clock, ...changes }: ListedCase,
  now: Instant,
): z.infer<typeof caseSummarySchema> {
  return { ...caseSummary(row), due, colour: clock === null ? null : colourAt(changes, now) };
}

/** What a case's clocks come to: the earliest due day and the worst colour of those that have not stopped. */
function cardOf(clocks: readonly z.infer<typeof clockSchema>[]) {
  const open = clocks.filter(({ state }) => state !== 'stopped');
  const due = open.flatMap((clock) => clock.due ?? []).sort()[0] ?? null;
  const colours = open.map(({ colour }) => colour);
  const colour = (['red', 'yellow', 'green'] as const).find((worst) => colours.includes(worst)) ?? null;
  return { due, colour };
}

function caseSummary(row: CaseRow) {
  const {
    id,
    kind,
    procedure,
    stage,
    outcome,
    revision,
    area,
    organs,
    unitId,
    permitNo,
    packId,
    openedAt,
    closedAt,
  } = row;
  return {
    ...{ id, href: `/cases/${id}`, kind, procedure, stage, outcome, revision, area, organs: { ...organs } },
    ...{ unitId, permitNo, packId, openedAt, closedAt },
  };
}

/** A case as this person may see it: officers with their deliberation, a unit without, nor its inner deadlines. */
export async function caseView(
  { db, calendars }: Context,
  person: Person,
  row: CaseRow,
): Promise<z.infer<typeof caseSchema>> {
  const deliberates = grantsFor(person, 'case.deliberation').length > 0;
  const isApplicant = kindOf(person.grants) === 'applicant';
  const { unitName, tasks, documents, clocks } = await openIn(db, row);
  const looking: Looking = { packId: row.packId, ...(await calendars.looking(db)) };
  const facts = Object.entries(row.facts).filter(([name]) =>
    deliberates ? !counters.includes(name) : openFacts.includes(name),
  );
  // What one organ writes to another about its own error is no paper of the unit's.
  const released = documents.filter(
    ({ state, kind }) =>
      deliberates || ((state === 'sealed' || state === 'served') && kind !== 'authorityFeedback'),
  );
  const shown = clocks
    .filter(({ limit }) => !isApplicant || isOutward(row.packId, limit))
    .map((clock) => clockView(clock, looking));
  return {
    ...{ ...caseSummary(row), ...cardOf(shown) },
    unit: { id: row.unitId, name: unitName },
    next: isApplicant || row.next === null ? null : { ...row.next },
    facts: readsPersons(person) ? Object.fromEntries(facts) : masked(Object.fromEntries(facts)),
    tasks: (isApplicant ? [] : tasks).map(({ id, kind, round, role, organ, assignee, clock, openedAt }) => {
      return { id, href: taskHref(id), kind, round, role, organ, assignee, clock, openedAt };
    }),
    documents: released.map((document) => documentView(document, person)),
    clocks: shown,
  };
}

/** Whether a limit binds the organ or the applicant by law, and is not the organ's own internal order. */
export const isOutward = (packId: string, limit: string): boolean =>
  packById(packId).limits[limit]?.binds !== 'internal';
