import { randomUUID } from 'node:crypto';
import { inArray, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.js';
import { legalNow } from '../../db/legalClock.js';
import { knownForms } from '../../db/queries/importedRegistrations.js';
import { bodyHash, REQUESTS_CHANNEL } from '../../db/requestRows.js';
import { cases, contents, requests, units } from '../../db/schema/index.js';
import { dateOf } from '../../rules/date.js';
import { packsOn } from '../../rules/packs/index.js';
import { registrationCaseId } from '../../workflows/messages/caseId.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import { areaFinder } from '../areas.js';
import { linesText, type RowLine } from '../table/lines.js';
import type { Table } from '../table/readTable.js';
import { type FormColumn, say } from './columns.js';
import { judgeForm, type JudgedForm } from './judge.js';
import { type ListedForm, readForm } from './readForm.js';

/** What an import of registration forms came to. Every row is accepted, rejected or unchanged. */
export interface FormReport {
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly unchanged: number;
  readonly warnings: readonly RowLine[];
  readonly errors: readonly RowLine[];
  /** How the forms that are new or changed stand. */
  readonly states: Readonly<Record<string, number>>;
}

/** How a list is imported: by whom, where, and whether at all. */
export interface FormImport {
  readonly by: string;
  /** The leading digits of the divisions that may be imported; null for all. */
  readonly areas: readonly string[] | null;
  readonly dryRun: boolean;
  /** Told after each page: how many of the file's forms are dealt with. */
  readonly progress?: (done: number, forms: number) => void;
}

/** The forms that one transaction deals with. */
const pageSize = 500;

/**
 * Imports a list of registration forms: a request of the system for each form that brings something new, which the relay sends
 * to its case; and that rests again. Pages are written whole, and what was asked for is known again: whatever ends the
 * process, the same file goes on where it was, and once it was imported it changes nothing.
 */
export async function importForms(
  db: Database,
  { rows, from1904 }: Table<FormColumn>,
  { by, areas, dryRun, progress }: FormImport,
): Promise<FormReport> {
  const today = dateOf(await legalNow(db));
  const reading = { from1904, areas, findArea: areaFinder(packsOn(today)) };
  const errors: RowLine[] = [];
  const forms = new Map<string, [ListedForm, ...ListedForm[]]>();
  const acts = new Set<string>();
  for (const row of rows) {
    const read = readForm(row, reading);
    if (!('source' in read)) {
      errors.push(...read);
      continue;
    }
    const { registrationNo, version } = read;
    const act = `${registrationNo} ${version.kind} ${version.on}`;
    if (acts.has(act)) errors.push(say(row, 'registrationNo', 'row.duplicate'));
    else {
      const own = forms.get(registrationNo);
      if (own === undefined) forms.set(registrationNo, [read]);
      else own.push(read);
    }
    acts.add(act);
  }
  const warnings: RowLine[] = [];
  const states: Record<string, number> = {};
  let [accepted, unchanged] = [0, 0];
  const all = [...forms.values()];
  for (let first = 0; first < all.length; first += pageSize) {
    const page = all.slice(first, first + pageSize);
    const known = await knownForms(
      db,
      page.map(([{ registrationNo }]) => registrationNo),
      page.map(([{ creditCode }]) => creditCode),
    );
    const judged = page.map((own) => judgeForm(own, known));
    for (const { form, taken, unchanged: same, ...said } of judged) {
      accepted += taken.length;
      unchanged += same;
      errors.push(...said.errors);
      warnings.push(...said.warnings);
      if (form === null) continue;
      const state = form.closed ? 'closed' : form.validTo < today ? 'expired' : 'valid';
      states[state] = (states[state] ?? 0) + 1;
    }
    if (!dryRun) await write(db, by, judged);
    progress?.(Math.min(first + pageSize, all.length), all.length);
  }
  const rejected = new Set(errors.map(({ row }) => row)).size;
  return {
    ...{ rows: rows.length, accepted, rejected, unchanged, states },
    ...{ warnings: byRow(warnings), errors: byRow(errors) },
  };
}

const byRow = (lines: readonly RowLine[]): readonly RowLine[] =>
  [...lines].sort((one, other) => one.row - other.row);

/** Writes a page down: units, rows as contents, and a request of the system for each form. */
async function write(db: Database, by: string, judged: readonly JudgedForm[]): Promise<void> {
  const forms = judged.flatMap(({ form }) => form ?? []);
  if (forms.length === 0) return;
  const added = judged.flatMap(({ unit }) => unit ?? []);
  await db.transaction(async (tx) => {
    if (added.length > 0) await tx.insert(units).values(added).onConflictDoNothing();
    const caseIds = forms.map(({ registrationNo }) => registrationCaseId(registrationNo));
    // As with every request: what a case's deadline must wait for is received under a lock that its step takes too.
    const own = tx.select({ id: cases.id }).from(cases).where(inArray(cases.id, caseIds));
    await own.orderBy(cases.id).for('share');
    const receivedAt = await legalNow(tx);
    const stored = judged
      .flatMap(({ taken }) => taken)
      .map(({ version, content: { mediaType, bytes } }) => ({
        ...{ id: version.contentId, mediaType, bytes, storedAt: receivedAt },
      }));
    await tx.insert(contents).values(stored).onConflictDoNothing();
    const actor = { id: 'import/registrations', kind: 'system' as const, roles: [], onBehalfOf: by };
    const asked = forms.map((form) => {
      const body = JSON.parse(JSON.stringify(form)) as JsonObject;
      const hash = bodyHash({ name: 'registration.import', body });
      const caseId: string = registrationCaseId(form.registrationNo);
      return {
        ...{ id: randomUUID(), idempotencyKey: `${caseId}/${hash}`, actor, actorId: actor.id },
        ...{ name: 'registration.import', caseId, body, bodyHash: hash, receivedAt, status: 'open' as const },
      };
    });
    await tx.insert(requests).values(asked).onConflictDoNothing();
    await tx.execute(sql`select pg_notify(${REQUESTS_CHANNEL}, '')`);
  });
}

/** A report as people read it, in both languages. */
export function formReportText(report: FormReport): string {
  const { rows, accepted, rejected, unchanged, warnings, errors, states } = report;
  return [
    `行 rows ${rows}：接受 accepted ${accepted}，拒绝 rejected ${rejected}，未变 unchanged ${unchanged}`,
    ...Object.entries(states).map(([state, count]) => `  ${state}  ${count}`),
    ...linesText('拒绝 · rejected', errors),
    ...linesText('提示 · warnings', warnings),
  ].join('\n');
}
