import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '../database.js';
import { cases, permits, permitVersions, reviewItems } from '../schema/index.js';
import { endedStates } from '../../workflows/messages/step.js';

/** What a sweep covers: an organ's area and year, the rest of its permits in so many yearly parts (1: all at once). */
export interface SweepCoverage {
  readonly organ: string;
  readonly area: string;
  readonly year: number;
  readonly parts: number;
}

/** The year of an issuance: of its decision here, or of the day that the platform's list has, and not of the list's import. */
const yearOfVersion = sql`extract(year from coalesce(
  (select left(decided.facts->>'decidedAt', 10)::date from ${cases} decided
    where decided.id = ${permitVersions.caseId} and decided.kind = 'application'),
  (${permitVersions.platform}->>'on')::date, (${permitVersions.at} at time zone 'Asia/Shanghai')::date))`;

/** The part of the rest that a permit belongs to: by its number alone, so that each comes up once in so many years. */
const partOf = (parts: number): SQL =>
  sql`('x' || left(md5(${permits.permitNo}), 7))::bit(28)::int % ${sql.raw(String(parts))}`;

/**
 * The permits of a sweep at their present versions: first the year's first and re-applied ones, then the year's part of the
 * rest, each by number. What another sweep of the year has listed already at the same version is left out, so that a second
 * sweep takes what was issued since.
 */
function covered({ area, year, parts }: SweepCoverage): SQL {
  const digits = area.replace(/(00)+$/, '');
  const issued = sql`exists (select 1 from ${permitVersions} where ${permitVersions.permitNo} = ${permits.permitNo}
    and ${permitVersions.kind} in ('first', 'reapplication') and ${yearOfVersion} = ${year})`;
  const listed = sql`exists (select 1 from ${reviewItems} item join cases sweep on sweep.id = item.campaign
    where item.permit_no = ${permits.permitNo} and item.version = ${permits.version} and item.tier = 'sweep'
      and sweep.kind = 'sweep' and (sweep.facts->>'year')::int = ${year}
      and coalesce(item.outcome, '') not in ('void', 'ended'))`;
  return sql`
    select ${permits.permitNo} as permit_no, ${permits.version} as version, ${permits.unitId} as unit_id,
      ${permits.area} as area, not ${issued} as rest
    from ${permits}
    where starts_with(${permits.area}, ${digits}) and ${permits.state} not in (${sql.join(
      endedStates.map((state) => sql`${state}`),
      sql`, `,
    )})
      and (${issued} or ${partOf(parts)} = ${year % parts}) and not ${listed}`;
}

/** How many permits there are to sweep. */
export async function countSweep(tx: Transaction, coverage: SweepCoverage): Promise<number> {
  const counted = sql`select count(*)::int as count from (${covered(coverage)}) population`;
  const { rows } = await tx.execute<{ count: number }>(counted);
  return rows[0]?.count ?? 0;
}

/** Writes the whole list of a sweep in one statement; answers with how many it holds. */
export async function listSweep(tx: Transaction, campaign: string, coverage: SweepCoverage): Promise<number> {
  const prefix = `qualityReview/${campaign.replace('/', '-')}.`;
  const { rowCount } = await tx.execute(sql`
    insert into ${reviewItems} (case_id, campaign, ordinal, tier, permit_no, version, unit_id, area, organ, second, state)
    select ${prefix} || ordinal, ${campaign}, ordinal, 'sweep', permit_no, version, unit_id, area, ${coverage.organ}, false, 'listed'
    from (select *, row_number() over (order by rest, permit_no) as ordinal from (${covered(coverage)}) population) numbered`);
  return rowCount ?? 0;
}
