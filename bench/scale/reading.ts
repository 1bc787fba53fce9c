import { demonstrationPassword } from '../../cli/demonstration.js';
import { type Result, rounded } from '../results.js';
import { startServers } from '../servers.js';
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

/**
 * Pages that everybody has open all day, in a region after years: a million ledger rows, 100,000 open tasks. Twenty people,
 * signed in, ask a hundred times a second in all, on a fixed beat, whether or not the answers come. What is measured is what
 * they wait on the same machine: more than the server takes. `bare` is the limit of 40 ms.
 */
export async function measureReading(report: (line: string) => void): Promise<readonly Result[]> {
  const servers = await startServers(report);
  try {
    await seedRegion(servers.db, { permits: 20_000, cases: 50_000, tasks: 100_000, entriesPerCase: 20 });
    report('seeded: 1,000,000 entries, 100,000 tasks');
    const tokens = await Promise.all(readers.map((username) => signIn(servers.apiUrl, username)));
    const waits: Record<keyof typeof pages, number[]> = { inbox: [], permits: [], case: [] };
    const names = Object.keys(pages) as (keyof typeof pages)[];
    const read = async (caller: number, turn: number, counts: boolean): Promise<void> => {
      const name = names[(caller + turn) % names.length] ?? 'inbox';
      const began = performance.now();
      const token = tokens[caller % tokens.length] ?? '';
      const response = await fetch(servers.apiUrl + pages[name], {
        headers: { authorization: `Bearer ${token}` },
      });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`${name}: ${response.status}`);
      if (counts) waits[name].push(performance.now() - began);
    };
    const turns = (requestsPerSecond * seconds) / callers;
    const beat = (1000 * callers) / requestsPerSecond;
    // The first seconds warm caches and compile: they do not count.
    const uncounted = 10;
    const caller = async (index: number): Promise<void> => {
      await pause((beat / callers) * index);
      const asked: Promise<void>[] = [];
      for (let turn = 0; turn < turns + uncounted; turn += 1) {
        asked.push(read(index, turn, turn >= uncounted));
        await pause(beat);
      }
      await Promise.all(asked);
    };
    await Promise.all(Array.from({ length: callers }, (_, index) => caller(index)));
    return names.map((name) => {
      const value = percentile(waits[name], 0.95);
      report(`${name}: ${waits[name].length} answers, p95 ${value.toFixed(1)} ms`);
      return {
        ...{ name: `reading.${name}`, value: rounded(value), unit: 'ms p95', bare: limit },
        ...{ ratio: rounded(limit / value), floor: 1 },
      };
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
