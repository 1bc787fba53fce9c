import { and, eq, inArray, like } from 'drizzle-orm';
import type { Database } from '../database.js';
import { cases, permits, permitVersions, requests, tasks, units } from '../schema/index.js';

/** The tasks by which an act on the platform is recorded, and the one by which a person confirms a renewal of the law. */
const platformTasks = [
  ...(['platform', 'platformChange', 'platformCancellation', 'platformEnding', 'confirmRenewal'] as const),
];

/** What is known here of the acts on one page of the platform's list. */
export type KnownRecords = Awaited<ReturnType<typeof knownRecords>>;

/** A task that records an act on the platform, open or done, with its case. */
export type PlatformTask = KnownRecords['tasks'][number];

/** A permit of the register, as far as the platform's list speaks of it. */
export type KnownPermit = Awaited<ReturnType<typeof registerOf>>[number];

/** How the requests of an import are keyed: by their task. */
export const recordKey = (taskId: string): string => `platform/${taskId}`;

/** Reads what is known of these permits, and of the cases of the units of these credit codes. */
export async function knownRecords(
  db: Database,
  permitNos: readonly string[],
  creditCodes: readonly string[],
) {
  const found = await db
    .select({
      ...{ taskId: tasks.id, kind: tasks.kind, status: tasks.status, role: tasks.role, organ: tasks.organ },
      ...{ assignee: tasks.assignee, form: tasks.form, caseId: cases.id, caseKind: cases.kind },
      ...{ procedure: cases.procedure, permitNo: cases.permitNo, creditCode: units.creditCode },
    })
    .from(tasks)
    .innerJoin(cases, eq(cases.id, tasks.caseId))
    .innerJoin(units, eq(units.id, cases.unitId))
    .where(
      and(
        inArray(units.creditCode, [...creditCodes]),
        inArray(tasks.kind, platformTasks),
        inArray(tasks.status, ['open', 'completed']),
      ),
    );
  const awaiting = found.filter(({ status }) => status === 'open').map(({ caseId }) => caseId);
  const asked = await db
    .select({ key: requests.idempotencyKey, status: requests.status })
    .from(requests)
    .where(and(inArray(requests.caseId, awaiting), like(requests.idempotencyKey, 'platform/%')));
  const register = await registerOf(db, permitNos);
  const versions = await db
    .select({
      ...{ permitNo: permitVersions.permitNo, kind: permitVersions.kind, version: permitVersions.version },
      ...{ platform: permitVersions.platform, at: permitVersions.at },
    })
    .from(permitVersions)
    .where(inArray(permitVersions.permitNo, [...permitNos]));
  return { tasks: found, asked, versions, permits: new Map(register.map((row) => [row.permitNo, row])) };
}

async function registerOf(db: Database, permitNos: readonly string[]) {
  return await db
    .select({
      ...{ permitNo: permits.permitNo, area: permits.area, state: permits.state, version: permits.version },
      ...{ validFrom: permits.validFrom, validTo: permits.validTo, outcome: cases.outcome, caseId: cases.id },
      openedAt: cases.openedAt,
    })
    .from(permits)
    .innerJoin(cases, and(eq(cases.permitNo, permits.permitNo), eq(cases.kind, 'permit')))
    .where(inArray(permits.permitNo, [...permitNos]));
}
