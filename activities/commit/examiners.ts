import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/database.js';
import { contentAsJson } from '../../db/queries/contents.js';
import { cases, permitVersions, tasks } from '../../db/schema/index.js';
import { readPermitContent } from '../../rules/content/permit.js';

/** The tasks by whose completion somebody has examined an application. */
const examining = ['completeness', 'opinion', 'merge', 'verification', 'sign'];

/** The tasks of all applications of a permit by which somebody has examined it, each with who did. */
export async function examinationsOf(
  tx: Transaction,
  permitNo: string,
): Promise<readonly { readonly task: string; readonly person: string }[]> {
  const family = sql`split_part(${tasks.kind}, '.', 1)`;
  const ofPermit = sql`(${cases.permitNo} = ${permitNo} or exists (select 1 from ${permitVersions}
    where ${permitVersions.caseId} = ${cases.id} and ${permitVersions.permitNo} = ${permitNo}))`;
  const found = await tx
    .select({ task: tasks.id, person: tasks.closedBy })
    .from(tasks)
    .innerJoin(cases, eq(cases.id, tasks.caseId))
    .where(
      and(
        isNotNull(tasks.closedBy),
        eq(tasks.status, 'completed'),
        eq(cases.kind, 'application'),
        inArray(family, examining),
        ofPermit,
      ),
    )
    .orderBy(tasks.id);
  return found.flatMap(({ task, person }) => (person === null ? [] : [{ task, person }]));
}

/** The institutions that a version of a permit names as its compilers or assessors; without a version, those of all. */
export async function institutionsOf(
  tx: Transaction,
  permitNo: string,
  version: string | null,
): Promise<readonly string[]> {
  const ofVersion = version === null ? undefined : eq(permitVersions.version, Number(version));
  const contents = await tx
    .selectDistinct({ id: permitVersions.contentId })
    .from(permitVersions)
    .where(and(eq(permitVersions.permitNo, permitNo), ofVersion));
  const named: string[] = [];
  for (const { id } of contents)
    named.push(...(readPermitContent(await contentAsJson(tx, id))?.permit.institutions ?? []));
  return named;
}
