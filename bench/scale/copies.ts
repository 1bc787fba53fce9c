import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { eq, sql } from 'drizzle-orm';
import { dataConverterOf } from '../../codec/dataConverter.js';
import { openKeyring } from '../../codec/keyring.js';
import { cases, steps } from '../../db/schema/index.js';
import { emptyState, reduce } from '../../workflows/messages/reduce.js';
import { type CaseInput, type CaseState, newest } from '../../workflows/messages/state.js';
import { atOnce } from '../measure.js';
import { productOf } from '../product.js';
import type { Servers } from '../servers.js';

/** How many ask the server at once: as many as a publication sends signals. */
export const signallers = 25;

/** A client that reads and writes what the product's workflows are given. */
export async function clientOf({ connection, stack, folder }: Servers): Promise<Client> {
  const dataConverter = dataConverterOf(await openKeyring(join(folder, 'codec-keys.json')));
  return new Client({ connection, namespace: stack.namespace, dataConverter });
}

/** A case that others are copies of. */
export interface Model {
  readonly caseId: string;
  readonly state: CaseState;
}

/** One application, received and accepted over the real path: what all others are copies of. */
export async function acceptedCase(servers: Servers): Promise<Model> {
  const subject = await productOf(servers);
  const [opened] = await subject.prepare(1);
  await opened?.open();
  for (const step of opened?.steps.slice(0, 2) ?? []) await step();
  const { db } = servers;
  const [row] = await db.select().from(cases);
  if (row === undefined) throw new Error('no case was opened');
  const known = await db.select().from(steps).where(eq(steps.caseId, row.id)).orderBy(steps.revision);
  const input: CaseInput = { caseId: row.id, kind: 'application', clockOffset: 0 };
  return { caseId: row.id, state: known.map(({ step }) => step).reduce(reduce, emptyState(input)) };
}

/** Copies of the model, each with its rows, an empty chain and a workflow that waits for the model's next moment. */
export async function copies(
  { db }: Servers,
  client: Client,
  { caseId, state }: Model,
  name: string,
  count: number,
): Promise<readonly string[]> {
  const id = sql`'application/' || ${name}::text || '-' || lpad(n::text, 6, '0')`;
  await db.execute(sql`
    insert into cases (id, kind, procedure, revision, stage, outcome, pack_id, area, organs, unit_id, permit_no, facts,
                       opened_at, closed_at, next, next_at, ledger_count, ledger_head)
    select ${id}, kind, procedure, revision, stage, outcome, pack_id, area, organs, unit_id, permit_no, facts,
           opened_at, closed_at, next, next_at, 0,
           encode(sha256(convert_to(E'yizheng ledger\n' || ${id}, 'UTF8')), 'hex')
    from cases, generate_series(1, ${count}) n where cases.id = ${caseId}`);
  await db.execute(sql`
    insert into clocks (case_id, id, "limit", events, state, due, promised_due, lapse_at, yellow_at, red_at, next_at, next,
                        promised, estimated)
    select ${id}, id, "limit", events, state, due, promised_due, lapse_at, yellow_at, red_at, next_at, next, promised,
           estimated
    from clocks, generate_series(1, ${count}) n where case_id = ${caseId}`);
  const ids = Array.from(
    { length: count },
    (_, index) => `application/${name}-${String(index + 1).padStart(6, '0')}`,
  );
  const start = async (copy: string): Promise<void> => {
    const copied = JSON.parse(JSON.stringify(state).replaceAll(caseId, copy)) as CaseState;
    const input: CaseInput = { caseId: copy, kind: 'application', clockOffset: 0, state: copied, ...newest };
    await client.workflow.start('application', { workflowId: copy, taskQueue: 'yizheng', args: [input] });
  };
  await atOnce(ids, start, signallers);
  await settled(client, ids, 5);
  return ids;
}

/** The model as it stands after the editions of the measure. */
export async function modelNow({ db }: Servers, { caseId, state }: Model): Promise<Model> {
  const known = await db.select().from(steps).where(eq(steps.caseId, caseId)).orderBy(steps.revision);
  return { caseId, state: known.map(({ step }) => step).reduce(reduce, state) };
}

/** Waits until each of these workflows has so many events. Throws where some have not after ten minutes. */
export async function settled(client: Client, ids: readonly string[], events: number): Promise<void> {
  const end = Date.now() + 600_000;
  for (let waiting = [...ids]; waiting.length > 0;) {
    if (Date.now() > end) throw new Error(`${waiting.length} of ${ids.length} have not ${events} events`);
    const lengths = await Promise.all(
      waiting.slice(0, 25).map(async (id) => {
        const { historyLength } = await client.workflow.getHandle(id).describe();
        return { id, isThere: historyLength >= events };
      }),
    );
    const there = new Set(lengths.filter(({ isThere }) => isThere).map(({ id }) => id));
    waiting = waiting.filter((id) => !there.has(id));
    if (there.size === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
