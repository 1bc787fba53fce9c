import { and, eq } from 'drizzle-orm';
import type { Database, Transaction } from '../db/database.js';
import { clocks } from '../db/schema/index.js';
import type { NoticeTemplate } from '../rules/notices.js';
import { momentOf, type NoticeFacts } from './facts.js';

/** Notices that only remind. All others tell of something that has happened, and stay true. */
const reminders: readonly NoticeTemplate[] = [
  'clock.remind',
  'clock.warn',
  'clock.yellow',
  'clock.red',
  'clock.escalate',
  'clock.anniversary',
  'renewal.remind',
  'registration.remind',
];

/** Why a reminder has nothing left to remind of, as a word of the glossary. */
export type Overtaken = 'stopped' | 'paused' | 'renewed';

/**
 * Whether events have overtaken a reminder: its clock was stopped or is paused, or was started or counted anew, and will
 * remind at its new moments. Null for one that still says what is true.
 */
export async function overtakenBy(
  tx: Transaction | Database,
  { notice, clock }: NoticeFacts,
): Promise<Overtaken | null> {
  const moment = momentOf(notice);
  if (!reminders.includes(notice.template) || moment === undefined || clock === undefined) return null;
  if (notice.template === 'renewal.remind' && (await hasApplied(tx, notice.caseId))) return 'stopped';
  if (clock.state !== 'running') return clock.state;
  const reached = clock.events.findLastIndex(
    (event) => event.type === 'reached' && event.moment === moment.moment,
  );
  const since = clock.events.slice(reached + 1).map((event) => event.type);
  return reached < 0 || since.some((type) => type === 'extended' || type === 'relimited') ? 'renewed' : null;
}

/** The clock of the last day to apply stops when a renewal is filed. */
async function hasApplied(tx: Transaction | Database, caseId: string): Promise<boolean> {
  const [apply] = await tx
    .select({ state: clocks.state })
    .from(clocks)
    .where(and(eq(clocks.caseId, caseId), eq(clocks.id, 'renewalApply')));
  return apply?.state === 'stopped';
}
