import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../db/database.js';
import { calendarWakes } from '../../db/schema/index.js';
import { type EditionRef, RETIMED_SIGNAL, retimingCause } from '../../workflows/messages/publication.js';

/** How many signals are on their way at once. */
const atOnce = 25;

/** How many are taken off the list together: as many may be told twice when a process dies. */
const batch = 100;

/**
 * Tells the workflows on an edition's list, and takes them off it. A process that dies in between leaves them on the list:
 * a case that is told twice finds nothing new the second time. A case that has closed meanwhile needs no telling. `alive` is
 * called before each batch.
 */
export async function tellCases(
  db: Database,
  client: Client,
  ref: EditionRef,
  alive: () => void = () => undefined,
): Promise<void> {
  const ofEdition = and(eq(calendarWakes.year, ref.year), eq(calendarWakes.edition, ref.edition));
  for (;;) {
    alive();
    const list = await db
      .select({ caseId: calendarWakes.caseId })
      .from(calendarWakes)
      .where(ofEdition)
      .orderBy(calendarWakes.caseId)
      .limit(batch);
    if (list.length === 0) return;
    const left = list.map(({ caseId }) => caseId);
    const hand = async (): Promise<void> => {
      for (let caseId = left.shift(); caseId !== undefined; caseId = left.shift())
        await tell(client, caseId, retimingCause(ref));
    };
    await Promise.all(Array.from({ length: atOnce }, hand));
    const told = list.map(({ caseId }) => caseId);
    await db.delete(calendarWakes).where(and(ofEdition, inArray(calendarWakes.caseId, told)));
  }
}

async function tell(client: Client, caseId: string, cause: string): Promise<void> {
  try {
    await client.workflow.getHandle(caseId).signal(RETIMED_SIGNAL, cause);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
