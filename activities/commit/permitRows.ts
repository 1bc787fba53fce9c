import { eq } from 'drizzle-orm';
import { DomainError } from '../../rules/errors.js';
import type { Transaction } from '../../db/database.js';
import { permits } from '../../db/schema/index.js';
import type { GuardParams } from '../../workflows/messages/step.js';

/** A parameter that a guard can not do without. Throws `internal`. */
export function required(params: GuardParams, name: string): string {
  const value = params[name];
  if (typeof value !== 'string')
    throw new DomainError('internal', { what: 'a guard was not told enough', found: name });
  return value;
}

/** A permit's row, locked until the step commits. */
export async function lockPermit(tx: Transaction, permitNo: string) {
  const [permit] = await tx.select().from(permits).where(eq(permits.permitNo, permitNo)).for('update');
  return permit;
}
