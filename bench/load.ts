import { sql } from 'drizzle-orm';
import type { Database } from '../db/database.js';
import { loadCalendar } from '../db/queries/load.js';
import { parseDate } from '../rules/date.js';
import { median } from './measure.js';
import { startServers } from './servers.js';

const everything = { everything: true, organs: [], areas: [], units: [] };
const ofCity = { everything: false, organs: ['yunchuan'], areas: ['9901'], units: [] };

/**
 * `node dist/bench/load.js`: the load calendar over 100,000 permits and 200,000 clocks, five years ahead, for the whole
 * region and for one city. Reports milliseconds; a first call that fills caches does not count.
 */
async function main(): Promise<void> {
  const servers = await startServers((line) => void process.stderr.write(`${line}\n`));
  try {
    await seed(servers.db);
    const filter = { from: parseDate('2026-01-01'), to: parseDate('2031-01-01') };
    const report: Record<string, object> = {};
    for (const [name, scope] of Object.entries({ everything, ofCity })) {
      const times: number[] = [];
      let lines = 0;
      for (let round = 0; round <= 5; round += 1) {
        const began = performance.now();
        lines = (await loadCalendar(servers.db, scope, filter)).length;
        if (round > 0) times.push(performance.now() - began);
      }
      report[name] = {
        lines,
        milliseconds: Math.round(median(times)),
        slowest: Math.round(Math.max(...times)),
      };
    }
    process.stdout.write(`${JSON.stringify(report, null, 1)}\n`);
  } finally {
    await servers.stop();
  }
}

/** Rows alone, as wide as in life: a permit's case with two clocks each, spread over five years, five cities and a zone. */
async function seed(db: Database): Promise<void> {
  await db.execute(sql`
    insert into permits (permit_no, unit_id, permit_class, area, state, valid_from, valid_to, version)
    select 'P' || n, 'unit-' || n, 'simplified', '990' || (1 + n % 6) || '00', 'valid',
           date '2021-01-02' + n * 7 % 1826, date '2026-01-01' + n * 7 % 1826, 1
    from generate_series(1, 100000) n`);
  await db.execute(sql`
    insert into cases (id, kind, procedure, revision, stage, outcome, pack_id, area, organs, unit_id, permit_no, facts,
                       opened_at, closed_at, next, next_at, ledger_count, ledger_head)
    select 'permit/P' || n, 'permit', 'first', 3, 'valid', null, 'demonstration-1', '990' || (1 + n % 6) || '00',
           jsonb_build_object('accepting', o, 'reviewing', o, 'deciding', o, 'sealing', o, 'supervising', o),
           'unit-' || n, 'P' || n, jsonb_build_object('rounds', jsonb_build_object('permit', 1), 'note', repeat('x', 300)),
           now(), null, jsonb_build_object('clock', 'validity', 'moment', 'anniversary.1'), now() + interval '1 year', 3,
           repeat('0', 64)
    from generate_series(1, 100000) n,
         lateral (select case n % 6 when 0 then 'yunchuan' else 'organ-' || n % 6 end as o) organ`);
  await db.execute(sql`
    insert into clocks (case_id, id, "limit", events, state, due, promised_due, lapse_at, yellow_at, red_at, next_at, next,
                        promised, estimated)
    select 'permit/P' || n, id, "limit", '[{"type":"started","on":"2021-01-02"}]'::jsonb, 'running',
           date '2026-01-01' + n * 7 % 1826 - back, null, now(), null, null, now(), null, null, 'no'
    from generate_series(1, 100000) n,
         (values ('validity', 'permit.validity', 0), ('renewalApply', 'renewal.apply', 60)) clock (id, "limit", back)`);
  await db.execute(sql`vacuum analyze permits`);
  await db.execute(sql`vacuum analyze cases`);
  await db.execute(sql`vacuum analyze clocks`);
}

await main();
