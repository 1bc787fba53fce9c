import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database } from '../db/database.js';
import { legalNow } from '../db/legalClock.js';
import { selfCheckers } from '../db/queries/selfChecks.js';
import { bodyHash, REQUESTS_CHANNEL } from '../db/requestRows.js';
import { requests } from '../db/schema/index.js';
import { dailyJobs } from '../rules/dailyJobs.js';
import { yearOf } from '../rules/date.js';
import { packsOn } from '../rules/packs/index.js';
import { selfCheckCaseId } from '../workflows/messages/caseId.js';
import type { JsonObject } from '../workflows/messages/json.js';
import type { DailyJob } from './daily.js';

/** Permits in one transaction. */
const page = 500;

/**
 * Asks every permit in force in an area, that has not been asked, for its self-check of a period: a request to the case that it
 * becomes. Safe to repeat, and to run twice at once: the request's key is the case. Answers with how many were asked.
 */
export async function openSelfChecks(
  db: Database,
  { area, period }: { readonly area: string; readonly period: string },
): Promise<number> {
  let asked = 0;
  for (let behind = ''; ;) {
    const reached = await db.transaction(async (tx) => {
      const found = await selfCheckers(tx, { area, period, behind, most: page });
      const last = found.at(-1);
      if (last === undefined) return undefined;
      const [receivedAt, actor] = [
        await legalNow(tx),
        { id: `selfCheck/${period}`, kind: 'system' as const, roles: [] },
      ];
      const rows = found.map((permit) => {
        const caseId = selfCheckCaseId(period, permit.permitNo);
        const body: JsonObject = { ...permit, period };
        const name = 'selfCheck.open';
        return {
          ...{ id: randomUUID(), idempotencyKey: caseId, actor, actorId: actor.id, name, caseId, body },
          ...{ bodyHash: bodyHash({ name, body }), receivedAt, status: 'open' as const },
        };
      });
      await tx.insert(requests).values(rows).onConflictDoNothing();
      await tx.execute(sql`select pg_notify(${REQUESTS_CHANNEL}, '')`);
      return { permitNo: last.permitNo, count: rows.length };
    });
    if (reached === undefined) return asked;
    asked += reached.count;
    behind = reached.permitNo;
  }
}

/** Asks each region's permits once a year, from the region's day on; one that is issued later is asked the day after. */
export function selfCheckJob(db: Database): DailyJob {
  return {
    name: 'selfCheck',
    at: dailyJobs.selfCheck,
    async run(day) {
      for (const { region, settings } of packsOn(day)) {
        if (day.slice('2026-'.length) < settings.selfCheckFrom) continue;
        await openSelfChecks(db, { area: region.replace(/(00)+$/, ''), period: String(yearOf(day)) });
      }
    },
  };
}
