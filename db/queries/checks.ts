import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from '../database.js';
import { cases, checkResults, permits } from '../schema/index.js';
import { permitInScope, type Scope } from './scope.js';

/** What the automatic checks found in the content that a case stands at; undefined where they never looked. */
export async function checkOfCase(db: Database, caseId: string) {
  const [found] = await db
    .select({ checked: checkResults })
    .from(checkResults)
    .innerJoin(cases, eq(cases.id, checkResults.caseId))
    .where(
      and(
        eq(checkResults.caseId, caseId),
        sql`${checkResults.contentId} = coalesce(${cases.facts}->>'contentId', ${checkResults.contentId})`,
      ),
    )
    .orderBy(desc(checkResults.checkedOn))
    .limit(1);
  return found?.checked;
}

/** How many permits of an area were checked at their present version, by their newest check, and how many each rule found. */
export async function findingsByRule(db: Database, scope: Scope, area: string) {
  const newest = sql`
    select distinct on (${checkResults.permitNo}) ${checkResults.permitNo} as permit_no,
      ${checkResults.readable} as readable, ${checkResults.findings} as findings
    from ${checkResults} join ${permits} on ${permits.permitNo} = ${checkResults.permitNo}
      and ${permits.version} = ${checkResults.version}
    where starts_with(${permits.area}, ${area}) and ${permitInScope(scope)}
    order by ${checkResults.permitNo}, ${checkResults.checkedOn} desc`;
  const { rows: rules } = await db.execute<{ rule: string; permits: number; suspicions: number }>(sql`
    select finding->>'rule' as rule, count(distinct permit_no)::int as permits,
      count(distinct permit_no) filter (where (finding->>'suspicion')::boolean)::int as suspicions
    from (${newest}) newest cross join jsonb_array_elements(findings) finding group by 1 order by 1`);
  const { rows } = await db.execute<{ checked: number; unreadable: number }>(sql`
    select count(*)::int as checked, count(*) filter (where not readable)::int as unreadable
    from (${newest}) newest`);
  return { checked: rows[0]?.checked ?? 0, unreadable: rows[0]?.unreadable ?? 0, rules };
}
