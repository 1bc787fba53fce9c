import { and, eq } from 'drizzle-orm';
import type { Database, Transaction } from '../db/database.js';
import type { notices } from '../db/schema/index.js';
import { cases, clocks, units } from '../db/schema/index.js';
import { DomainError } from '../rules/errors.js';

/** A notice's row. */
export type NoticeRow = typeof notices.$inferSelect;

/** What is known of a notice when it is looked at: its case, its unit, and the clock that it speaks of, as they stand now. */
export interface NoticeFacts {
  readonly notice: NoticeRow;
  readonly case: typeof cases.$inferSelect;
  readonly unitName: string;
  readonly clock: typeof clocks.$inferSelect | undefined;
}

/** The moment that caused a notice, from its step: `clock:validity/remind90/…`. Undefined where a request did. */
export function momentOf({
  step,
}: NoticeRow): { readonly clock: string; readonly moment: string } | undefined {
  const [, clock, moment] = /^clock:([^/]+)\/([^/]+)\//.exec(step) ?? [];
  return clock === undefined || moment === undefined ? undefined : { clock, moment };
}

/** Reads what a notice's text and its fate depend on. Throws `not.found` for a notice without a case. */
export async function factsOf(tx: Transaction | Database, notice: NoticeRow): Promise<NoticeFacts> {
  const [row] = await tx
    .select({ case: cases, unitName: units.name })
    .from(cases)
    .leftJoin(units, eq(units.id, cases.unitId))
    .where(eq(cases.id, notice.caseId));
  if (row === undefined)
    throw new DomainError('not.found', { what: 'a notice without a case', found: notice.id });
  const id = momentOf(notice)?.clock;
  const [clock] =
    id === undefined
      ? []
      : await tx
          .select()
          .from(clocks)
          .where(and(eq(clocks.caseId, notice.caseId), eq(clocks.id, id)));
  return { notice, case: row.case, unitName: row.unitName ?? row.case.unitId, clock };
}
