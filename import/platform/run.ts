import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../db/database.js';
import { type KnownRecords, knownRecords } from '../../db/queries/platformRecords.js';
import { tasks } from '../../db/schema/index.js';
import { answersTo } from '../table/answers.js';
import type { RowLine } from '../table/lines.js';
import type { Table } from '../table/readTable.js';
import { type ListedRecord, readRecord } from './act.js';
import { askCases, type AskedRow, type AskingRow } from './ask.js';
import type { RecordColumn, RecordRow } from './columns.js';
import { type Importer, type Judged, judgeRecord } from './judge.js';
import { say } from './reasons.js';
import type { RecordReport } from './report.js';

/** How a list is imported: by whom, and whether at all. */
export interface RecordImport extends Importer {
  /** The importing officer, in whose name each case is asked. */
  readonly by: string;
  readonly dryRun: boolean;
  /** How long the report waits for the cases' answers, in milliseconds. */
  readonly patience: number;
}

const pageSize = 200;

/**
 * Imports the platform's list of acts: what a case waits for is recorded in it, by the request that the officer would make;
 * what we have otherwise becomes a task of the permit's case. Pages are written whole and each request is keyed by its task, or
 * by the difference: whatever ends the process, the same file again goes on, and once it was imported it changes nothing.
 */
export async function importRecords(
  db: Database,
  { rows, from1904 }: Table<RecordColumn>,
  how: RecordImport,
): Promise<RecordReport> {
  const made = new RecordImportRun(how);
  for (let first = 0; first < rows.length; first += pageSize) {
    const page = rows.slice(first, first + pageSize).map((row) => ({ row, read: readRecord(row, from1904) }));
    const readable = page.flatMap(({ read }) => ('source' in read ? [read] : []));
    const known = await knownRecords(
      db,
      readable.map(({ permitNo }) => permitNo),
      readable.map(({ creditCode }) => creditCode),
    );
    const asking = page.flatMap(({ row, read }) => made.judge(row, read, known));
    made.note(await askCases(db, asking, how));
  }
  if (!how.dryRun) await made.conclude(db);
  return made.report(rows.length);
}

class RecordImportRun {
  private readonly count = { accepted: 0, differing: 0, unchanged: 0, unmatched: 0, rejected: 0 };
  private readonly differences: RowLine[] = [];
  private readonly errors: RowLine[] = [];
  private readonly seen = new Set<string>();
  private asked: AskedRow[] = [];
  private pending = 0;

  constructor(private readonly how: RecordImport) {}

  /** Judges a row; answers with it where it asks something of a case. */
  judge(row: RecordRow, read: ReturnType<typeof readRecord>, known: KnownRecords): readonly AskingRow[] {
    if (!('source' in read)) return this.refuse(...read);
    const judged = judgeRecord(read, known, this.how);
    const key = keyOf(judged, read);
    if (this.seen.has(key)) return this.refuse(say(row, 'businessNo', 'row.duplicate'));
    this.seen.add(key);
    switch (judged.type) {
      case 'record':
      case 'differs':
        return [{ record: read, judged }];
      case 'unchanged':
        this.count.unchanged += 1;
        return [];
      case 'unmatched':
        this.count.unmatched += 1;
        this.errors.push(...judged.lines);
        return [];
      case 'refused':
        return this.refuse(...judged.lines);
    }
  }

  private refuse(...lines: readonly RowLine[]): readonly AskingRow[] {
    this.count.rejected += 1;
    this.errors.push(...lines);
    return [];
  }

  note(rows: readonly AskedRow[]): void {
    for (const row of rows) {
      if (row.requestId === null) {
        this.count.unchanged += 1;
        continue;
      }
      this.asked.push(row);
      if (row.judged.type === 'record') this.count.accepted += 1;
      else this.differ(row, 'permitNo', row.judged.difference.differences.join('；'));
    }
  }

  private differ({ record }: AskedRow, column: RecordColumn, more = ''): void {
    this.count.differing += 1;
    this.differences.push(say(record.source, column, 'platform.differs', more));
  }

  /** What the cases have answered. A term that is not the one of our rules is recorded, and makes a task of its own. */
  async conclude(db: Database): Promise<void> {
    const ids = this.asked.flatMap(({ requestId }) => requestId ?? []);
    const { refused, open } = await answersTo(db, ids, this.how.patience);
    this.pending = open;
    for (const { requestId, record, judged } of this.asked) {
      const refusal = refused.get(requestId ?? '');
      if (refusal === undefined) continue;
      this.count[judged.type === 'record' ? 'accepted' : 'differing'] -= 1;
      const { what, found } = refusal.detail;
      const why = [refusal.code, what, found].filter((part) => typeof part === 'string').join(' ');
      this.refuse(say(record.source, 'permitNo', 'case.refused', why));
    }
    const recorded = this.asked.filter(({ judged }) => judged.type === 'record');
    const reconciling = await reconciled(
      db,
      recorded.map(({ caseId }) => caseId),
    );
    for (const row of recorded.filter(({ caseId }) => reconciling.has(caseId))) {
      this.count.accepted -= 1;
      this.differ(row, 'validTo');
    }
  }

  report(rows: number): RecordReport {
    const byRow = (lines: readonly RowLine[]) => [...lines].sort((one, other) => one.row - other.row);
    return {
      ...{ rows, ...this.count, pending: this.pending },
      ...{ differences: byRow(this.differences), errors: byRow(this.errors) },
    };
  }
}

/** What two rows of a file must not both say: the record of one task, or one act. */
const keyOf = (judged: Judged, { businessNo, permitNo, act }: ListedRecord): string =>
  judged.type === 'record' ? judged.task.taskId : `${permitNo} ${act} ${businessNo}`;

/** The cases among these whose term a person has to reconcile. */
async function reconciled(db: Database, caseIds: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await db
    .selectDistinct({ caseId: tasks.caseId })
    .from(tasks)
    .where(
      and(inArray(tasks.caseId, [...caseIds]), eq(tasks.kind, 'reconciliation'), eq(tasks.status, 'open')),
    );
  return new Set(found.map(({ caseId }) => caseId));
}
