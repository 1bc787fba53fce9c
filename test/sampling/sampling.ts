import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../cli/program.js';
import type { Row } from './oracle.js';

/** What `--json` prints. */
export interface Printed {
  readonly populationHash: string;
  readonly draws: readonly {
    readonly city: string;
    readonly kind: string;
    readonly population: number;
    readonly size: number;
    readonly permits: readonly string[];
  }[];
}

const header = 'permit_no,city,kind,class,industry,issued_on';

export const csvOf = (rows: readonly Row[]): string =>
  [
    header,
    ...rows.map((row) =>
      [row.permit_no, row.city, row.kind, row.class, row.industry, row.issued_on].join(','),
    ),
    '',
  ].join('\n');

/** Runs `yizheng sample` on a population, with files written beside it; `FILE` in an argument is their folder. */
export async function sample(
  population: string | Buffer,
  args: readonly string[] = ['--seed', '00ff'],
  files: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'yizheng-sample-'));
  const out: string[] = [];
  const err: string[] = [];
  try {
    await writeFile(join(folder, 'population.csv'), population);
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const given = args.map((arg) => arg.replace('FOLDER', folder));
    const code = await run(['sample', '--population', join(folder, 'population.csv'), ...given], {
      out: (text) => out.push(text),
      err: (text) => err.push(text.replaceAll(`${folder}/`, '')),
    });
    return { code, out: out.join('\n'), err: err.join('\n') };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The same, read back; throws when the command refuses. */
export async function drawn(
  population: string | Buffer,
  args?: readonly string[],
  files?: Readonly<Record<string, string>>,
): Promise<Printed> {
  const { code, out, err } = await sample(population, [...(args ?? ['--seed', '00ff']), '--json'], files);
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as Printed;
}

const classes = ['重点管理', '简化管理'] as const;
const industries = ['4620', '3110', '2663', '782'] as const;

/** So many issuances of a made-up region: two cities, both kinds, classes and industries in turn. */
export const region = (count: number): readonly Row[] =>
  Array.from({ length: count }, (_, index) => ({
    permit_no: `91990100MA0${String(index).padStart(7, '0')}001P`,
    city: index % 3 === 0 ? '云川市' : '青原市',
    kind: index % 5 === 0 ? ('reapplication' as const) : ('first' as const),
    class: classes[index % 2] ?? '',
    industry: industries[index % 4] ?? '',
    issued_on: `2026-0${1 + (index % 9)}-15`,
  }));
