import { sql } from 'drizzle-orm';
import type { Database } from '../../db/database.js';
import { loadCalendar } from '../../db/queries/load.js';
import { parseDate } from '../../rules/date.js';
import { seconds } from '../measure.js';
import { type Result, rounded } from '../results.js';
import { startServers } from '../servers.js';

const scopes = {
  region: { everything: true, organs: [], areas: [], units: [] },
  city: { everything: false, organs: ['yunchuan'], areas: ['9901'], units: [] },
};

/** What the issue allows, in milliseconds. */
const limit = 1000;

/**
 * The load calendar, five years ahead, over so many permits with two clocks each, for the whole region and for one city: the
 * slowest of five calls, after one that fills caches. `bare` is the limit of one second.
 */
export async function measureLoad(
  permits: number,
  report: (line: string) => void,
): Promise<readonly Result[]> {
  const servers = await startServers(report);
  try {
    await seed(servers.db, permits);
    const filter = { from: parseDate('2026-01-01'), to: parseDate('2031-01-01') };
    const results: Result[] = [];
    for (const [name, scope] of Object.entries(scopes)) {
      const times: number[] = [];
      let lines = 0;
      for (let round = 0; round <= 5; round += 1) {
        const lasted = await seconds(async () => {
          lines = (await loadCalendar(servers.db, scope, filter)).length;
        });
        if (round > 0) times.push(lasted * 1000);
      }
      const slowest = Math.max(...times);
      report(`load.${name}: ${lines} lines, ${times.map((time) => time.toFixed(0)).join(', ')} ms`);
      results.push({
        ...{ name: `load.${name}`, value: rounded(slowest), unit: 'ms', bare: limit },
        ...{ ratio: rounded(limit / slowest), floor: 1 },
      });
    }
    return results;
  } finally {
    await servers.stop();
  }
}

/** Rows alone, as wide as in life: a permit's case with two clocks each, spread over five years, five cities and a zone. */
async function seed(db: Database, count: number): Promise<void> {
  await db.execute(sql`
    insert into permits (permit_no, unit_id, permit_class, area, state, valid_from, valid_to, version)
    select 'P' || n, 'unit-' || n, 'simplified', '990' || (1 + n % 6) || '00', 'valid',
           date '2021-01-02' + n * 7 % 1826, date '2026-01-01' + n * 7 % 1826, 1
    from generate_series(1, ${count}::int) n`);
  await db.execute(sql`
    insert into cases (id, kind, procedure, revision, stage, outcome, pack_id, area, organs, unit_id, permit_no, facts,
                       opened_at, closed_at, next, next_at, ledger_count, ledger_head)
    select 'permit/P' || n, 'permit', 'first', 3, 'valid', null, 'demonstration-1', '990' || (1 + n % 6) || '00',
           jsonb_build_object('accepting', o, 'reviewing', o, 'deciding', o, 'sealing', o, 'supervising', o),
           'unit-' || n, 'P' || n, jsonb_build_object('rounds', jsonb_build_object('permit', 1), 'note', repeat('x', 300)),
           now(), null, jsonb_build_object('clock', 'validity', 'moment', 'anniversary.1'), now() + interval '1 year', 3,
           repeat('0', 64)
    from generate_series(1, ${count}::int) n,
         lateral (select case n % 6 when 0 then 'yunchuan' else 'organ-' || n % 6 end as o) organ`);
  await db.execute(sql`
    insert into clocks (case_id, id, "limit", events, state, due, promised_due, lapse_at, yellow_at, red_at, next_at, next,
                        promised, estimated)
    select 'permit/P' || n, id, "limit", '[{"type":"started","on":"2021-01-02"}]'::jsonb, 'running',
           date '2026-01-01' + n * 7 % 1826 - back, null, now(), null, null, now(), null, null, 'no'
    from generate_series(1, ${count}::int) n,
         (values ('validity', 'permit.validity', 0), ('renewalApply', 'renewal.apply', 60)) clock (id, "limit", back)`);
  await db.execute(sql`vacuum analyze permits`);
  await db.execute(sql`vacuum analyze cases`);
  await db.execute(sql`vacuum analyze clocks`);
}
