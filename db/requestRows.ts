import { createHash } from 'node:crypto';
import type { JsonObject } from '../workflows/messages/json.js';
import { sortedJson } from './ledgerChain.js';

/** The channel that wakes the relay when a row of `requests` was written. */
export const REQUESTS_CHANNEL = 'yizheng_requests';

/** What tells two bodies under one idempotency key apart: SHA-256 over the body with sorted keys. */
export const bodyHash = (body: JsonObject): string =>
  createHash('sha256').update(sortedJson(body)).digest('hex');
