import { z } from 'zod';
import type { CalendarDate } from '../rules/date.js';
import { type Lawfulness, lawfulnessOn, standingsOf } from '../rules/lawfulness.js';
import type { Database } from '../db/database.js';
import { lifeOf } from '../db/queries/lawfulness.js';
import type { PermitRow } from '../db/queries/permits.js';
import { permitCaseId } from '../workflows/messages/caseId.js';

/** Whether a permit allows discharge on a day, and why. */
export const lawfulnessSchema = z
  .object({
    on: z.string(),
    verdict: z.enum(['allowed', 'notAllowed', 'undecided']),
    state: z.string(),
    since: z.string().nullable(),
    article: z.string(),
    zh: z.string(),
    en: z.string(),
  })
  .meta({
    id: 'Lawfulness',
    description:
      'Whether the permit allows its unit to discharge on a day, by the states that it has had. It speaks of the permit alone.',
  });

/** The answer for a day (Asia/Shanghai), by what the permit's ledger says. */
export async function lawfulnessOf(
  db: Database,
  { permitNo, validTo }: PermitRow,
  on: CalendarDate,
): Promise<Lawfulness> {
  return lawfulnessOn(on, standingsOf(await lifeOf(db, permitCaseId(permitNo))), validTo);
}
