import { type Round, median } from './measure.js';

/** One measure. `ratio` is always a share of bare Temporal's speed: higher is better, and none may lie under its floor. */
export interface Result {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly bare: number;
  readonly ratio: number;
  /** Null where the issue names none. */
  readonly floor: number | null;
}

/** Rounds of the same moments: each subject's n-th was measured right beside the others' n-th. */
export interface Rounds {
  readonly product: readonly Round[];
  readonly bare: readonly Round[];
  readonly http: readonly Round[];
}

/** A rate is better when it is higher, a duration when it is lower. */
type Kind = 'rate' | 'duration';

/** The medians of all rounds, against bare Temporal's. One and a half times its latency is two thirds of its speed. */
export function resultsOf({ product, bare, http }: Rounds): readonly Result[] {
  const result = (
    name: string,
    unit: string,
    kind: Kind,
    floor: number | null,
    of: (round: Round) => number | undefined,
    measured = product,
  ): readonly Result[] => {
    const [value, beside] = [measured, bare].map((rounds) =>
      median(rounds.flatMap((round) => of(round) ?? [])),
    );
    if (value === undefined || beside === undefined || Number.isNaN(value)) return [];
    const ratio = kind === 'rate' ? value / beside : beside / value;
    return [{ name, value: rounded(value), unit, bare: rounded(beside), ratio: rounded(ratio), floor }];
  };
  const cpu = (name: 'cpu' | 'cpu.alone', of: 'cpu' | 'cpuAlone') =>
    ['worker', 'temporal', 'postgres'].flatMap((part) =>
      result(`${name}.${part}`, 'ms/step', 'duration', null, (round) => round[of][part]),
    );
  return [
    ...result('steps', 'steps/s', 'rate', 0.75, (round) => round.steps),
    ...result('latency', 'ms', 'duration', rounded(1 / 1.5), (round) => round.latency),
    ...result('opening', 'cases/s', 'rate', 0.6, (round) => round.opened),
    ...cpu('cpu', 'cpu'),
    ...cpu('cpu.alone', 'cpuAlone'),
    ...result('http.steps', 'steps/s', 'rate', null, (round) => round.steps, http),
    ...result('http.latency', 'ms', 'duration', null, (round) => round.latency, http),
    ...result('http.opening', 'cases/s', 'rate', null, (round) => round.opened, http),
  ];
}

/** The measures that lie under their floor. */
export const underFloor = (results: readonly Result[]): readonly Result[] =>
  results.filter(({ ratio, floor }) => floor !== null && ratio < floor);

/** To three significant digits. */
export const rounded = (value: number): number => Number(value.toPrecision(3));
