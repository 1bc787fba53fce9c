import { demonstrationPassword } from '../../cli/demonstration.js';
import { type Result, rounded } from '../results.js';
import { startServers } from '../servers.js';
import { callTimes, servedWithin } from './callTimes.js';
import { seedRegion } from './seedRegion.js';

/** The people who read, one after the other taking the next of twenty places. */
const readers = [
  'desk',
  'water',
  'air',
  'soil',
  'noise',
  'officer',
  'verification',
  'head',
  'deputy',
  'enforcement',
];
const callers = 20;
const requestsPerSecond = 100;
const seconds = 20;

/** What is read, and the limit that nineteen of twenty answers keep, in milliseconds. */
const pages = {
  inbox: '/tasks?limit=50',
  permits: '/permits?limit=50',
  case: '/cases/application/2020-000001',
} as const;
const limit = 40;

/** The same, as the API names them in its metrics. */
const routes: Readonly<Record<keyof typeof pages, string>> = {
  inbox: '/tasks',
  permits: '/permits',
  case: '/cases/{kind}/{number}',
};

const resultOf = (name: string, value: number) => ({
  ...{ name, value: rounded(value), unit: 'ms p95', bare: limit, ratio: rounded(limit / value) },
});

/**
 * Pages that everybody has open all day, in a region after years: a million ledger rows, 100,000 open tasks. Twenty people,
 * signed in, ask a hundred times a second in all, on a fixed beat, whether or not the answers come. What counts is what the
 * API measures of itself; beside it what the callers wait on the same machine. `bare` is the limit of 40 ms. `share` is the
 * part of such a region that is seeded.
 */
export async function measureReading(
  share: number,
  report: (line: string) => void,
): Promise<readonly Result[]> {
  // With the limits that people have: they are a write a call.
  const servers = await startServers(report, undefined, { RATE_REQUESTS: '3000' });
  try {
    const of = (count: number): number => Math.ceil(count * share);
    const region = { permits: of(20_000), cases: of(50_000), tasks: of(100_000), entriesPerCase: 20 };
    await seedRegion(servers.db, region);
    report(`seeded: ${region.cases * region.entriesPerCase} entries, ${region.tasks} tasks`);
    const tokens = await Promise.all(readers.map((username) => signIn(servers.apiUrl, username)));
    const waits: Record<keyof typeof pages, number[]> = { inbox: [], permits: [], case: [] };
    const refused: string[] = [];
    const names = Object.keys(pages) as (keyof typeof pages)[];
    const read = async (caller: number, turn: number, counts: boolean): Promise<void> => {
      const name = names[(caller + turn) % names.length] ?? 'inbox';
      const began = performance.now();
      const token = tokens[caller % tokens.length] ?? '';
      const response = await fetch(servers.apiUrl + pages[name], {
        headers: { authorization: `Bearer ${token}` },
      }).catch((error: unknown) => void refused.push(`${name}: ${String(error)}`));
      await response?.arrayBuffer();
      if (response?.ok === false) refused.push(`${name}: ${response.status}`);
      else if (counts) waits[name].push(performance.now() - began);
    };
    const turns = (requestsPerSecond * seconds) / callers;
    const beat = (1000 * callers) / requestsPerSecond;
    const caller = async (index: number, counts: boolean): Promise<void> => {
      await pause((beat / callers) * index);
      const asked: Promise<void>[] = [];
      for (let turn = 0; turn < turns; turn += 1) {
        asked.push(read(index, turn, counts));
        await pause(beat);
      }
      await Promise.all(asked);
    };
    const everybody = (counts: boolean) =>
      Promise.all(Array.from({ length: callers }, (_, index) => caller(index, counts)));
    // The first time warms caches and compiles: it does not count.
    await everybody(false);
    const before = await callTimes(servers.metricsUrl);
    await everybody(true);
    const after = await callTimes(servers.metricsUrl);
    if (refused.length > 0) throw new Error(`${refused.length} were refused, the first ${refused[0]}`);
    return names.flatMap((name) => {
      const seen = percentile(waits[name], 0.95);
      const served = servedWithin(after, before, routes[name], 0.95) * 1000;
      report(
        `${name}: ${waits[name].length} answers, p95 ${served.toFixed(1)} ms at the server, ${seen.toFixed(1)} at the caller`,
      );
      return [
        { ...resultOf(`reading.${name}`, served), floor: 1 },
        { ...resultOf(`reading.${name}.caller`, seen), floor: null },
      ];
    });
  } finally {
    await servers.stop();
  }
}

async function signIn(url: string, username: string): Promise<string> {
  const response = await fetch(`${url}/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: demonstrationPassword }),
  });
  const { token } = (await response.json()) as { readonly token: string };
  return token;
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
