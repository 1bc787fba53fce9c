import type { Logger } from 'pino';
import type { Database } from '../db/database.js';
import type { SigningKey } from '../ledger/signingKey.js';
import { anchorJob } from './anchorJob.js';
import { classReviewJob } from './classReview.js';
import type { DailyJob } from './daily.js';
import { expiredSessionsJob } from './expiredSessions.js';
import { selfCheckJob } from './selfChecks.js';

/** What a worker does once a legal day, beside the digests, which the outbox sends. */
export const workerJobs = (db: Database, ledgerKey: SigningKey, logger: Logger): readonly DailyJob[] => [
  anchorJob(db, ledgerKey, logger),
  classReviewJob(db),
  selfCheckJob(db),
  expiredSessionsJob(db),
];
