import { count, eq, sql } from 'drizzle-orm';
import { requests } from '../../db/schema/index.js';
import { writeList } from '../../import/generate/writeList.js';
import { generateList } from '../../import/generate/generateList.js';
import { readList } from '../../import/list.js';
import { begin, carryOut } from '../../import/run.js';
import { until } from '../../rehearsal/world.js';
import { dateOf, instantOf } from '../../rules/date.js';
import { packsOn } from '../../rules/packs/index.js';
import { startBareTimers } from '../bareTimers.js';
import { seconds } from '../measure.js';
import { memoryMiB } from '../memory.js';
import { type Result, rounded } from '../results.js';
import { type Servers, startServers } from '../servers.js';

const inFiveYears = 5 * 365 * 86_400_000;

/**
 * Existing permits brought in: from the first page of the list to the last life that is armed, against as many bare
 * workflows that are started, insert one row and arm one timer. Then what the parts weigh with all of them open.
 */
export async function measureArming(
  permits: number,
  report: (line: string) => void,
): Promise<readonly Result[]> {
  const servers = await startServers(report);
  try {
    const bare = await seconds(async () => {
      await startBareTimers(servers, permits, { armed: true, until: Date.now() + inFiveYears });
      await until(
        async () => missing(await bareRows(servers), permits),
        'every bare life armed',
        patience(permits),
      );
    });
    const bareMemory = memoryOf(servers, servers.bareWorker.pid);
    report(`bare     ${(permits / bare).toFixed(1)} armed/s`);

    const on = dateOf(instantOf(Date.now()));
    const rows = generateList({ permits, seed: 'bench', on, bad: 0 });
    const list = readList(writeList(rows, 'csv'), { packs: packsOn(on) });
    const product = await seconds(async () => {
      const { id } = await begin(servers.db, { fileHash: 'bench', dryRun: false });
      await carryOut(servers.db, id, list, () => undefined);
      await until(
        async () => missing(await armed(servers), list.permits.length),
        'every permit armed',
        patience(permits),
      );
    });
    const memory = memoryOf(servers, servers.worker.pid);
    report(`product  ${(permits / product).toFixed(1)} armed/s`);
    const value = list.permits.length / product;
    const beside = permits / bare;
    return [
      {
        name: 'arming',
        value: rounded(value),
        unit: 'permits/s',
        bare: rounded(beside),
        ratio: rounded(value / beside),
        floor: 0.6,
      },
      ...Object.entries(memory).flatMap(([part, mebibytes]) => {
        const before = bareMemory[part];
        if (mebibytes === null || before == null) return [];
        return [
          {
            name: `memory.${part}`,
            value: rounded(mebibytes),
            unit: 'MiB',
            bare: rounded(before),
            ratio: rounded(before / mebibytes),
            floor: null,
          },
        ];
      }),
    ];
  } finally {
    await servers.stop();
  }
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
  const [row] = await db.select({ there: count() }).from(requests).where(eq(requests.status, 'done'));
  return row?.there ?? 0;
}

/** The servers hold the bare lives and the product's: the product's weight is what came on top of them. */
function memoryOf({ stack }: Servers, worker: number | undefined): Readonly<Record<string, number | null>> {
  const { temporal, postgres } = stack.servers;
  const of = (pid: number | undefined, descendants = false) =>
    pid === undefined ? null : memoryMiB(pid, descendants);
  return { worker: of(worker), temporal: of(temporal?.pid), postgres: of(postgres?.pid, true) };
}
