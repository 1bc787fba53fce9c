import { and, eq, sql } from 'drizzle-orm';
import { DomainError } from '../../rules/errors.js';
import type { Transaction } from '../../db/database.js';
import { cleanUpCandidates } from '../../db/queries/cleanUp.js';
import { cleanUpItems } from '../../db/schema/index.js';
import type { CleanUpChange } from '../../workflows/messages/register.js';
import { permitCaseId } from '../../workflows/messages/caseId.js';
import { sendToCases } from './sends.js';
import type { WritingStep } from './writes.js';

/** Writes what a step does to the batch list of a clean-up. */
export async function writeCleanUp(
  tx: Transaction,
  step: WritingStep,
  changes: readonly CleanUpChange[],
): Promise<void> {
  for (const change of changes) {
    const ofBatch = eq(cleanUpItems.batch, change.batch);
    switch (change.type) {
      case 'draft':
        await tx.execute(sql`
          insert into ${cleanUpItems} (batch, permit_no, unit_id, valid_to, checked, state)
          select ${change.batch}, permit_no, unit_id, valid_to, checked, 'listed'
          from (${cleanUpCandidates(change.organ, change.most)}) candidates`);
        break;
      case 'remove': {
        const { permitNo, reason } = change;
        const own = and(ofBatch, eq(cleanUpItems.permitNo, permitNo), eq(cleanUpItems.state, 'listed'));
        const removed = await tx
          .update(cleanUpItems)
          .set({ state: 'removed', reason })
          .where(own)
          .returning({ permitNo: cleanUpItems.permitNo });
        if (removed.length === 0) throw notListed(permitNo);
        break;
      }
      case 'send': {
        const listed = await tx
          .select()
          .from(cleanUpItems)
          .where(and(ofBatch, eq(cleanUpItems.state, 'listed')))
          .orderBy(cleanUpItems.permitNo);
        const asked = listed.map(({ permitNo, checked }) => ({
          to: permitCaseId(permitNo),
          name: 'permit.cleanUp',
          body: { batch: change.batch, checkedClosed: checked, at: step.at },
        }));
        await sendToCases(tx, step, asked, 'cleanUp/');
        break;
      }
      case 'opened': {
        const { permitNo, cancellationId } = change;
        await tx
          .update(cleanUpItems)
          .set({ state: 'opened', cancellationId })
          .where(and(ofBatch, eq(cleanUpItems.permitNo, permitNo)));
        break;
      }
    }
  }
}

const notListed = (found: string): DomainError =>
  new DomainError('rule.refused', { what: 'the permit is not on this list', where: 'removed', found });
