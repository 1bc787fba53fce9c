import type { Subject, Unopened } from './subject.js';

/** How many people work at once. */
export const callers = 40;

/** Cases that one person works through alone, one after the other. */
const aloneCases = 4;

/** What one round of one subject came to: all its turns. */
export interface Round {
  /** Cases opened a second, at 40 callers. */
  readonly opened: number;
  /** Human steps a second, at 40 callers, each in a case of his own. */
  readonly steps: number;
  /** The median of one caller's steps, in milliseconds. */
  readonly latency: number;
  /** Processor milliseconds a step took at 40 callers, by part; empty where they can not be read. */
  readonly cpu: Readonly<Record<string, number>>;
  /** The same of one caller's steps. */
  readonly cpuAlone: Readonly<Record<string, number>>;
}

/** Reads the processor time taken so far by each part, in milliseconds. */
export type CpuReading = () => Readonly<Record<string, number>>;

/** One turn of one subject in a round: so much done in so many seconds, with so many processor milliseconds of each part. */
export interface Turn {
  readonly opening: Work;
  readonly together: Work;
  readonly alone: Work;
  /** How long each step of one caller took, in milliseconds. */
  readonly latencies: readonly number[];
}

interface Work {
  readonly count: number;
  readonly seconds: number;
  readonly cpu: Readonly<Record<string, number>>;
}

/**
 * Takes one turn: opens two cases for each caller and some more, works the former at once, then the others alone; or this
 * share of so many.
 */
export async function measure(subject: Subject, cpu: CpuReading, scale: number): Promise<Turn> {
  const byOne = Math.ceil(aloneCases * scale);
  const cases = await subject.prepare(Math.ceil(2 * callers * scale) + byOne);
  const opening = await taken(cpu, cases.length, () => atOnce(cases, (each) => each.open()));

  const worked = cases.slice(0, -byOne);
  const together = await taken(cpu, stepsOf(worked), () =>
    atOnce(worked, async ({ steps }) => {
      for (const step of steps) await step();
    }),
  );

  const others = cases.slice(-byOne);
  const latencies: number[] = [];
  const alone = await taken(cpu, stepsOf(others), async () => {
    for (const { steps } of others) for (const step of steps) latencies.push((await seconds(step)) * 1000);
  });
  return { opening, together, alone, latencies };
}

/** What the turns of a round come to, taken together. */
export const roundOf = (turns: readonly Turn[]): Round => ({
  opened: rateOf(turns.map(({ opening }) => opening)),
  steps: rateOf(turns.map(({ together }) => together)),
  latency: median(turns.flatMap(({ latencies }) => latencies)),
  cpu: cpuOf(turns.map(({ together }) => together)),
  cpuAlone: cpuOf(turns.map(({ alone }) => alone)),
});

const sum = (values: readonly number[]): number => values.reduce((before, value) => before + value, 0);

const rateOf = (works: readonly Work[]): number =>
  sum(works.map(({ count }) => count)) / sum(works.map((work) => work.seconds));

function cpuOf(works: readonly Work[]): Readonly<Record<string, number>> {
  const steps = sum(works.map(({ count }) => count));
  const parts = Object.keys(works[0]?.cpu ?? {});
  return Object.fromEntries(parts.map((part) => [part, sum(works.map(({ cpu }) => cpu[part] ?? 0)) / steps]));
}

const stepsOf = (cases: readonly Unopened[]): number => sum(cases.map(({ steps }) => steps.length));

async function taken(cpu: CpuReading, count: number, work: () => Promise<unknown>): Promise<Work> {
  const before = cpu();
  const took = await seconds(work);
  const parts = Object.entries(cpu()).map(([part, millis]) => [part, millis - (before[part] ?? 0)]);
  return { count, seconds: took, cpu: Object.fromEntries(parts) as Work['cpu'] };
}

/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** How long some work takes. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - began) / 1e9;
}

/** Does something with every item, with so many hands: one for each caller, unless told. */
export async function atOnce<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
  hands = callers,
): Promise<void> {
  // One iterator for all hands: each takes the next item, whatever it is.
  const left = items.values();
  const hand = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: hands }, hand));
}
