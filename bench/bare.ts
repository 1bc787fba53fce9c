import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { legalNow } from '../db/legalClock.js';
import { requestsOf } from './requests.js';
import { bareTaskQueue, type Servers } from './servers.js';
import type { Subject } from './subject.js';
import { caseOf } from './updates.js';

/** Bare Temporal on the same servers, sent the same requests. Without a codec: what encryption costs is ours to answer for. */
export function bareOf({ db, connection, stack }: Servers): Subject {
  const client = new Client({ connection, namespace: stack.namespace });
  return {
    async prepare(count) {
      const now = await legalNow(db);
      return Array.from({ length: count }, () => {
        const caseId = `bare/${randomUUID()}`;
        const start = { type: 'bare', caseId, taskQueue: bareTaskQueue, input: {} };
        return caseOf(client, start, requestsOf(caseId, now));
      });
    },
  };
}
