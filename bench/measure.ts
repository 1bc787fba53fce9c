import type { Subject, Unopened } from './subject.js';

/** How many people work at once. */
export const callers = 40;

/** Cases that one person works through alone, one after the other. */
const aloneCases = 4;

/** What one round of one subject came to. */
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

/** Runs one round: opens two cases for each caller and some more, works the former at once, then the others alone. */
export async function measure(subject: Subject, cpu: CpuReading): Promise<Round> {
  const cases = await subject.prepare(2 * callers + aloneCases);
  const opening = await seconds(() => atOnce(cases, (each) => each.open()));

  const worked = cases.slice(0, -aloneCases);
  const count = stepsOf(worked);
  const together = await taken(cpu, count, () =>
    seconds(() =>
      atOnce(worked, async ({ steps }) => {
        for (const step of steps) await step();
      }),
    ),
  );

  const alone = cases.slice(-aloneCases);
  const byOne = await taken(cpu, stepsOf(alone), async () => {
    const latencies: number[] = [];
    for (const { steps } of alone) for (const step of steps) latencies.push((await seconds(step)) * 1000);
    return latencies;
  });
  return {
    opened: cases.length / opening,
    steps: count / together.result,
    latency: median(byOne.result),
    cpu: together.aStep,
    cpuAlone: byOne.aStep,
  };
}

const stepsOf = (cases: readonly Unopened[]): number =>
  cases.reduce((sum, { steps }) => sum + steps.length, 0);

/** What some work of so many steps came to, and the processor milliseconds that each of them took, by part. */
async function taken<Result>(cpu: CpuReading, steps: number, work: () => Promise<Result>) {
  const before = cpu();
  const result = await work();
  const aStep = Object.entries(cpu()).map(([part, millis]) => [part, (millis - (before[part] ?? 0)) / steps]);
  return { result, aStep: Object.fromEntries(aStep) as Readonly<Record<string, number>> };
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
