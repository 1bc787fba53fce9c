import { eq } from 'drizzle-orm';
import type { Database } from '../database.js';
import { cases } from '../schema/index.js';
import type { CaseRow } from './cases.js';

/** A case by its id, whoever asks: only for what a case has published to all officers. */
export async function caseById(db: Database, caseId: string): Promise<CaseRow | undefined> {
  const [found] = await db.select().from(cases).where(eq(cases.id, caseId));
  return found;
}
