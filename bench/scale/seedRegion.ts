import { sql } from 'drizzle-orm';
import type { Database } from '../../db/database.js';

/** How much a region has gathered after years. */
export interface Region {
  readonly permits: number;
  readonly cases: number;
  /** Open tasks, over the roles of the organs of two cities. */
  readonly tasks: number;
  readonly entriesPerCase: number;
}

/**
 * Fills a database with a region's years: rows as our own steps write them, but for hashes, which no reader of these pages
 * looks at. The first case is the one whose page is read: `application/2020-000001`.
 */
export async function seedRegion(
  db: Database,
  { permits, cases, tasks, entriesPerCase }: Region,
): Promise<void> {
  const statements = [
    sql`insert into units (id, credit_code, name, area, contact)
        select 'unit' || n, '91990100MC' || lpad(n::text, 8, '0'), '示范企业' || n || '有限公司', '990100', 'unit' || n || '@example.test'
        from generate_series(1, ${permits}::int) n`,
    sql`insert into permits (permit_no, unit_id, permit_class, area, state, valid_from, valid_to, version)
        select '91990100MC' || lpad(n::text, 8, '0') || '001P', 'unit' || n, case when n % 4 = 0 then 'key' else 'simplified' end,
               '990100', case when n % 9 = 0 then 'lapsed' else 'valid' end, date '2022-01-01' + n % 1800, date '2026-12-31' + n % 1800, 1
        from generate_series(1, ${permits}::int) n`,
    sql`insert into cases (id, kind, procedure, revision, stage, outcome, pack_id, area, organs, unit_id, permit_no, facts, opened_at,
                           closed_at, next, next_at, ledger_count, ledger_head)
        select 'application/2020-' || lpad(n::text, 6, '0'), 'application', 'first', 12, 'review', null, ${'demonstration-1'}, '990100',
               ${JSON.stringify(organs)}::jsonb, 'unit' || (n % ${permits}::int + 1), null, '{}'::jsonb,
               timestamptz '2026-01-05 09:00+08' + n * interval '1 minute', null, null, null, ${entriesPerCase}::int, repeat('0', 64)
        from generate_series(1, ${cases}::int) n`,
    sql`insert into ledger (case_id, sequence, revision, at, recorded_at, event, cause, actor, article, params, zh, en, previous_hash, hash)
        select 'application/2020-' || lpad(n::text, 6, '0'), k, k, timestamptz '2026-01-05 09:00+08' + (n + k) * interval '1 minute',
               timestamptz '2026-01-05 09:00+08' + (n + k) * interval '1 minute', 'review.opinion', 'request:' || n || '-' || k,
               '{"id":"water","kind":"officer"}'::jsonb, 'REG 10', '{"element":"water","outcome":"agree","round":1}'::jsonb,
               '水要素审查意见（第 1 轮）：同意。', 'Opinion of water, round 1: agrees.', repeat('0', 64), repeat('0', 64)
        from generate_series(1, ${cases}::int) n, generate_series(1, ${entriesPerCase}::int) k`,
    sql`insert into tasks (id, case_id, kind, round, role, organ, assignee, status, clock, opened_at)
        select 'application/2020-' || lpad((n % ${cases}::int + 1)::text, 6, '0') || '#' || r.kind || '.' || (n / ${cases}::int + 1),
               'application/2020-' || lpad((n % ${cases}::int + 1)::text, 6, '0'), r.kind, n / ${cases}::int + 1, r.role,
               (array['yunchuan', 'yunchuan.qinghe', 'lanjiang.approval', 'lanjiang.ecology'])[n % 4 + 1], null, 'open', r.kind,
               timestamptz '2026-01-05 09:00+08' + n * interval '1 minute'
        from generate_series(0, ${tasks}::int - 1) n
        join (values (0, 'completeness', 'acceptance'), (1, 'opinion.water', 'element.water'), (2, 'opinion.air', 'element.air'),
                     (3, 'opinion.soil', 'element.soil'), (4, 'opinion.noise', 'element.noise'), (5, 'merge', 'officer'),
                     (6, 'verification', 'verification'), (7, 'sign.1', 'sectionHead')) r (i, kind, role) on r.i = n / 4 % 8`,
    sql`insert into clocks (case_id, id, "limit", events, state, due, promised_due, lapse_at, yellow_at, red_at, next_at, next, promised, estimated)
        select case_id, clock, 'review.element', '[{"type":"started","limit":"review.element","on":"2026-10-20"}]'::jsonb, 'running', date '2026-11-01' + (row_number() over ())::int % 90, null, null,
               timestamptz '2026-10-20 09:00+08' + (row_number() over ())::int % 90 * interval '1 day',
               timestamptz '2026-11-02 00:00+08' + (row_number() over ())::int % 90 * interval '1 day', null, null, null, 'no'
        from (select distinct case_id, clock from tasks where clock is not null) t`,
    sql`update tasks set due = clocks.due from clocks where clocks.case_id = tasks.case_id and clocks.id = tasks.clock`,
  ];
  await db.transaction(async (tx) => {
    // The product's own limit is for pages.
    await tx.execute(sql`set local statement_timeout = 0`);
    for (const statement of statements) await tx.execute(statement);
    await tx.execute(sql`analyze`);
  });
}

const organs = {
  ...{ accepting: 'yunchuan', reviewing: 'yunchuan', deciding: 'yunchuan', sealing: 'yunchuan' },
  supervising: 'yunchuan',
};
