import { readFile, writeFile } from 'node:fs/promises';
import { type Database, openDatabase } from '../db/database.js';
import { legalNow } from '../db/legalClock.js';
import type { IssueFilter } from '../db/queries/issues.js';
import { readLedger } from '../import/issues/read.js';
import { importLedger, ledgerReportText } from '../import/issues/run.js';
import { ledgerRows, ledgerWorkbook } from '../import/issues/write.js';
import { DomainError } from '../rules/errors.js';
import { configurationOf } from '../temporal.config.js';
import { databaseFor } from './databaseFor.js';
import type { Output } from './output.js';

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

async function withDatabase<Value>(work: (db: Database) => Promise<Value>): Promise<Value> {
  const { db, close } = openDatabase(await databaseFor(configurationOf(process.env)), { connections: 2 });
  try {
    return await work(db);
  } finally {
    await close();
  }
}

/** `yizheng issues export`: the whole ledger, or what the options narrow it to, as an Excel workbook. */
export async function exportIssues(path: string, filter: ExportOptions, output: Output): Promise<void> {
  const everything = { everything: true, organs: [], areas: [], units: [] };
  const rows = await withDatabase(async (db) =>
    ledgerRows(db, everything, filter, { now: await legalNow(db), hiddenLimits: [] }),
  );
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
  const bytes = await readFile(path).catch(() => {
    throw new DomainError('input.invalid', {
      what: '文件无法打开 · the file can not be opened',
      found: path,
    });
  });
  const ledger = readLedger(bytes);
  const how = { by: 'command line', areas: null, dryRun: dryRun === true };
  const report = await withDatabase((db) => importLedger(db, ledger, how));
  output.out(json === true ? JSON.stringify(report, null, 2) : ledgerReportText(report));
  return report.rejected > 0 ? 1 : 0;
}
