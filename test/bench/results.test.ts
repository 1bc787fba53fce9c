import { expect, test } from 'vitest';
import { median, type Round, roundOf, type Turn } from '../../bench/measure.js';
import { resultsOf, underFloor } from '../../bench/results.js';

const round = (more: Partial<Round>): Round => ({
  ...{ steps: 100, latency: 10, opened: 50, cpu: { worker: 5 }, cpuAlone: { worker: 8 } },
  ...more,
});

const named = (results: ReturnType<typeof resultsOf>, name: string) =>
  results.find((result) => result.name === name);

test('the middle value counts, so that one disturbed round does not', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('a round is its turns taken together: what was done in all of them, by the time of all of them', () => {
  const work = (count: number, seconds: number, worker: number) => ({ count, seconds, cpu: { worker } });
  const turns: readonly Turn[] = [
    { opening: work(8, 1, 0), together: work(100, 1, 500), alone: work(2, 1, 30), latencies: [9, 11] },
    { opening: work(8, 3, 0), together: work(300, 7, 700), alone: work(6, 1, 10), latencies: [30] },
  ];
  expect(roundOf(turns)).toEqual({
    ...{ opened: 4, steps: 50, latency: 11, cpu: { worker: 3 }, cpuAlone: { worker: 5 } },
  });
});

test('every ratio is a share of bare Temporal’s speed: a rate by its height, a duration by its shortness', () => {
  const product = [round({ steps: 80, latency: 12.5, cpu: { worker: 10 } })];
  const results = resultsOf({ product, bare: [round({})], http: [round({ steps: 40 })] });
  expect(named(results, 'steps')).toEqual({
    ...{ name: 'steps', value: 80, unit: 'steps/s', bare: 100, ratio: 0.8, floor: 0.75 },
  });
  expect(named(results, 'latency')).toMatchObject({ value: 12.5, bare: 10, ratio: 0.8, floor: 0.667 });
  expect(named(results, 'cpu.worker')).toMatchObject({ value: 10, bare: 5, ratio: 0.5, floor: null });
  expect(named(results, 'cpu.alone.worker')).toMatchObject({ value: 8, bare: 8, ratio: 1, floor: null });
  expect(named(results, 'http.steps')).toMatchObject({ value: 40, ratio: 0.4, floor: null });
});

test('a measure under its floor is named, one that has none never is; where there is no /proc the rest remains', () => {
  const slow = round({ steps: 74, latency: 15.1, opened: 29, cpu: {}, cpuAlone: {} });
  const results = resultsOf({ product: [slow], bare: [round({ cpu: {}, cpuAlone: {} })], http: [slow] });
  expect(underFloor(results).map(({ name }) => name)).toEqual(['steps', 'latency', 'opening']);
  expect(results.map(({ name }) => name)).not.toContain('cpu.worker');
});
