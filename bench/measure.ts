import type { Subject } from './subject.js';

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
}

/** Reads the processor time taken so far by each part, in milliseconds. */
export type CpuReading = () => Readonly<Record<string, number>>;

/** Runs one round: opens two cases for each caller and some more, works the former at once, then the others alone. */
export async function measure(subject: Subject, cpu: CpuReading): Promise<Round> {
  const cases = await subject.prepare(2 * callers + aloneCases);
  const opening = await seconds(() => atOnce(cases, (each) => each.open()));

  const worked = cases.slice(0, -aloneCases);
  const count = worked.reduce((sum, { steps }) => sum + steps.length, 0);
  const before = cpu();
  const working = await seconds(() =>
    atOnce(worked, async ({ steps }) => {
      for (const step of steps) await step();
    }),
  );
  const after = cpu();

  const latencies: number[] = [];
  for (const { steps } of cases.slice(-aloneCases)) {
    for (const step of steps) latencies.push((await seconds(step)) * 1000);
  }
  return {
    opened: cases.length / opening,
    steps: count / working,
    latency: median(latencies),
    cpu: Object.fromEntries(
      Object.entries(after).map(([part, millis]) => [part, (millis - (before[part] ?? 0)) / count]),
    ),
  };
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
