import { legalNow } from '../db/legalClock.js';
import { readList } from '../import/list.js';
import { reportText } from '../import/report.js';
import { carryOut, fileHashOf, readReport, resumeOrBegin, tryImport } from '../import/run.js';
import { dateOf } from '../rules/date.js';
import { packsOn } from '../rules/packs/index.js';
import { listedFile } from './listedFile.js';
import type { Output } from './output.js';
import { withDatabase } from './withDatabase.js';

/** The options of `yizheng import`, whatever the file is a list of. */
export interface ImportOptions {
  readonly dryRun?: true;
  readonly json?: true;
  /** In whose name the acts of a list are recorded. */
  readonly as?: string;
}

/**
 * `yizheng import`: imports a permit list, of every region that a pack serves, into the database that DATABASE_URL names or
 * that `npm start` runs; workers then begin the permits' lives. The report goes to standard output, progress to standard
 * error. Answers with the exit code: 0, or 1 where rows were refused. Throws `input.invalid` where the file is no list.
 */
export async function importFile(
  path: string,
  { dryRun, json }: ImportOptions,
  output: Output,
): Promise<number> {
  const bytes = await listedFile(path);
  return await withDatabase(async (db) => {
    const list = readList(bytes, { packs: packsOn(dateOf(await legalNow(db))) });
    const progress = (done: number, permits: number): void =>
      output.err(`已处理 dealt with ${done}/${permits} 张许可证 permits`);
    const imported = async () => {
      const { id } = await resumeOrBegin(db, fileHashOf(bytes));
      await carryOut(db, id, list, progress);
      return await readReport(db, id);
    };
    const report = dryRun === true ? await tryImport(db, list, progress) : await imported();
    output.out(json === true ? JSON.stringify(report, null, 2) : reportText(report));
    return report.rejected > 0 ? 1 : 0;
  });
}
