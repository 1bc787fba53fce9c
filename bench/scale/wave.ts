import { inArray, sql } from 'drizzle-orm';
import { markRehearsal } from '../../db/legalClock.js';
import { cases, steps } from '../../db/schema/index.js';
import { readList } from '../../import/list.js';
import { begin, carryOut } from '../../import/run.js';
import { startClock } from '../../rehearsal/runningClock.js';
import { until } from '../../rehearsal/world.js';
import { instantOf, parseDate, parseInstant, millisOf } from '../../rules/date.js';
import { packsOn } from '../../rules/packs/index.js';
import { startBareTimers } from '../bareTimers.js';
import { type Result, rounded } from '../results.js';
import { type Servers, startServers } from '../servers.js';
import { permitsEndingOn } from './permitsEndingOn.js';

const lastDay = parseDate('2031-03-05');
const midnight = millisOf(parseInstant('2031-03-06T00:00:00+08:00'));

/**
 * Permits that all end at one midnight: each lapses, and its cancellation opens, two steps a permit; against as many bare
 * timers that strike at one instant and insert a row each. Counted from the stroke to the last commit.
 */
export async function measureWave(
  permits: number,
  report: (line: string) => void,
): Promise<readonly Result[]> {
  // Legal time is given room before the stroke: to start as many lives on a slow machine.
  const room = 20_000 + permits * 60;
  const eve = instantOf(midnight - 86_400_000);
  const servers = await startServers(report, (db) => markRehearsal(db, eve));
  try {
    const bareStroke = Date.now() + room / 2;
    await startBareTimers(servers, permits, { armed: false, until: bareStroke });
    await untilStroke(bareStroke);
    await until(async () => missing(await bareRows(servers), permits), 'every bare timer', room * 4);
    const bare = permits / ((Date.now() - bareStroke) / 1000);
    report(`bare     ${bare.toFixed(1)} timers/s`);

    const clock = await startClock(servers.db, instantOf(midnight - room));
    const stroke = Date.now() + room;
    const list = readList(permitsEndingOn(lastDay, permits), { packs: packsOn(lastDay) });
    const { id } = await begin(servers.db, { fileHash: 'wave', dryRun: false });
    await carryOut(servers.db, id, list, () => undefined);
    await until(async () => missing(await stepsOf(servers, 'permit'), permits), 'every permit armed', room);
    await untilStroke(stroke);
    const before = await stepsOf(servers, 'permit');
    await until(
      async () => missing(await stepsOf(servers, 'cancellation'), permits),
      'every cancellation',
      room * 8,
    );
    await until(
      async () => missing((await stepsOf(servers, 'permit')) - before, permits),
      'every lapse',
      room * 8,
    );
    const lasted = (Date.now() - stroke) / 1000;
    await clock.stop();
    const committed = (await stepsOf(servers, 'permit')) - before + (await stepsOf(servers, 'cancellation'));
    const value = committed / lasted;
    report(`product  ${value.toFixed(1)} steps/s`);
    return [
      {
        name: 'wave',
        value: rounded(value),
        unit: 'steps/s',
        bare: rounded(bare),
        ratio: rounded(value / bare),
        floor: 0.6,
      },
    ];
  } finally {
    await servers.stop();
  }
}

const missing = (there: number, wanted: number): string | null =>
  there >= wanted ? null : `${there} of ${wanted}`;

const untilStroke = (stroke: number): Promise<void> => {
  const left = stroke - Date.now();
  if (left < 0) throw new Error('the machine is too slow: not all were armed before the stroke');
  return new Promise((resolve) => setTimeout(resolve, left));
};

async function bareRows({ db }: Servers): Promise<number> {
  const { rows } = await db.execute<{ there: string }>(sql`select count(*) as there from bare_rows`);
  return Number(rows[0]?.there);
}

async function stepsOf({ db }: Servers, kind: 'permit' | 'cancellation'): Promise<number> {
  return await db.$count(
    steps,
    inArray(
      steps.caseId,
      db
        .select({ id: cases.id })
        .from(cases)
        .where(sql`${cases.kind} = ${kind}`),
    ),
  );
}
