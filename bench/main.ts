import { cpus, totalmem } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { bareOf } from './bare.js';
import { cpuMillis } from './cpu.js';
import { httpOf } from './http.js';
import { type CpuReading, measure, type Round, roundOf, type Turn } from './measure.js';
import { productOf } from './product.js';
import { type Result, resultsOf, underFloor } from './results.js';
import { measureArming } from './scale/arming.js';
import { measureLoad } from './scale/load.js';
import { measureReading } from './scale/reading.js';
import { measureRetiming } from './scale/retiming.js';
import { measureWave } from './scale/wave.js';
import { type Servers, startServers } from './servers.js';
import { measureChecks } from './tiers/checks.js';
import { measureDraw } from './tiers/draw.js';
import { measureSweep } from './tiers/sweep.js';

const progress = (line: string): void => void process.stderr.write(`${line}\n`);

const allMeasures = [
  'steps',
  'wave',
  'arming',
  'retiming',
  'reading',
  'load',
  'checks',
  'draw',
  'sweep',
] as const;
type Measure = (typeof allMeasures)[number];

interface Options {
  readonly measures: readonly Measure[];
  readonly rounds: number;
  readonly scale: number;
  readonly floors: 'on' | 'off';
  readonly json?: true;
}

/** `npm run bench`: measures the product against bare Temporal. Exit code 1 where a ratio lies under its floor. */
async function main(): Promise<void> {
  const { measures, rounds, floors, scale, json } = new Command('bench')
    .addOption(
      new Option('--measures <names>', `量什么，逗号分隔 · what is measured: ${allMeasures.join(',')}`)
        .default(['steps'])
        .argParser(toMeasures),
    )
    .addOption(
      new Option('--scale <share>', '规模的几分之几 · the share of the full size')
        .default(1)
        .argParser(toShare),
    )
    .addOption(
      new Option('--rounds <number>', '轮数，取中位数 · rounds, of which the median counts')
        .default(5)
        .argParser(toCount),
    )
    .addOption(
      new Option('--floors <on|off>', '低于下限时失败 · fail under a floor')
        .choices(['on', 'off'])
        .default('on'),
    )
    .option('--json', 'JSON')
    .parse()
    .opts<Options>();
  const of = (count: number): number => Math.ceil(count * scale);
  const run: Record<Measure, () => Promise<readonly Result[]>> = {
    steps: () => measureSteps(rounds, scale),
    wave: () => measureWave(of(2000), progress),
    arming: () => measureArming(of(10_000), progress),
    // Of seven clocks each: 10,500 open clocks.
    retiming: () => measureRetiming({ told: of(800), open: of(1500), rounds }, progress),
    reading: () => measureReading(scale, progress),
    load: () => measureLoad(of(100_000), progress),
    checks: () => measureChecks(of(10_000), rounds, progress),
    draw: () => measureDraw(of(1_000_000), rounds, progress),
    sweep: () => measureSweep(of(200), rounds, progress),
  };
  const results: Result[] = [];
  for (const name of measures) results.push(...(await run[name]()));
  process.stdout.write(
    json === true ? `${JSON.stringify({ machine: machine(), results })}\n` : tableOf(results),
  );
  const failed = floors === 'on' ? underFloor(results) : [];
  for (const { name, ratio, floor } of failed)
    progress(`低于下限 · under its floor: ${name} ${ratio} < ${floor ?? ''}`);
  if (failed.length > 0) process.exitCode = 1;
}

async function measureSteps(rounds: number, scale: number): Promise<readonly Result[]> {
  const servers = await startServers(progress);
  try {
    return resultsOf(await interleaved(servers, rounds, scale));
  } finally {
    await servers.stop();
  }
}

/**
 * Each round measures every subject in two turns, the second time in the opposite order, and every round begins with another
 * one: what slows the machine down bit by bit, or is left behind by a turn, falls on all of them.
 */
async function interleaved(servers: Servers, count: number, scale: number) {
  const subjects = {
    bare: { subject: bareOf(servers), worker: servers.bareWorker },
    product: { subject: await productOf(servers), worker: servers.worker },
    http: { subject: await httpOf(servers.apiUrl), worker: servers.worker },
  };
  const all: Record<keyof typeof subjects, Round[]> = { bare: [], product: [], http: [] };
  const names = ['bare', 'product', 'http'] as const;
  const turn = ({ subject, worker }: (typeof subjects)[keyof typeof subjects]): Promise<Turn> =>
    measure(subject, cpuReading(servers, worker.pid), scale);
  // A turn that does not count: code is compiled, caches and pools are filled.
  for (const name of names) report('warm-up', name, roundOf([await turn(subjects[name])]));
  for (let round = 1; round <= count; round += 1) {
    const turns: Record<keyof typeof subjects, Turn[]> = { bare: [], product: [], http: [] };
    const order = [...names.slice(round % names.length), ...names.slice(0, round % names.length)];
    for (const name of [...order, ...order.toReversed()]) turns[name].push(await turn(subjects[name]));
    for (const name of names) {
      const measured = roundOf(turns[name]);
      report(`round ${round}`, name, measured);
      all[name].push(measured);
    }
  }
  return all;
}

function report(when: string, name: string, { steps, latency, opened }: Round): void {
  const figures = `${steps.toFixed(1)} steps/s, ${latency.toFixed(1)} ms, ${opened.toFixed(1)} cases/s`;
  progress(`${when}  ${name.padEnd(7)}  ${figures}`);
}

function cpuReading({ stack }: Servers, worker: number | undefined): CpuReading {
  const { temporal, postgres } = stack.servers;
  return () => {
    const read = {
      worker: worker === undefined ? null : cpuMillis(worker),
      temporal: temporal?.pid === undefined ? null : cpuMillis(temporal.pid),
      postgres: postgres?.pid === undefined ? null : cpuMillis(postgres.pid, true),
    };
    return Object.fromEntries(
      Object.entries(read).flatMap(([part, millis]) => (millis === null ? [] : [[part, millis]])),
    );
  };
}

const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}, Node ${process.versions.node}`;

function tableOf(results: readonly Result[]): string {
  const lines = results.map(
    ({ name, value, unit, bare, ratio, floor }) =>
      `${name.padEnd(22)} ${String(value).padStart(8)} ${unit.padEnd(8)} bare ${String(bare).padStart(8)}   ratio ${String(ratio).padEnd(6)} ${floor === null ? '' : `floor ${floor}`}`,
  );
  return [machine(), ...lines.map((line) => line.trimEnd()), ''].join('\n');
}

function toCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('a whole number from 1 on');
  return count;
}

function toShare(text: string): number {
  const share = Number(text);
  if (!(share > 0 && share <= 1)) throw new InvalidArgumentError('a number above 0, at most 1');
  return share;
}

function toMeasures(text: string): readonly Measure[] {
  return text.split(',').map((name) => {
    const measure = allMeasures.find((each) => each === name);
    if (measure === undefined) throw new InvalidArgumentError(`of: ${allMeasures.join(', ')}`);
    return measure;
  });
}

await main();
