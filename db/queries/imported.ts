import { and, desc, eq, inArray, ne } from 'drizzle-orm';
import type { ImportedPermit } from '../../workflows/messages/importedLives.js';
import { permitCaseId } from '../../workflows/messages/caseId.js';
import type { Database, Transaction } from '../database.js';
import { cases, permits, requests, units } from '../schema/index.js';

/** What is known here of the permits of one page of a list. */
export interface KnownPermits {
  /** By credit code; of several units with one code, the first by id. */
  readonly units: ReadonlyMap<string, typeof units.$inferSelect>;
  /** The register, with each permit's holder and what its case remembers. */
  readonly register: ReadonlyMap<
    string,
    {
      readonly permit: typeof permits.$inferSelect;
      readonly unit: typeof units.$inferSelect | null;
      readonly facts: (typeof cases.$inferSelect)['facts'];
    }
  >;
  /** What the last import asked that was not refused. */
  readonly imported: ReadonlyMap<string, ImportedPermit>;
}

/** Reads what is known of these permit numbers and credit codes. */
export async function knownPermits(
  db: Database | Transaction,
  permitNos: readonly string[],
  creditCodes: readonly string[],
): Promise<KnownPermits> {
  const numbers = [...permitNos];
  const owners = await db
    .select()
    .from(units)
    .where(inArray(units.creditCode, [...creditCodes]))
    .orderBy(desc(units.id));
  const register = await db
    .select({ permit: permits, unit: units, facts: cases.facts })
    .from(permits)
    .innerJoin(cases, and(eq(cases.permitNo, permits.permitNo), eq(cases.kind, 'permit')))
    .leftJoin(units, eq(units.id, permits.unitId))
    .where(inArray(permits.permitNo, numbers));
  const asked = await db
    .selectDistinctOn([requests.caseId], { body: requests.body })
    .from(requests)
    .where(
      and(
        inArray(requests.caseId, numbers.map(permitCaseId)),
        eq(requests.name, 'permit.import'),
        ne(requests.status, 'refused'),
      ),
    )
    .orderBy(requests.caseId, desc(requests.receivedAt));
  // Only our own import writes these requests, so their bodies have its shape.
  const bodies = asked.map(({ body }) => body as ImportedPermit);
  return {
    units: new Map(owners.map((unit) => [unit.creditCode, unit])),
    register: new Map(register.map((row) => [row.permit.permitNo, row])),
    imported: new Map(bodies.map((body) => [body.permitNo, body])),
  };
}
