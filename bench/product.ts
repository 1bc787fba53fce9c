import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { sql } from 'drizzle-orm';
import { dataConverterOf } from '../codec/dataConverter.js';
import { openKeyring } from '../codec/keyring.js';
import { legalNow } from '../db/legalClock.js';
import { nextApplicationNumber } from '../db/queries/cases.js';
import { bodyHash } from '../db/requestRows.js';
import { requests } from '../db/schema/index.js';
import { dateOf, type Instant } from '../rules/date.js';
import { type CaseInput, newest } from '../workflows/messages/state.js';
import { requestsOf } from './requests.js';
import type { Servers } from './servers.js';
import type { Subject } from './subject.js';
import { caseOf } from './updates.js';

/** The product, called through the Temporal client as its relay calls it: codec, kernel, timer and the full transaction. */
export async function productOf({ db, connection, stack, folder }: Servers): Promise<Subject> {
  const { namespace } = stack;
  const dataConverter = dataConverterOf(await openKeyring(join(folder, 'codec-keys.json')));
  const client = new Client({ connection, namespace, dataConverter });
  return {
    async prepare(count) {
      const now = await legalNow(db);
      const cases = [];
      for (let made = 0; made < count; made += 1) {
        const caseId = `application/${await nextApplicationNumber(db, dateOf(now).slice(0, 4))}`;
        const all = requestsOf(caseId, now);
        // Every request has its row before it is sent, as in life; leased, so that the worker's relay leaves it to us.
        const rows = all.map(({ id, name, actor, body, receivedAt }) => ({
          ...{ id, name, actor, body, receivedAt, caseId, idempotencyKey: id, actorId: actor.id },
          ...{ bodyHash: bodyHash(body), status: 'open' as const },
          leasedUntil: sql<Instant>`clock_timestamp() + interval '1 day'`,
        }));
        await db.insert(requests).values(rows);
        const input: CaseInput = { caseId, kind: 'application', clockOffset: 0, ...newest };
        cases.push(caseOf(client, { type: 'application', caseId, taskQueue: 'yizheng', input }, all));
      }
      return cases;
    },
  };
}
