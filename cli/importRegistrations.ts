import { readFile } from 'node:fs/promises';
import { openDatabase } from '../db/database.js';
import { readForms } from '../import/registrations/columns.js';
import { formReportText, importForms } from '../import/registrations/run.js';
import { DomainError } from '../rules/errors.js';
import { configurationOf } from '../temporal.config.js';
import { databaseFor } from './databaseFor.js';
import type { ImportOptions } from './importFile.js';
import type { Output } from './output.js';

/**
 * `yizheng import FILE --of registrations`: imports a list of registration forms; workers then begin their lives. Answers with
 * the exit code: 0, or 1 where rows were refused. Throws `input.invalid` where the file is no such list.
 */
export async function importRegistrationList(
  path: string,
  { dryRun, json }: ImportOptions,
  output: Output,
): Promise<number> {
  const bytes = await readFile(path).catch(() => {
    throw new DomainError('input.invalid', {
      what: '文件无法打开 · the file can not be opened',
      found: path,
    });
  });
  const table = readForms(bytes);
  const { db, close } = openDatabase(await databaseFor(configurationOf(process.env)), { connections: 2 });
  try {
    const progress = (done: number, forms: number): void =>
      output.err(`已处理 dealt with ${done}/${forms} 张登记表 forms`);
    const how = { by: 'command line', areas: null, dryRun: dryRun === true, progress };
    const report = await importForms(db, table, how);
    output.out(json === true ? JSON.stringify(report, null, 2) : formReportText(report));
    return report.rejected > 0 ? 1 : 0;
  } finally {
    await close();
  }
}
