/** By route: how many calls the API has answered within so many seconds, as its histogram counts them. */
export type CallTimes = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** Reads the API's own measure of its calls. */
export async function callTimes(metricsUrl: string): Promise<CallTimes> {
  const times = new Map<string, Map<number, number>>();
  const text = await (await fetch(metricsUrl)).text();
  for (const line of text.split('\n')) {
    if (!line.startsWith('yizheng_http_seconds_bucket{')) continue;
    const [, route] = /route="([^"]*)"/.exec(line) ?? [];
    const [, within] = /le="([^"]*)"/.exec(line) ?? [];
    if (route === undefined || within === undefined) continue;
    const ofRoute = times.get(route) ?? new Map<number, number>();
    const bound = within === '+Inf' ? Infinity : Number(within);
    ofRoute.set(bound, (ofRoute.get(bound) ?? 0) + Number(line.slice(line.lastIndexOf(' '))));
    times.set(route, ofRoute);
  }
  return times;
}

/** Within how many seconds this share of a route's calls between two readings was answered; as even within a bucket. */
export function servedWithin(after: CallTimes, before: CallTimes, route: string, share: number): number {
  const counts = [...(after.get(route) ?? [])]
    .map(([bound, count]) => ({ bound, count: count - (before.get(route)?.get(bound) ?? 0) }))
    .sort((one, other) => one.bound - other.bound);
  const wanted = (counts.at(-1)?.count ?? 0) * share;
  let below = { bound: 0, count: 0 };
  for (const bucket of counts) {
    if (bucket.count >= wanted && bucket.count > below.count) {
      const part = (wanted - below.count) / (bucket.count - below.count);
      return below.bound + part * (bucket.bound - below.bound);
    }
    below = bucket;
  }
  return NaN;
}
