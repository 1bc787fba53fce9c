import { sql } from 'drizzle-orm';
import type { CalendarDate } from '../../rules/date.js';
import { type CountingPlace, countingPlace } from '../../rules/samplingArea.js';
import type { SampledKind } from '../../rules/samplingWords.js';
import type { RulePack } from '../../rules/pack.js';
import type { Database, Transaction } from '../database.js';
import { cases, contents, permits, permitVersions } from '../schema/index.js';

/** An issuance (核发): a permit given for the first time, or anew, on the day of its decision. */
export interface Issuance extends Omit<CountingPlace, 'approving'> {
  readonly permitNo: string;
  readonly kind: SampledKind;
  readonly issuedOn: CalendarDate;
  readonly permitClass: string;
  readonly industry: string;
  /** The organ that decided. */
  readonly organ: string;
  readonly area: string;
  readonly unitId: string;
  /** The permit's version that it made. */
  readonly version: number;
}

type Row = {
  readonly permit_no: string;
  readonly kind: SampledKind;
  readonly issued_on: CalendarDate;
  readonly permit_class: string;
  readonly industry: string | null;
  readonly organ: string | null;
  readonly organ_name: string | null;
  readonly area: string;
  readonly unit_id: string;
  readonly version: number;
};

/**
 * The issuances of a pack's region from a day to a day, by the day of the decision: ours by the decision of their application, those
 * on the platform's list by the list's. One that was put right later counts once, as it was put right; one whose permit was
 * cancelled since is there like any other.
 */
export async function issuancesOf(
  db: Database | Transaction,
  pack: RulePack,
  from: CalendarDate,
  to: CalendarDate,
): Promise<readonly Issuance[]> {
  const { rows } = await db.execute<Row>(sql`
    select distinct on (permit_no, kind, issued_on) permit_no, kind, issued_on::text, permit_class, industry, organ,
      organ_name, area, unit_id, version
    from (
      select ${permitVersions.permitNo}, ${permitVersions.kind}, ${permitVersions.version}, ${permits.area}, ${permits.unitId},
        coalesce(left(${cases.facts}->>'decidedAt', 10)::date, (${permitVersions.platform}->>'on')::date,
          (${permitVersions.at} at time zone 'Asia/Shanghai')::date) as issued_on,
        coalesce(${cases.facts}->>'permitClass', body.json->>'permitClass', ${permits.permitClass}) as permit_class,
        coalesce(body.json->>'industry', body.json #>> '{unit,industries,0}') as industry,
        ${cases.organs}->>'deciding' as organ, body.json->>'organ' as organ_name
      from ${permitVersions} join ${permits} on ${permits.permitNo} = ${permitVersions.permitNo}
        left join ${cases} on ${cases.id} = ${permitVersions.caseId} and ${cases.kind} = 'application'
        left join ${contents} on ${contents.id} = ${permitVersions.contentId} and ${contents.mediaType} = 'application/json'
        left join lateral (select convert_from(${contents.bytes}, 'UTF8') as text) read on true
        left join lateral (select case when pg_input_is_valid(read.text, 'jsonb') then read.text::jsonb end as json) body on true
      where ${permitVersions.kind} in ('first', 'reapplication') and starts_with(${permits.area}, ${pack.region.slice(0, 2)})
    ) issued
    where issued_on between ${from} and ${to}
    order by permit_no, kind, issued_on, version desc`);
  const organs = new Map(pack.organs.map((organ) => [organ.zh, organ.id] as const));
  return rows.map((row) => {
    const { approving, ...place } = countingPlace(pack, row.area, row.kind);
    return {
      ...{ permitNo: row.permit_no, kind: row.kind, issuedOn: row.issued_on, ...place },
      ...{ permitClass: canonical(row.permit_class), industry: canonical(row.industry ?? '') },
      organ: row.organ ?? organs.get(row.organ_name ?? '') ?? approving,
      ...{ area: row.area, unitId: row.unit_id, version: row.version },
    };
  });
}

/** A field as a canonical line holds it, so that what is exported reads back the same; one that nobody has written has a name. */
function canonical(field: string): string {
  const text = field
    .normalize('NFC')
    .replace(/[\u0000-\u001f\u007f-\u009f\ufeff]/g, ' ')
    .trim();
  return text === '' ? '未填' : text;
}

/** How many applications under way may still become an issuance of a city and kind: what a December round provides for. */
export async function expectedIssuances(
  db: Database | Transaction,
  pack: RulePack,
): Promise<readonly { readonly city: string; readonly kind: SampledKind; readonly count: number }[]> {
  const { rows } = await db.execute<{ area: string; kind: SampledKind; count: number }>(sql`
    select ${cases.area}, ${cases.procedure} as kind, count(*)::int from ${cases}
    where ${cases.kind} = 'application' and ${cases.procedure} in ('first', 'reapplication') and ${cases.outcome} is null
      and ${cases.stage} <> 'concluding' and starts_with(${cases.area}, ${pack.region.slice(0, 2)})
    group by 1, 2`);
  const expected = new Map<string, { city: string; kind: SampledKind; count: number }>();
  for (const { area, kind, count } of rows) {
    const { city } = countingPlace(pack, area, kind);
    const known = expected.get(`${city} ${kind}`) ?? { city, kind, count: 0 };
    expected.set(`${city} ${kind}`, { ...known, count: known.count + count });
  }
  return [...expected.values()];
}
