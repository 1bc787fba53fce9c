import { Gauge } from 'prom-client';
import type { Database, PoolUse } from '../db/database.js';
import { readTotals, type Totals } from '../db/queries/totals.js';
import { type Late, watchAge, whatWasFound } from '../db/queries/watch.js';
import type { Metrics } from './metrics.js';

interface Standing {
  readonly totals: Totals;
  readonly late: readonly Late[];
  readonly watchAge: number | null;
}

type Row = readonly [labels: Readonly<Record<string, string>>, value: number];

/** How long counts are kept, in milliseconds: several scrapers ask the database once. */
const freshFor = 10_000;

/**
 * Adds how the installation stands, read from the database when somebody asks. Every process says the same of it, so take the
 * maximum over processes, never the sum. With the database away these are left out, and `yizheng_database_up` is 0.
 */
export function addDatabaseMetrics({ registry }: Metrics, db: Database, poolUse: () => PoolUse): void {
  let known: { readonly at: number; readonly standing: Promise<Standing | null> } | undefined;
  const current = (): Promise<Standing | null> => {
    if (known === undefined || Date.now() - known.at > freshFor) {
      const read = async (): Promise<Standing> => ({
        totals: await readTotals(db),
        late: await whatWasFound(db),
        watchAge: await watchAge(db),
      });
      known = { at: Date.now(), standing: read().catch(() => null) };
    }
    return known.standing;
  };
  const gauge = (
    name: string,
    help: string,
    labelNames: readonly string[],
    rows: (standing: Standing) => readonly Row[],
  ): void => {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        const standing = await current();
        this.reset();
        // Without labels a reset leaves a 0 behind, which nobody has counted.
        if (labelNames.length === 0) this.remove();
        if (standing === null) return;
        for (const [labels, value] of rows(standing)) this.set(labels, value);
      },
    });
  };
  const labelled =
    (label: string, of: (totals: Totals) => Totals['clocks']) =>
    ({ totals }: Standing): readonly Row[] =>
      of(totals).map((each) => [{ [label]: each.label }, each.count]);

  gauge(
    'yizheng_open_cases',
    'Open cases by kind',
    ['kind'],
    labelled('kind', ({ openCases }) => openCases),
  );
  gauge(
    'yizheng_requests',
    'Open requests, and those of the last day by what they came to',
    ['status'],
    labelled('status', ({ requests }) => requests),
  );
  gauge('yizheng_relay_lag_seconds', 'Age of the oldest open request', [], ({ totals }) => [
    [{}, totals.relayLag],
  ]);
  gauge(
    'yizheng_clocks',
    'Running and paused clocks by the colour of their card, which follows the promised limit, in legal time',
    ['colour'],
    labelled('colour', ({ clocks }) => clocks),
  );
  gauge(
    'yizheng_tasks',
    'Open tasks by family',
    ['family'],
    labelled('family', ({ tasks }) => tasks),
  );
  gauge('yizheng_tasks_overdue', 'Open tasks past their statutory last day', ['family'], ({ totals }) =>
    totals.tasks.map(({ label, overdue }) => [{ family: label }, overdue]),
  );
  gauge(
    'yizheng_notices',
    'Notices by status',
    ['status'],
    labelled('status', ({ notices }) => notices),
  );
  gauge('yizheng_ledger_anchor_age_seconds', 'Time since the last signed anchor', [], ({ totals }) =>
    totals.anchorAge === null ? [] : [[{}, totals.anchorAge]],
  );
  gauge('yizheng_late', 'What the last look of the watch found (GET /watch)', ['kind'], ({ late }) =>
    late.map(({ kind, count }) => [{ kind }, count]),
  );
  gauge('yizheng_watch_age_seconds', 'Time since the watch last looked', [], (standing) =>
    standing.watchAge === null ? [] : [[{}, standing.watchAge]],
  );
  new Gauge({
    name: 'yizheng_database_up',
    help: 'Whether the database answered',
    registers: [registry],
    async collect() {
      this.set((await current()) === null ? 0 : 1);
    },
  });
  new Gauge({
    name: 'yizheng_pool_connections',
    help: 'Connections of this process to the database: in use, idle, and callers that wait for one',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const use = poolUse();
      for (const state of ['busy', 'idle', 'waiting'] as const) this.set({ state }, use[state]);
    },
  });
}
