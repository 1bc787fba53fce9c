import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { median } from '../measure.js';
import { type Result, rounded } from '../results.js';
import { command } from './command.js';
import { inFolder } from './folder.js';

/** The limits for a million issuances. */
const limits = { seconds: 10, mebibytes: 1024 } as const;

/**
 * `yizheng sample` over so many issuances of five cities, as a process of its own: reading, hashing, drawing, printing.
 * `bare` is the limit for a million, and the ratio a share of its speed, or of its memory.
 */
export async function measureDraw(
  issuances: number,
  rounds: number,
  report: (line: string) => void,
): Promise<readonly Result[]> {
  return await inFolder(async (folder) => {
    const population = join(folder, 'population.csv');
    await writePopulation(population, issuances);
    const all: { seconds: number; peak: number | null }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const ran = await command(['sample', '--population', population, '--seed', '00ff', '--json']);
      report(`draw     ${ran.seconds.toFixed(1)} s, ${ran.peak?.toFixed(0) ?? '?'} MiB`);
      all.push(ran);
    }
    const result = (name: string, unit: string, limit: number, values: readonly number[]): Result[] => {
      if (values.length === 0) return [];
      const value = median(values);
      const ratio = rounded(limit / value);
      return [{ name, value: rounded(value), unit, bare: limit, ratio, floor: 1 }];
    };
    return [
      ...result(
        'draw',
        's',
        limits.seconds,
        all.map(({ seconds }) => seconds),
      ),
      ...result(
        'draw.memory',
        'MiB',
        limits.mebibytes,
        all.flatMap(({ peak }) => peak ?? []),
      ),
    ];
  });
}

const cities = ['云川市', '澜江市', '北岚市', '南泽市', '西澍市'] as const;
const industries = ['4620', '3110', '2663', '782', '3039', '1340'] as const;

/** In no order that would help: the numbers run through the cities, kinds, classes and industries. */
async function writePopulation(path: string, count: number): Promise<void> {
  const file = createWriteStream(path);
  file.write('permit_no,city,kind,class,industry,issued_on\n');
  for (let index = 0; index < count; index += 1) {
    const row = [
      `91990100MA${String((index * 7919) % count).padStart(8, '0')}001P`,
      cities[index % cities.length],
      index % 3 === 0 ? 'reapplication' : 'first',
      index % 4 === 0 ? '重点管理' : '简化管理',
      industries[index % industries.length],
      `2026-${String(1 + (index % 12)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`,
    ];
    if (!file.write(`${row.join(',')}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}
