import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { generateList } from '../import/generate/generateList.js';
import { formats, writeList } from '../import/generate/writeList.js';
import { parseDate } from '../rules/date.js';
import { DomainError } from '../rules/errors.js';
import type { Output } from './output.js';

/** What was asked for on the command line, as text. */
export interface GenerateOptions {
  readonly permits: string;
  readonly seed: string;
  readonly out?: string;
  readonly format: string;
  readonly bad: string;
  readonly on: string;
}

const parsed = z.object({
  permits: z.coerce.number().int().min(1).max(1_000_000),
  format: z.enum(formats),
  bad: z.coerce.number().min(0).max(1),
});

/**
 * `yizheng generate`: writes a permit list of the demonstration region, as the national platform would, to a file or to
 * standard output. The same options write the same bytes. Throws `input.invalid`.
 */
export async function generate(options: GenerateOptions, output: Output): Promise<void> {
  const read = parsed.safeParse(options);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new DomainError('input.invalid', {
      what: issue?.message ?? 'not a valid option',
      where: `--${String(issue?.path[0] ?? '')}`,
    });
  }
  const { permits, format, bad } = read.data;
  const rows = generateList({ permits, seed: options.seed, on: parseDate(options.on, '--on'), bad });
  const bytes = writeList(rows, format);
  if (options.out === undefined) {
    if (format === 'csv') output.out(bytes.toString().trimEnd());
    else throw new DomainError('input.invalid', { what: 'a workbook goes to a file', where: '--out' });
    return;
  }
  await writeFile(options.out, bytes);
  output.err(`${options.out}：${permits} 张许可证 permits，${rows.length} 行 rows`);
}
