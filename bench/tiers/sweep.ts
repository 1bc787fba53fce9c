import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { and, count, eq, sql } from 'drizzle-orm';
import { readFile } from 'node:fs/promises';
import { dataConverterOf } from '../../codec/dataConverter.js';
import { openKeyring } from '../../codec/keyring.js';
import { fromProject } from '../../db/projectFolder.js';
import { legalNow } from '../../db/legalClock.js';
import { contentIdOf, jsonContent } from '../../db/queries/contents.js';
import { bodyHash } from '../../db/requestRows.js';
import { contents, requests, reviewItems, tasks } from '../../db/schema/index.js';
import { officer } from '../../rehearsal/people.js';
import { until } from '../../rehearsal/world.js';
import { insertRequest } from '../../relay/insert.js';
import { checklists } from '../../rules/checks/checklists.js';
import { dateOf, type Instant } from '../../rules/date.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import { type CaseRequest, REQUEST_UPDATE } from '../../workflows/messages/request.js';
import { reviewCaseId } from '../../workflows/messages/reviews.js';
import { atOnce, median, seconds } from '../measure.js';
import { type Result, rounded } from '../results.js';
import { bareTaskQueue, type Servers, startServers } from '../servers.js';
import { caseOf } from '../updates.js';

const inspector = officer('inspector', 'inspector@yunchuan');

/** Where the permits lie, and whose sweep it is. */
const area = '990100';

/**
 * A sweep's items a second: listed, opened page by page by the relay, checked by the rules, reviewed by forty people, counted;
 * against bare workflows of two Updates each, a row inserted for each of them, and one timer. Bare, then product, in each
 * round; the first does not count.
 */
export async function measureSweep(
  items: number,
  rounds: number,
  report: (line: string) => void,
): Promise<readonly Result[]> {
  const servers = await startServers(report);
  try {
    const sweeper = await sweeperOf(servers);
    const rates: Record<'bare' | 'product', number[]> = { bare: [], product: [] };
    for (let round = 0; round <= rounds; round += 1) {
      const bare = items / (await bareItems(servers, items));
      const product = items / (await sweeper(items, round));
      report(
        `${round === 0 ? 'warm-up' : `round ${round}`}  bare ${bare.toFixed(1)}, product ${product.toFixed(1)} items/s`,
      );
      if (round === 0) continue;
      rates.bare.push(bare);
      rates.product.push(product);
    }
    const [value, beside] = [median(rates.product), median(rates.bare)];
    return [
      {
        ...{ name: 'sweep', value: rounded(value), unit: 'items/s', bare: rounded(beside) },
        ...{ ratio: rounded(value / beside), floor: null },
      },
    ];
  } finally {
    await servers.stop();
  }
}

/** As many bare workflows, opened and then asked once more: in seconds. */
async function bareItems({ db, connection, stack }: Servers, items: number): Promise<number> {
  const client = new Client({ connection, namespace: stack.namespace });
  const now = await legalNow(db);
  const all = Array.from({ length: items }, (_, index) => {
    const caseId = `bare/${randomUUID()}`;
    const item = { ordinal: index, permitNo: permitNoOf('0', index), version: 1, area, organ: 'yunchuan' };
    const opening = { ...requestOf('qualityReview.open', item, now) };
    const start = { type: 'bare', caseId, taskQueue: bareTaskQueue, input: {} };
    return caseOf(client, start, [opening, reviewOf(caseId, now)]);
  });
  return await seconds(async () => {
    await atOnce(all, (each) => each.open());
    await atOnce(all, async ({ steps }) => {
      for (const step of steps) await step();
    });
  });
}

/** A sweep over permits of its own, from its start to its end: in seconds. */
async function sweeperOf({ db, connection, stack, folder }: Servers) {
  const { namespace } = stack;
  const dataConverter = dataConverterOf(await openKeyring(join(folder, 'codec-keys.json')));
  const client = new Client({ connection, namespace, dataConverter });
  const clean: unknown = JSON.parse(await readFile(fromProject('test/checks/known/clean.json'), 'utf8'));
  const { bytes, mediaType } = jsonContent(clean as JsonObject);
  const contentId = contentIdOf(bytes);
  await db.insert(contents).values({ id: contentId, bytes, mediaType, storedAt: await legalNow(db) });

  return async (items: number, round: number): Promise<number> => {
    const now = await legalNow(db);
    const campaign = `sweep/bench-${round}`;
    await seed(round, items, contentId);
    const cases = Array.from({ length: items }, (_, index) => reviewCaseId(campaign, index + 1));
    // Every review has its row before it is sent, as in life; leased, so that the worker's relay leaves it to us.
    const reviews = cases.map((caseId) => ({ caseId, request: reviewOf(caseId, now) }));
    await db.insert(requests).values(
      reviews.map(({ caseId, request: { id, name, actor, body, receivedAt } }) => ({
        ...{ id, name, actor, body, receivedAt, caseId, idempotencyKey: id, actorId: actor.id },
        ...{ bodyHash: bodyHash({ name, body }), status: 'open' as const },
        leasedUntil: sql<Instant>`clock_timestamp() + interval '1 day'`,
      })),
    );
    const year = Number(dateOf(now).slice(0, 4));
    const patience = 60_000 + items * 500;
    return await seconds(async () => {
      const body = { area, year, atOnce: 500, note: '测量' };
      const asked = { actor: inspector, name: 'sweep.start', caseId: campaign, body, sentByRelay: true };
      await insertRequest(db, { ...asked, idempotencyKey: randomUUID() });
      await until(async () => lacking(await opened(campaign), items), 'every review opened', patience);
      await atOnce(reviews, ({ caseId, request }) =>
        client.workflow
          .getHandle(caseId)
          .executeUpdate<unknown, [CaseRequest]>(REQUEST_UPDATE, { args: [request], updateId: request.id }),
      );
      await until(async () => lacking(await done(campaign), items), 'every review counted', patience);
    });
  };

  /** Permits as an import leaves their rows, all of them issued in this year. */
  async function seed(round: number, items: number, content: string): Promise<void> {
    const permitNo = sql`'91990100MC' || ${String(round)}::text || lpad(n::text, 7, '0') || '001P'`;
    const numbers = sql`generate_series(0, ${items}::int - 1) n`;
    await db.execute(sql`
      insert into units (id, credit_code, name, area, contact)
      select 'unit-' || ${permitNo}, left(${permitNo}, 18), '示范企业' || n, ${area}, '' from ${numbers}`);
    await db.execute(sql`
      insert into permits (permit_no, unit_id, permit_class, area, state, valid_from, valid_to, version)
      select ${permitNo}, 'unit-' || ${permitNo}, 'key', ${area}, 'valid', current_date, current_date + 1825, 1
      from ${numbers}`);
    await db.execute(sql`
      insert into permit_versions (permit_no, version, kind, content_id, case_id, at)
      select ${permitNo}, 1, 'first', ${content}, 'application/elsewhere', legal_now() from ${numbers}`);
  }

  async function opened(campaign: string): Promise<number> {
    const [row] = await db
      .select({ there: count() })
      .from(tasks)
      .innerJoin(reviewItems, eq(reviewItems.caseId, tasks.caseId))
      .where(eq(reviewItems.campaign, campaign));
    return row?.there ?? 0;
  }

  async function done(campaign: string): Promise<number> {
    const [row] = await db
      .select({ there: count() })
      .from(reviewItems)
      .where(and(eq(reviewItems.campaign, campaign), eq(reviewItems.state, 'done')));
    return row?.there ?? 0;
  }
}

const lacking = (there: number, wanted: number): string | null =>
  there >= wanted ? null : `${there} of ${wanted}`;

const permitNoOf = (round: string, index: number): string =>
  `91990100MC${round}${String(index).padStart(7, '0')}001P`;

const requestOf = (name: string, body: JsonObject, receivedAt: Instant): CaseRequest => ({
  ...{ id: randomUUID(), name, receivedAt, actor: inspector, body },
});

/** The whole checklist holds. */
function reviewOf(caseId: string, now: Instant): CaseRequest {
  const answers = checklists.permit.map(({ id }) => ({ item: id, answer: 'holds', note: '' }));
  const form = {
    ...{ outcome: 'reviewed', on: dateOf(now), method: 'documentsBasis', answers, verdicts: [] },
    ...{ institution: null, evidence: [], opinion: '已核' },
  };
  return requestOf('task.complete', { taskId: `${caseId}#qualityReview.1`, form }, now);
}
