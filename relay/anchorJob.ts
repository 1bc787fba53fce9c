import { gte } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Database } from '../db/database.js';
import { ledgerAnchors } from '../db/schema/index.js';
import { makeAnchor } from '../ledger/makeAnchor.js';
import type { SigningKey } from '../ledger/signingKey.js';
import { dailyJobs } from '../rules/dailyJobs.js';
import { atTime } from '../rules/date.js';
import { DomainError } from '../rules/errors.js';
import type { DailyJob } from './daily.js';

const timeOfDay = dailyJobs.ledgerAnchor;

/** Signs the heads of all cases once a day. What it can not sign it says: where the ledger shrank, every look finds it again. */
export function anchorJob(db: Database, key: SigningKey, logger: Logger): DailyJob {
  return {
    name: 'ledgerAnchor',
    at: timeOfDay,
    async run(day) {
      const [made] = await db
        .select({ number: ledgerAnchors.number })
        .from(ledgerAnchors)
        .where(gte(ledgerAnchors.at, atTime(day, timeOfDay)))
        .limit(1);
      if (made !== undefined) return;
      try {
        const { anchor, isNewKey } = await makeAnchor(db, key);
        const { number, cases, entries, root, keyId } = anchor;
        if (isNewKey) logger.warn({ key: keyId }, 'the ledger is signed with a new key');
        logger.info({ anchor: number, cases, entries, root, key: keyId }, 'anchored');
      } catch (error) {
        if (error instanceof DomainError) logger.error({ ...error.detail }, 'not anchored');
        throw error;
      }
    },
  };
}
