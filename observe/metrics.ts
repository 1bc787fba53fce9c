import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** How long things take here, in seconds: from a quick read (the limit of pages is 40 ms) to a step that waits for the database. */
const buckets = [0.005, 0.01, 0.025, 0.04, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What a process counts of its own work, beside what Node says of it. */
export interface Metrics {
  readonly registry: Registry;
  /** A commit by this process: `verdict` is the commit's, or `failed` where it threw. Kind: of the case. */
  step(kind: string, cause: string, verdict: string, seconds: number): void;
  /** An answered HTTP call; `route` is the path's pattern, so that no id becomes a label. */
  call(method: string, route: string, status: number, seconds: number): void;
}

/** Metrics of one process in the Prometheus format. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const steps = new Histogram({
    name: 'yizheng_step_seconds',
    help: 'Commits of steps: how many, by kind of case, cause and verdict, and how long each took',
    labelNames: ['kind', 'cause', 'verdict'] as const,
    ...{ buckets, registers },
  });
  const calls = new Histogram({
    name: 'yizheng_http_seconds',
    help: 'Answered HTTP calls: how many, by route and status, and how long each took',
    labelNames: ['method', 'route', 'status'] as const,
    ...{ buckets, registers },
  });
  return {
    registry,
    step: (kind, cause, verdict, seconds) => steps.observe({ kind, cause, verdict }, seconds),
    call: (method, route, status, seconds) =>
      calls.observe({ method, route, status: String(status) }, seconds),
  };
}
