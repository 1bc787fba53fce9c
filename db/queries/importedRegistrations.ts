import { and, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { ImportedRegistration } from '../../workflows/messages/importedLives.js';
import { registrationCaseId } from '../../workflows/messages/caseId.js';
import type { Database } from '../database.js';
import { cases, permits, registrations, requests, units } from '../schema/index.js';

/** What is known here of the forms of one page of a list. */
export type KnownForms = Awaited<ReturnType<typeof knownForms>>;

/** Reads what is known of these numbers and credit codes. */
export async function knownForms(db: Database, numbers: readonly string[], creditCodes: readonly string[]) {
  const ids = numbers.map(registrationCaseId);
  const owners = await db
    .select()
    .from(units)
    .where(inArray(units.creditCode, [...creditCodes]))
    .orderBy(desc(units.id));
  const register = await db
    .select({ form: registrations, facts: cases.facts })
    .from(registrations)
    .innerJoin(cases, eq(cases.id, sql`'registration/' || ${registrations.registrationNo}`))
    .where(inArray(registrations.registrationNo, [...numbers]));
  const asked = await db
    .selectDistinctOn([requests.caseId], { body: requests.body })
    .from(requests)
    .where(
      and(
        inArray(requests.caseId, ids),
        eq(requests.name, 'registration.import'),
        ne(requests.status, 'refused'),
      ),
    )
    .orderBy(requests.caseId, desc(requests.receivedAt));
  const taken = await db
    .select({ permitNo: permits.permitNo })
    .from(permits)
    .where(inArray(permits.permitNo, [...numbers]));
  // Only our own import writes these requests, so their bodies have its shape.
  const bodies = asked.map(({ body }) => body as ImportedRegistration);
  return {
    units: new Map(owners.map((unit) => [unit.creditCode, unit])),
    register: new Map(register.map((row) => [row.form.registrationNo, row])),
    imported: new Map(bodies.map((body) => [body.registrationNo, body])),
    permits: new Set(taken.map(({ permitNo }) => permitNo)),
  };
}
