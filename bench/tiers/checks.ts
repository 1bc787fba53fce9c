import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromProject } from '../../db/projectFolder.js';
import { median } from '../measure.js';
import { type Result, rounded } from '../results.js';
import { command } from './command.js';
import { inFolder } from './folder.js';

/** The limit: ten thousand permits in thirty seconds. */
const limit = 10_000 / 30;

/**
 * `yizheng check permit --region` over so many permits, a hundredth of them faulty, as a process of its own with all that it
 * reads and writes. `bare` is the least that the issue allows.
 */
export async function measureChecks(
  permits: number,
  rounds: number,
  report: (line: string) => void,
): Promise<readonly Result[]> {
  return await inFolder(async (folder) => {
    const region = join(folder, 'region.jsonl');
    const [clean, faulty] = await Promise.all(['clean', 'permit'].map(inOneLine));
    const lines = Array.from({ length: permits }, (_, index) => (index % 100 === 0 ? faulty : clean));
    await writeFile(region, `${lines.join('\n')}\n`);
    const rates: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const { seconds } = await command(['check', 'permit', '--region', region, '--on', '2026-11-24'], [1]);
      report(`checks   ${(permits / seconds).toFixed(0)} permits/s`);
      rates.push(permits / seconds);
    }
    const value = median(rates);
    return [
      {
        ...{ name: 'checks', value: rounded(value), unit: 'permits/s', bare: rounded(limit) },
        ...{ ratio: rounded(value / limit), floor: 1 },
      },
    ];
  });
}

/** The permits whose findings CI knows. */
async function inOneLine(name: string): Promise<string> {
  const text = await readFile(fromProject(`test/checks/known/${name}.json`), 'utf8');
  return JSON.stringify(JSON.parse(text));
}
