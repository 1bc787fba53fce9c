import { writeFile } from 'node:fs/promises';
import { legalNow } from '../db/legalClock.js';
import { writeAudit } from '../db/queries/audit.js';
import type { IssueFilter } from '../db/queries/issues.js';
import { readLedger } from '../import/issues/read.js';
import { importLedger, ledgerReportText } from '../import/issues/run.js';
import { ledgerRows, ledgerWorkbook } from '../import/issues/write.js';
import { listedFile } from './listedFile.js';
import type { Output } from './output.js';
import { withDatabase } from './withDatabase.js';

/** What `issues export` may be narrowed to. */
export type ExportOptions = Pick<
  IssueFilter,
  | 'tier'
  | 'campaign'
  | 'area'
  | 'severity'
  | 'category'
  | 'responsible'
  | 'stage'
  | 'status'
  | 'unit'
  | 'permit'
>;

/**
 * `yizheng issues export`: the whole ledger, or what the options narrow it to, as an Excel workbook. Like an export by the API
 * it is in the audit log; without an entry there is none.
 */
export async function exportIssues(path: string, filter: ExportOptions, output: Output): Promise<void> {
  const everything = { everything: true, organs: [], areas: [], units: [] };
  const rows = await withDatabase(async (db) => {
    const found = await ledgerRows(db, everything, filter, { now: await legalNow(db), hiddenLimits: [] });
    const read = { category: 'access', action: 'issue.export', subject: '/issue-ledger' } as const;
    // At the machine itself nobody is signed in.
    await writeAudit(db, { ...read, actorId: null, requestId: null });
    return found;
  });
  await writeFile(path, ledgerWorkbook(rows));
  output.out(`已导出 exported ${rows.length} 个问题 issues → ${path}`);
}

/**
 * `yizheng issues import`: the rows of another ledger that are not here yet; workers then open the issues. Answers with the
 * exit code: 0, or 1 where rows were refused. Throws `input.invalid` where the file is no ledger.
 */
export async function importIssues(
  path: string,
  { dryRun, json }: { readonly dryRun?: true; readonly json?: true },
  output: Output,
): Promise<number> {
  const bytes = await listedFile(path);
  const ledger = readLedger(bytes);
  const how = { by: 'command line', areas: null, dryRun: dryRun === true };
  const report = await withDatabase((db) => importLedger(db, ledger, how));
  output.out(json === true ? JSON.stringify(report, null, 2) : ledgerReportText(report));
  return report.rejected > 0 ? 1 : 0;
}
