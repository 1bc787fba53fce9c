import { createHash, randomUUID } from 'node:crypto';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../db/database.js';
import { legalNow } from '../db/legalClock.js';
import { CalendarSource } from '../db/queries/calendarSource.js';
import type { ImportRow } from '../db/queries/imports.js';
import { importFindings, imports } from '../db/schema/index.js';
import { DomainError } from '../rules/errors.js';
import type { Finding } from './findings.js';
import type { ReadList } from './list.js';
import { addTally, type PagePlan, pageFrom, planPage, type Tally } from './plan.js';
import { type Report, reportOf } from './report.js';
import { writePage } from './write.js';

/** Told after each page: how many of the file's permits are dealt with. */
export type Progress = (done: number, permits: number) => void | Promise<void>;

/** The hash that a file is known by: SHA-256 in lower-case hex. */
export const fileHashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What an import would come to; reads, and touches nothing. */
export async function tryImport(db: Database, list: ReadList, progress: Progress): Promise<Report> {
  const looking = { now: await legalNow(db), calendar: await new CalendarSource().current(db) };
  let tally: Tally = { accepted: 0, rejected: list.rejected, unchanged: 0, states: {} };
  const findings: Finding[] = [...list.findings];
  for (let done = 0; done < list.permits.length;) {
    const page = pageFrom(list, done);
    const plan = await planPage(db, page, list, looking);
    tally = addTally(tally, plan);
    findings.push(...plan.findings);
    done += page.length;
    await progress(done, list.permits.length);
  }
  return reportOf(list.rows, tally, findings);
}

/** The import of this file from the command line that was cut short, or a new one. */
export async function resumeOrBegin(db: Database, fileHash: string): Promise<ImportRow> {
  const [running] = await db
    .select()
    .from(imports)
    .where(and(eq(imports.fileHash, fileHash), eq(imports.status, 'running'), isNull(imports.requestedBy)))
    .orderBy(desc(imports.startedAt))
    .limit(1);
  return running ?? (await begin(db, { fileHash, dryRun: false }));
}

/** Writes a new import down. */
export async function begin(
  db: Database | Transaction,
  asked: Pick<ImportRow, 'fileHash' | 'dryRun'> &
    Partial<Pick<ImportRow, 'requestedBy' | 'areas' | 'contentId'>>,
): Promise<ImportRow> {
  const [row] = await db
    .insert(imports)
    .values({ id: randomUUID(), ...asked, status: 'running', startedAt: await legalNow(db) })
    .returning();
  if (row === undefined) throw new DomainError('internal', { what: 'an import was not written down' });
  return row;
}

/**
 * Carries an import out, page by page, each in one transaction that moves the import on: whatever ends the process, the next
 * run goes on behind the last page, and two at once share the pages. A dry run writes its report alone.
 */
export async function carryOut(
  db: Database,
  importId: string,
  list: ReadList,
  progress: Progress,
): Promise<void> {
  const calendars = new CalendarSource();
  for (;;) {
    const row = await retried(() =>
      db.transaction(async (tx) => {
        const row = await lockImport(tx, importId);
        if (row.status !== 'running') return row;
        if (row.permits === null) return await noteFile(tx, row, list);
        const page = pageFrom(list, row.done);
        if (page.length === 0)
          return await advance(tx, row, { status: 'done', finishedAt: await legalNow(tx) });
        const looking = { now: await legalNow(tx), calendar: await calendars.current(tx) };
        const plan = await planPage(tx, page, list, looking);
        if (!row.dryRun) await writePage(tx, importId, plan);
        return await notePage(tx, row, plan, row.done + page.length);
      }),
    );
    await progress(row.done, list.permits.length);
    if (row.status !== 'running') return;
  }
}

/** A correction's case may step while its row is locked: the database ends one of the two. */
async function retried<Value>(once: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once();
    } catch (error) {
      const code =
        error instanceof Error && error.cause instanceof Error && 'code' in error.cause
          ? error.cause.code
          : '';
      if (code !== '40P01' || attempt === 5) throw error;
    }
  }
}

async function lockImport(tx: Transaction, importId: string): Promise<ImportRow> {
  const [row] = await tx.select().from(imports).where(eq(imports.id, importId)).for('update');
  if (row === undefined)
    throw new DomainError('not.found', { what: 'there is no such import', found: importId });
  return row;
}

/** The file as it was read: its rows, and what they say by themselves. */
async function noteFile(tx: Transaction, row: ImportRow, list: ReadList): Promise<ImportRow> {
  await writeFindings(tx, row, list.findings);
  const { rows, rejected, permits, findings } = list;
  return await advance(tx, row, {
    ...{ rows, rejected, permits: permits.length, findings: findings.length },
  });
}

async function notePage(tx: Transaction, row: ImportRow, plan: PagePlan, done: number): Promise<ImportRow> {
  await writeFindings(tx, row, plan.findings);
  const findings = row.findings + plan.findings.length;
  return await advance(tx, row, { ...addTally(row, plan), done, findings });
}

async function advance(tx: Transaction, row: ImportRow, moved: Partial<ImportRow>): Promise<ImportRow> {
  await tx.update(imports).set(moved).where(eq(imports.id, row.id));
  return { ...row, ...moved };
}

async function writeFindings(tx: Transaction, row: ImportRow, findings: readonly Finding[]): Promise<void> {
  const numbered = findings.map((finding, index) => ({
    ...finding,
    importId: row.id,
    number: row.findings + index,
  }));
  // A statement takes at most 65,535 parameters.
  for (let first = 0; first < numbered.length; first += 2000)
    await tx.insert(importFindings).values(numbered.slice(first, first + 2000));
}

/** What an import has come to so far. */
export async function readReport(db: Database, importId: string): Promise<Report> {
  const [row] = await db.select().from(imports).where(eq(imports.id, importId));
  if (row === undefined)
    throw new DomainError('not.found', { what: 'there is no such import', found: importId });
  const findings = await db
    .select()
    .from(importFindings)
    .where(eq(importFindings.importId, importId))
    .orderBy(sql`${importFindings.row}, ${importFindings.number}`);
  return reportOf(row.rows, row, findings as readonly Finding[]);
}
