import { and, count, eq, isNotNull, sql } from 'drizzle-orm';
import { cases } from '../../db/schema/index.js';
import { generateList } from '../../import/generate/generateList.js';
import { writeList } from '../../import/generate/writeList.js';
import { type ReadList, readList } from '../../import/list.js';
import { lifeOf, versionOf } from '../../import/life.js';
import { begin, carryOut } from '../../import/run.js';
import { until } from '../../rehearsal/world.js';
import { type CalendarDate, dateOf, instantOf } from '../../rules/date.js';
import { packsOn } from '../../rules/packs/index.js';
import { startBareTimers } from '../bareTimers.js';
import { seconds } from '../measure.js';
import { type Memory, memoryOf } from '../memory.js';
import { type Result, rounded } from '../results.js';
import { type Servers, startServers } from '../servers.js';

const inFiveYears = 5 * 365 * 86_400_000;

/** What one side came to: how many lives it armed a second, and what its parts weigh with all of them open. */
interface Armed {
  readonly rate: number;
  readonly memory: Memory;
}

/**
 * Existing permits brought in: from the first page of the list to the last life that waits for its next moment, against as
 * many bare workflows that are started, insert one row and arm one timer. Then what the parts weigh with all of them open;
 * each side has servers of its own, so that neither carries the other's weight.
 */
export async function measureArming(
  permits: number,
  report: (line: string) => void,
): Promise<readonly Result[]> {
  const bare = await onServers(report, 'bare', (servers) => armBare(servers, permits));
  const product = await onServers(report, 'product', (servers) => armPermits(servers, permits));
  const parts = ['worker', 'temporal', 'postgres'] as const;
  return [
    {
      ...{ name: 'arming', value: rounded(product.rate), unit: 'permits/s', bare: rounded(bare.rate) },
      ...{ ratio: rounded(product.rate / bare.rate), floor: 0.6 },
    },
    ...parts.flatMap((part) => {
      const [value, beside] = [product.memory[part], bare.memory[part]];
      if (value === null || beside === null) return [];
      const ratio = rounded(beside / value);
      return [
        {
          name: `memory.${part}`,
          value: rounded(value),
          unit: 'MiB',
          bare: rounded(beside),
          ratio,
          floor: null,
        },
      ];
    }),
  ];
}

async function onServers(
  report: (line: string) => void,
  name: string,
  arm: (servers: Servers) => Promise<Armed>,
): Promise<Armed> {
  const servers = await startServers(report);
  try {
    const armed = await arm(servers);
    const weights = Object.entries(armed.memory).map(([part, weight]) => `${part} ${weight?.toFixed(0)} MiB`);
    report(`${name.padEnd(8)} ${armed.rate.toFixed(1)} armed/s, ${weights.join(', ')}`);
    return armed;
  } finally {
    await servers.stop();
  }
}

async function armBare(servers: Servers, permits: number): Promise<Armed> {
  const lasted = await seconds(async () => {
    await startBareTimers(servers, permits, { armed: true, until: Date.now() + inFiveYears });
    await until(
      async () => missing(await bareRows(servers), permits),
      'every bare life armed',
      patience(permits),
    );
  });
  return { rate: permits / lasted, memory: memoryOf(servers, servers.bareWorker) };
}

async function armPermits(servers: Servers, permits: number): Promise<Armed> {
  const list = livingList(permits, dateOf(instantOf(Date.now())));
  const lasted = await seconds(async () => {
    const { id } = await begin(servers.db, { fileHash: 'bench', dryRun: false });
    await carryOut(servers.db, id, list, () => undefined);
    await until(
      async () => missing(await armed(servers), list.permits.length),
      'every permit armed',
      patience(permits),
    );
  });
  return { rate: list.permits.length / lasted, memory: memoryOf(servers, servers.worker) };
}

/** A region's list as it comes, with its history, less the permits that have ended or lapsed: they would arm nothing. */
function livingList(permits: number, on: CalendarDate): ReadList {
  // Of a hundred generated permits some eighty live.
  const rows = generateList({ permits: Math.ceil(permits * 1.4), seed: 'bench', on, bad: 0 });
  const list = readList(writeList(rows, 'csv'), { packs: packsOn(on) });
  const living = list.permits.filter(({ acts }) => {
    const life = lifeOf(
      acts,
      acts.map((act) => versionOf(act).version),
      '',
      undefined,
    );
    return life?.ending === null && life.validTo >= on;
  });
  if (living.length < permits) throw new Error(`only ${living.length} of ${permits} permits live`);
  return { ...list, permits: living.slice(0, permits) };
}

const missing = (there: number, wanted: number): string | null =>
  there >= wanted ? null : `${there} of ${wanted}`;

/** In milliseconds: a slow machine arms ten a second. */
const patience = (permits: number): number => 60_000 + permits * 100;

async function bareRows({ db }: Servers): Promise<number> {
  const { rows } = await db.execute<{ there: string }>(sql`select count(*) as there from bare_rows`);
  return Number(rows[0]?.there);
}

async function armed({ db }: Servers): Promise<number> {
  const [row] = await db
    .select({ there: count() })
    .from(cases)
    .where(and(eq(cases.kind, 'permit'), isNotNull(cases.nextAt)));
  return row?.there ?? 0;
}
