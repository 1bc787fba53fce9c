import type { Client } from '@temporalio/client';
import { and, asc, eq, isNotNull, isNull, lte } from 'drizzle-orm';
import { type Instant, instantOf, millisOf } from '../rules/date.js';
import type { Database } from '../db/database.js';
import { legalNow, setRehearsalClock } from '../db/legalClock.js';
import { isRestingCase } from '../db/queries/resting.js';
import { cases, requests } from '../db/schema/index.js';
import { SkippingWorkflow } from './fastForward.js';

/** What a world is made of: a rehearsal's database, and a client of a server that can skip time. */
export interface WorldOptions {
  readonly db: Database;
  readonly client: Client;
  readonly namespace: string;
  /** What lives in this world beside its cases. */
  readonly residents?: readonly Resident[];
}

/** Something that acts in a world's time, such as the outbox: when it wants to act next, if at all, and its acting. */
export interface Resident {
  next(): Promise<Instant | null>;
  act(): Promise<void>;
}

type DueCase = { readonly id: string; readonly nextAt: Instant | null; readonly revision: number };

/**
 * The common time of a rehearsal. The server gives each workflow a virtual time of its own; the world moves them in the
 * order of their next moments, one instant after the other, with the legal clock that the API and the relay read.
 */
export class World {
  private readonly workflows = new Map<string, SkippingWorkflow>();

  constructor(private readonly options: WorldOptions) {}

  async now(): Promise<Instant> {
    return await legalNow(this.options.db);
  }

  /** Lets everything happen that happens up to an instant: each due case in turn, and what it asks of other cases. */
  async advanceTo(instant: Instant): Promise<void> {
    const { db } = this.options;
    await this.settle();
    for (;;) {
      const due = await this.dueCases(instant);
      const at = await this.nextInstant(due[0]?.nextAt ?? null);
      if (at === null || at > instant) break;
      // A moment may lie before the world's time: a clock that was started late catches up.
      if (at > (await this.now())) await setRehearsalClock(db, at);
      const now = due.filter((other) => other.nextAt === at);
      for (const each of now) if (!isRestingCase(each.id)) await this.runDue(each, at);
      // The relay wakes those that rest, now that the legal clock is there.
      for (const each of now) if (isRestingCase(each.id)) await this.moved(each, at);
      await this.settle();
    }
    await setRehearsalClock(db, instant);
    await this.settle();
  }

  /** The earliest instant at which something happens: a case's moment, or what a resident waits for. */
  private async nextInstant(ofCases: Instant | null): Promise<Instant | null> {
    const wanted = await Promise.all((this.options.residents ?? []).map((resident) => resident.next()));
    return [ofCases, ...wanted].reduce(
      (first, at) => (first === null || (at !== null && at < first) ? at : first),
      null,
    );
  }

  /** Waits until every request that is written down is answered, and the residents have done what that gives them to do. */
  async settle(): Promise<void> {
    await this.answered();
    for (const resident of this.options.residents ?? []) {
      await resident.act();
      await this.answered();
    }
  }

  private async answered(): Promise<void> {
    const { db } = this.options;
    await until(async () => {
      const open = await db
        .select({ id: requests.id })
        .from(requests)
        .where(eq(requests.status, 'open'))
        .limit(5);
      return open.length === 0 ? null : `open requests: ${open.map((row) => row.id).join(', ')}`;
    }, 'every request answered');
  }

  private async dueCases(instant: Instant): Promise<readonly DueCase[]> {
    const due = and(isNull(cases.outcome), isNotNull(cases.nextAt), lte(cases.nextAt, instant));
    return await this.options.db
      .select({ id: cases.id, nextAt: cases.nextAt, revision: cases.revision })
      .from(cases)
      .where(due)
      .orderBy(asc(cases.nextAt), asc(cases.id))
      .limit(200);
  }

  private async runDue(due: DueCase, at: Instant): Promise<void> {
    await this.workflowOf(due.id).runTo(millisOf(at));
    await this.moved(due, at);
  }

  private async moved(due: DueCase, at: Instant): Promise<void> {
    const { db } = this.options;
    await until(async () => {
      const [now] = await db
        .select({ revision: cases.revision, nextAt: cases.nextAt })
        .from(cases)
        .where(eq(cases.id, due.id));
      return now === undefined || now.revision > due.revision || now.nextAt !== at
        ? null
        : `still at ${due.revision}`;
    }, `${due.id} takes its moment of ${at}`);
  }

  private workflowOf(caseId: string): SkippingWorkflow {
    const known = this.workflows.get(caseId);
    if (known !== undefined) return known;
    const { client, namespace } = this.options;
    const workflow = new SkippingWorkflow(client, namespace, caseId);
    this.workflows.set(caseId, workflow);
    return workflow;
  }
}

/** Asks every few milliseconds until the answer is null; after half a minute throws what was still missing. */
export async function until(
  missing: () => Promise<string | null>,
  what: string,
  patience = 30_000,
): Promise<void> {
  const end = Date.now() + patience;
  for (let pause = 5; ; pause = Math.min(pause * 1.5, 200)) {
    const answer = await missing();
    if (answer === null) return;
    if (Date.now() > end)
      throw new Error(`waited in vain for: ${what} (${answer}) at ${instantOf(Date.now())}`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
