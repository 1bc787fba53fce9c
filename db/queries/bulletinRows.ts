import { type SQL, sql } from 'drizzle-orm';
import type { CalendarDate } from '../../rules/date.js';
import type { BulletinFigure } from '../../rules/bulletinFigures.js';
import type { RulePack } from '../../rules/pack.js';
import { selfCheckRule } from '../../rules/selfCheck.js';
import { cityOfAreas } from '../../rules/samplingArea.js';
import type { Transaction } from '../database.js';
import {
  bulletinRows,
  cases,
  issues,
  permits,
  permitVersions,
  reviewItems,
  samplingItems,
  samplingPopulation,
  samplingRounds,
} from '../schema/index.js';

/** The period that a bulletin is of. */
export interface Period {
  readonly bulletin: string;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/** Freezes the rows behind every figure of a bulletin: those of rounds published for the period, and of problems found in it. */
export async function freezeBulletinRows(tx: Transaction, pack: RulePack, period: Period): Promise<void> {
  for (const [figure, rows] of Object.entries(rowsOf(pack, period)) as [BulletinFigure, SQL][]) {
    await tx.execute(sql`
      insert into ${bulletinRows} (bulletin, figure, city, part, "row")
      select distinct ${period.bulletin}, ${figure}, counted.city, counted.part, counted.id from (${rows}) counted`);
  }
}

function rowsOf(pack: RulePack, { from, to }: Period): Readonly<Record<BulletinFigure, SQL>> {
  const cities = sql`jsonb_each_text(${JSON.stringify(cityOfAreas(pack))}::jsonb)`;
  // Nothing of a round is told before it is published, which it is not before the counts agree.
  const population = sql`${samplingPopulation} issued join ${samplingRounds} round on round.campaign = issued.campaign
    and round.round = issued.round and round.published_at is not null and round.as_of between ${from} and ${to}
    and starts_with(issued.area, ${pack.region.slice(0, 2)})`;
  const id = sql`concat_ws(' ', issued.permit_no, issued.kind, issued.issued_on)`;
  const sample = sql`${population} join ${samplingItems} item on item.campaign = issued.campaign
    and item.permit_no = issued.permit_no and item.kind = issued.kind and item.issued_on = issued.issued_on
    and item.state = 'drawn'`;
  const review = (second: boolean, name: string): SQL => sql`join ${reviewItems} ${sql.raw(name)}
    on ${sql.raw(name)}.campaign = item.campaign and ${sql.raw(name)}.permit_no = item.permit_no
    and ${sql.raw(name)}.kind = item.kind and ${sql.raw(name)}.issued_on = item.issued_on
    and ${sql.raw(name)}.second = ${second} and ${sql.raw(name)}.outcome in ('sound', 'problems')`;
  // What was withdrawn, or taken up by another issue, is no problem.
  const problems = sql`${issues} problem join ${cases} own on own.id = problem.case_id
    join ${cities} place(area, city) on place.area = problem.area
    where problem.tier = 'sampling' and problem.found_on between ${from} and ${to}
      and coalesce(own.outcome, '') not in ('noFault', 'recurrence', 'ended')`;
  // 自查自纠 is the unit's own: neither published nor counted as a problem.
  const ofTiers = (part: SQL): SQL => sql`select place.city, ${part} as part, problem.case_id as id
    from ${issues} problem join ${cases} own on own.id = problem.case_id
      join ${cities} place(area, city) on place.area = problem.area
    where problem.found_on between ${from} and ${to}
      and coalesce(own.outcome, '') not in ('noFault', 'recurrence', 'ended')
      and (problem.tier <> 'selfCheck' or problem.subject = ${selfCheckRule.id} or problem.severity <> 'general'
        or own.facts->>'falsified' = 'true' or problem.overdue > 0)`;
  const dayOf = (instant: string): SQL => sql`(${sql.raw(instant)} at time zone 'Asia/Shanghai')::date`;
  const closed = sql`case when problem.closed_on is not null and problem.overdue = 0 then 'inTime'
      when problem.closed_on is not null then 'late' when problem.overdue > 0 then 'overdue' else 'open' end`;
  const ofProblems = (part: SQL): SQL =>
    sql`select place.city, ${part} as part, problem.case_id as id from ${problems}`;
  return {
    population: sql`select issued.city, issued.kind as part, ${id} as id from ${population}`,
    sampled: sql`select issued.city, issued.kind as part, ${id} as id from ${sample}`,
    reviewed: sql`select issued.city, issued.kind as part, ${id} as id from ${sample} ${review(false, 'first')}`,
    faulty: sql`select issued.city, issued.kind as part, ${id} as id from ${sample} ${review(false, 'first')}
      where first.outcome = 'problems'`,
    category: ofProblems(sql`problem.category`),
    severity: ofProblems(sql`problem.severity`),
    responsible: ofProblems(sql`problem.responsible`),
    closed: ofProblems(closed),
    tier: ofTiers(sql`problem.tier`),
    tierClosed: ofTiers(sql`problem.tier || '.' || ${closed}`),
    swept: sql`select place.city, item.outcome as part, item.case_id as id
      from ${reviewItems} item join ${cities} place(area, city) on place.area = item.area
      where item.tier = 'sweep' and item.outcome in ('sound', 'problems')
        and ${dayOf('item.done_at')} between ${from} and ${to}`,
    // Signed in the period; or past its term, and still unsigned as the figures are frozen, or given up since the period began.
    selfChecked: sql`select place.city, coalesce(own.outcome, 'silent') as part, own.id as id
      from ${cases} own join ${cities} place(area, city) on place.area = own.area
      where own.kind = 'selfCheck'
        and (own.outcome in ('sound', 'selfCorrected', 'problems')
            and ${dayOf('own.closed_at')} between ${from} and ${to}
          or own.outcome is null and own.stage = 'selfChecking' and (own.facts->>'overdue')::int > 0
            and ${dayOf('own.opened_at')} <= ${to}
          or own.outcome = 'silent' and ${dayOf('own.opened_at')} <= ${to}
            and ${dayOf('own.closed_at')} >= ${from})`,
    repeatedChanges: sql`select place.city, '' as part, held.permit_no as id
      from ${permits} held join ${cities} place(area, city) on place.area = held.area
        join ${permitVersions} version on version.permit_no = held.permit_no
      where version.kind in ('change', 'authorityChange')
        and (version.at at time zone 'Asia/Shanghai')::date between ${from} and ${to}
      group by 1, 3 having count(*) > 1`,
    agreement: sql`select issued.city, case when first.outcome = second.outcome then 'agree' else 'differ' end as part,
      first.case_id as id from ${sample} ${review(false, 'first')} ${review(true, 'second')}`,
  };
}
