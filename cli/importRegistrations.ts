import { readForms } from '../import/registrations/columns.js';
import { formReportText, importForms } from '../import/registrations/run.js';
import type { ImportOptions } from './importFile.js';
import { listedFile } from './listedFile.js';
import type { Output } from './output.js';
import { withDatabase } from './withDatabase.js';

/**
 * `yizheng import FILE --of registrations`: imports a list of registration forms; workers then begin their lives. Answers with
 * the exit code: 0, or 1 where rows were refused. Throws `input.invalid` where the file is no such list.
 */
export async function importRegistrationList(
  path: string,
  { dryRun, json }: ImportOptions,
  output: Output,
): Promise<number> {
  const bytes = await listedFile(path);
  const table = readForms(bytes);
  return await withDatabase(async (db) => {
    const progress = (done: number, forms: number): void =>
      output.err(`已处理 dealt with ${done}/${forms} 张登记表 forms`);
    const how = { by: 'command line', areas: null, dryRun: dryRun === true, progress };
    const report = await importForms(db, table, how);
    output.out(json === true ? JSON.stringify(report, null, 2) : formReportText(report));
    return report.rejected > 0 ? 1 : 0;
  });
}
