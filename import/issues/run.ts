import { randomUUID } from 'node:crypto';
import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.js';
import { legalNow } from '../../db/legalClock.js';
import { bodyHash, REQUESTS_CHANNEL } from '../../db/requestRows.js';
import { cases, permits, requests } from '../../db/schema/index.js';
import type { ImportedIssue } from '../../workflows/messages/between.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import { plain } from '../cells.js';
import { judgeRow, numberOf, problemAt, type RowProblem } from './judge.js';
import type { ReadLedger, ReadRow } from './read.js';

/** What an import of a ledger came to. Every row is accepted, rejected or unchanged. */
export interface LedgerReport {
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly unchanged: number;
  readonly errors: readonly RowProblem[];
}

/** How a ledger is imported: by whom, where, and whether at all. */
export interface LedgerImport {
  readonly by: string;
  /** The leading digits of the divisions that may be imported; null for all. */
  readonly areas: readonly string[] | null;
  readonly dryRun: boolean;
}

const pageSize = 200;

/**
 * Imports a ledger: a request of the system for each row that is new, which the relay sends to its case. A number that is
 * known changes nothing, so a file may be imported again, whatever ended the import before.
 */
export async function importLedger(
  db: Database,
  { rows, from1904 }: ReadLedger,
  { by, areas, dryRun }: LedgerImport,
): Promise<LedgerReport> {
  const errors: RowProblem[] = [];
  const seen = new Set<string>();
  let [accepted, unchanged] = [0, 0];
  for (let first = 0; first < rows.length; first += pageSize) {
    const page = rows.slice(first, first + pageSize);
    const known = await knownOf(db, page);
    const judging = { now: await legalNow(db), from1904, by, areas, permits: known.permits };
    const opened: (readonly [string, ImportedIssue])[] = [];
    for (const row of page) {
      const caseId = caseIdOf(row);
      if (seen.has(caseId)) errors.push(problemAt(row, 'number', 'row.duplicate'));
      else if (known.caseIds.has(caseId)) unchanged += 1;
      else {
        const judged = judgeRow(row, judging);
        if ('tier' in judged) opened.push([caseId, judged]);
        else errors.push(...judged);
      }
      seen.add(caseId);
    }
    accepted += opened.length;
    if (!dryRun && opened.length > 0) await ask(db, by, opened);
  }
  const rejected = new Set(errors.map(({ row }) => row)).size;
  return { rows: rows.length, accepted, rejected, unchanged, errors };
}

const caseIdOf = (row: ReadRow): string => `issue/${numberOf(row)}`;

/** Which permits of a page are in the register, and which of its issues are here or on their way. */
async function knownOf(db: Database, page: readonly ReadRow[]) {
  const ids = page.map(caseIdOf);
  const numbers = page.map(({ text }) => plain(text.permitNo).toUpperCase());
  const register = await db
    .select({ permitNo: permits.permitNo, unitId: permits.unitId, area: permits.area })
    .from(permits)
    .where(inArray(permits.permitNo, numbers));
  const standing = await db.select({ id: cases.id }).from(cases).where(inArray(cases.id, ids));
  const asked = await db
    .select({ id: requests.caseId })
    .from(requests)
    .where(
      and(inArray(requests.caseId, ids), eq(requests.name, 'issue.import'), ne(requests.status, 'refused')),
    );
  return {
    permits: new Map(register.map(({ permitNo, ...holder }) => [permitNo, holder])),
    caseIds: new Set([...standing, ...asked].map(({ id }) => id)),
  };
}

/** Writes the requests of a page down; two imports of one file at once write each of them once. */
async function ask(
  db: Database,
  by: string,
  opened: readonly (readonly [string, ImportedIssue])[],
): Promise<void> {
  await db.transaction(async (tx) => {
    const actor = { id: 'import/issues', kind: 'system' as const, roles: [], onBehalfOf: by };
    const receivedAt = await legalNow(tx);
    const rows = opened.map(([caseId, issue]) => {
      const body = JSON.parse(JSON.stringify(issue)) as JsonObject;
      const hash = bodyHash({ name: 'issue.import', body });
      return {
        ...{ id: randomUUID(), idempotencyKey: `${caseId}/${hash}`, actor, actorId: actor.id },
        ...{ name: 'issue.import', caseId, body, bodyHash: hash, receivedAt, status: 'open' as const },
      };
    });
    await tx.insert(requests).values(rows).onConflictDoNothing();
    await tx.execute(sql`select pg_notify(${REQUESTS_CHANNEL}, '')`);
  });
}

/** How many lines the text of a report shows. */
const shown = 50;

/** A report as people read it, in both languages. */
export function ledgerReportText({ rows, accepted, rejected, unchanged, errors }: LedgerReport): string {
  return [
    `行 rows ${rows}：接受 accepted ${accepted}，拒绝 rejected ${rejected}，未变 unchanged ${unchanged}`,
    ...errors
      .slice(0, shown)
      .map(
        ({ row, column, value, code, reason }) =>
          `  第 ${row} 行 row ${row}  ${column}  “${value}”  ${code}  ${reason}`,
      ),
    ...(errors.length > shown ? ['  … 其余见 --json · the rest with --json'] : []),
  ].join('\n');
}
