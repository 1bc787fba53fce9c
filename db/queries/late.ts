import { type SQL, sql } from 'drizzle-orm';
import type { Calendar } from '../../rules/calendar.js';
import { dailyJobs, watchEvery } from '../../rules/dailyJobs.js';
import { addDays, atTime, dateOf, instantOf, type Instant, millisOf } from '../../rules/date.js';
import { packs } from '../../rules/packs/index.js';
import { type WatchKind, watchKinds } from '../../rules/watchKinds.js';
import {
  calendarPublications,
  cases,
  clocks,
  dailyRuns,
  documents,
  holds,
  ledger,
  ledgerAnchors,
  notices,
  outbox,
  outboxNotices,
  permits,
  requests,
  standingJobs,
  tasks,
  webhookDeliveries,
} from '../schema/index.js';

/** The kinds that the database alone tells of. */
export type LateKind = {
  [Kind in WatchKind]: (typeof watchKinds)[Kind] extends { readonly ofWorkflows: true } ? never : Kind;
}[WatchKind];

/** What the statements need to know beside the database. */
export interface LateContext {
  readonly now: Instant;
  readonly calendar: Calendar;
}

/** The instant before which something of this kind counts as late. */
const before = (kind: LateKind): SQL =>
  sql`legal_now() - make_interval(secs => ${watchKinds[kind].hours * 3600})`;

/** 00:00, Asia/Shanghai, of the day after a day. */
const dayAfter = (day: SQL): SQL => sql`(${day} + 1)::timestamp at time zone 'Asia/Shanghai'`;

/** The day that a clock's card follows; red from the day after. */
const lastDay = sql`coalesce(${clocks.promisedDue}, ${clocks.due})`;

/** A signed lever holds the lapses of a case: what does not take effect there does so on purpose. */
const notHeld = sql`coalesce(${cases.facts}->'leverHold', 'null') = 'null'`;

/** The documents that are served; all that bear a number in their case's count are sealed or served. */
const servedKinds = [
  ...new Set(
    packs.flatMap((pack) =>
      Object.entries(pack.documents).flatMap(([kind, { served }]) => (served ? [kind] : [])),
    ),
  ),
];

/** As its workflow is called. */
const publicationId = sql`'calendarPublication/' || ${calendarPublications.year} || '/' || ${calendarPublications.edition}`;

const numberOfDocument = sql`substring(${documents.id} from '/document-([0-9]+)$')`;

/**
 * One statement for each kind; each answers with `id` and `since`, when it should have happened. All are reads of indexes or of
 * what is open, but that of the chains, which looks once at the last entry of every case.
 */
export const late: Readonly<Record<LateKind, (context: LateContext) => SQL>> = {
  'request.unanswered': () => sql`
    select ${requests.id}::text as id, ${requests.receivedAt} as since from ${requests}
    where ${requests.status} = 'open' and ${requests.receivedAt} < ${before('request.unanswered')}`,
  // Its workflow fails at every try, or no worker runs it.
  'moment.overdue': () => sql`
    select ${cases.id} as id, ${cases.nextAt} as since from ${cases}
    where ${cases.outcome} is null and ${cases.nextAt} < ${before('moment.overdue')}`,
  'acceptance.overdue': () => sql`
    select ${cases.id} as id, ${clocks.lapseAt} as since
    from ${clocks} join ${cases} on ${cases.id} = ${clocks.caseId}
    where ${clocks.state} = 'running' and ${clocks.limit} = 'completeness' and ${cases.outcome} is null and ${notHeld}
      and ${clocks.lapseAt} < ${before('acceptance.overdue')}
      and not exists (select 1 from jsonb_array_elements(${clocks.events}) event
        where event->>'type' = 'reached' and event->>'moment' = 'lapse')`,
  'task.unclaimed': () => sql`
    select ${tasks.id} as id, ${dayAfter(lastDay)} as since
    from ${tasks} join ${clocks} on ${clocks.caseId} = ${tasks.caseId} and ${clocks.id} = ${tasks.clock}
    where ${tasks.status} = 'open' and ${tasks.assignee} is null and ${clocks.state} = 'running'
      and ${dayAfter(lastDay)} <= ${before('task.unclaimed')}`,
  'task.orphaned': () => sql`
    select ${tasks.id} as id, ${cases.closedAt} as since from ${tasks} join ${cases} on ${cases.id} = ${tasks.caseId}
    where ${tasks.status} = 'open' and ${cases.outcome} is not null`,
  'document.unattended': () => sql`
    select ${documents.id} as id, ${documents.draftedAt} as since from ${documents}
    where ${numberOfDocument} is not null
      and (${documents.state} = 'drafted' or (${documents.state} = 'sealed' and ${documents.kind} in (${sql.join(
        servedKinds.map((kind) => sql`${kind}`),
        sql`, `,
      )})))
      and not exists (select 1 from ${tasks} where ${tasks.caseId} = ${documents.caseId} and ${tasks.status} = 'open'
        and ${tasks.kind} in ('seal.' || ${numberOfDocument}, 'serve.' || ${numberOfDocument}))`,
  // No law says when a document is sealed, so its task has no limit; but what nobody sealed was told to nobody.
  'document.unsealed': ({ now, calendar }) => sql`
    select ${documents.id} as id, ${documents.draftedAt} as since from ${documents}
    where ${documents.state} = 'drafted' and ${documents.draftedAt} < ${workedBefore(now, calendar)}::timestamptz
      and exists (select 1 from ${tasks} where ${tasks.caseId} = ${documents.caseId} and ${tasks.status} = 'open'
        and ${tasks.kind} = 'seal.' || ${numberOfDocument})`,
  'permit.overdue': () => sql`
    select ${permits.permitNo} as id, ${dayAfter(sql`${permits.validTo}`)} as since
    from ${permits} join ${cases} on ${cases.id} = 'permit/' || ${permits.permitNo}
    where ${permits.state} in ('valid', 'toBeConfirmed') and ${notHeld}
      and ${dayAfter(sql`${permits.validTo}`)} < ${before('permit.overdue')}`,
  // The permit's case counts its cancellations: the last one must be there, or be under way to it.
  'permit.unattended': () => sql`
    select ${permits.permitNo} as id, ${dayAfter(sql`${permits.validTo}`)} as since
    from ${permits} join ${cases} on ${cases.id} = 'permit/' || ${permits.permitNo}
      cross join lateral (select 'cancellation/' || ${permits.permitNo} || '-' || (${cases.facts}->>'cancellations') as id) last
    where ${permits.state} = 'lapsed' and ${cases.stage} <> 'cleanUp'
      and ${dayAfter(sql`${permits.validTo}`)} < ${before('permit.unattended')}
      and not exists (select 1 from ${cases} other where other.id = last.id)
      and not exists (select 1 from ${requests} where ${requests.caseId} = last.id and ${requests.status} = 'open')
      and not exists (select 1 from ${tasks} where ${tasks.caseId} = ${cases.id} and ${tasks.status} = 'open'
        and ${tasks.kind} = 'lateRenewal')
      and not exists (select 1 from ${holds} where ${holds.permitNo} = ${permits.permitNo} and ${holds.releasedAt} is null)`,
  'chain.broken': () => sql`
    select ${cases.id} as id, coalesce(last.at, ${cases.openedAt}) as since
    from ${cases} left join lateral (
      select ${ledger.sequence}, ${ledger.hash}, ${ledger.at} from ${ledger} where ${ledger.caseId} = ${cases.id}
      order by ${ledger.sequence} desc limit 1) last on true
    where (last.sequence, last.hash) is distinct from (${cases.ledgerCount}, ${cases.ledgerHead})`,
  'anchor.missing': () => sql`
    select id, since from (
      select 'ledger' as id,
        coalesce((select max(${ledgerAnchors.at}) from ${ledgerAnchors}), (select min(${cases.openedAt}) from ${cases})) as since
    ) last where since < ${before('anchor.missing')}`,
  // A day on which nothing of ours was up is not made good: only the last day on which a job was due counts.
  'job.missed': ({ now }) => sql`
    select due.job as id, due.since from (values ${sql.join(
      Object.entries(dailyJobs).map(([job, time]) => {
        const day = lastDayOf(time, hoursBefore(now, 'job.missed'));
        return sql`(${job}, ${day}::date, ${atTime(day, time)}::timestamptz)`;
      }),
      sql`, `,
    )}) due (job, day, since)
    where exists (select 1 from ${cases} where ${cases.openedAt} < due.since)
      and not exists (select 1 from ${dailyRuns}
        where ${dailyRuns.job} = due.job and ${dailyRuns.day} = due.day and ${dailyRuns.status} = 'done')
    union all
    select ${standingJobs.job}, legal_now() - (clock_timestamp() - ${standingJobs.endedAt}) from ${standingJobs}
    where ${standingJobs.endedAt} < clock_timestamp() - make_interval(mins => ${watchEvery.missedAfter})`,
  // Told from when it was asked for: a page takes seconds, and an outage of hours is to be found as well.
  'publication.stuck': () => sql`
    select id, since from (
      select ${publicationId} as id,
        case when ${calendarPublications.status} = 'trying' then ${calendarPublications.proposedAt}
          else ${calendarPublications.confirmedAt} end as since
      from ${calendarPublications} where ${calendarPublications.status} in ('trying', 'confirmed', 'publishing')
    ) unfinished where since < ${before('publication.stuck')}`,
  // Addressed ones are late by their message, which a digest may have made days after they were queued.
  'notice.unsent': () => sql`
    select id, since from (
      select ${notices.id} as id, case when ${notices.status} = 'queued' then ${notices.queuedAt}
        else coalesce((select max(${outbox.queuedAt}) from ${outbox} join ${outboxNotices} on ${outboxNotices.outboxId} = ${outbox.id}
          where ${outboxNotices.noticeId} = ${notices.id}), ${notices.queuedAt}) end as since
      from ${notices} where ${notices.status} in ('queued', 'addressed')
    ) unsent where since < ${before('notice.unsent')}`,
  'notice.undigested': ({ now, calendar }) => sql`
    select ${notices.id} as id, ${notices.queuedAt} as since from ${notices}
    where ${notices.status} = 'waiting' and ${notices.queuedAt}
      < ${lastDigest(hoursBefore(now, 'notice.undigested'), calendar)}::timestamptz - interval '5 minutes'`,
  'webhook.dead': () => sql`
    select ${webhookDeliveries.id} as id, legal_now() - (clock_timestamp() - ${webhookDeliveries.settledAt}) as since
    from ${webhookDeliveries} where ${webhookDeliveries.status} = 'dead'`,
};

const hoursBefore = (now: Instant, kind: LateKind): Instant =>
  instantOf(millisOf(now) - watchKinds[kind].hours * 3_600_000);

/** The beginning of the working day before which a document should have been sealed. */
function workedBefore(now: Instant, calendar: Calendar): Instant {
  let day = dateOf(now);
  for (let left = watchKinds['document.unsealed'].hours / 24; left > 0;) {
    day = addDays(day, -1);
    if (calendar.isWorkingDay(day)) left -= 1;
  }
  return atTime(day, '00:00');
}

/** The last day whose time of day has come by now. */
const lastDayOf = (time: string, now: Instant) =>
  now < atTime(dateOf(now), time) ? addDays(dateOf(now), -1) : dateOf(now);

/** The hour of the last digest: days off have none, and what waits over them is not late. */
function lastDigest(now: Instant, calendar: Calendar): Instant {
  let day = lastDayOf(dailyJobs.digest, now);
  while (!calendar.isWorkingDay(day)) day = addDays(day, -1);
  return atTime(day, dailyJobs.digest);
}
