import type { Database } from '../db/database.js';
import type { ledger } from '../db/schema/index.js';
import type { RequestStatus } from '../relay/send.js';
import type { JsonObject } from '../workflows/messages/json.js';
import type { World } from './world.js';
import type { Actor } from '../workflows/messages/request.js';

/** What a request may carry beside its body. */
export interface Asking {
  readonly key?: string;
  readonly permitNo?: string;
  /** Answer for a refusal instead of throwing. */
  readonly mayRefuse?: boolean;
}

/** A bureau at work in a rehearsal: its database, and the way to ask its cases. */
export interface Bureau {
  readonly db: Database;
  /** The time that it lives in. */
  readonly world: World;
  /** Writes a request down and sends it; waits for its answer. Throws for a refusal unless it may be one. */
  ask(actor: Actor, name: string, caseId: string, body: JsonObject, more?: Asking): Promise<RequestStatus>;
  /** The id of the open task of this kind; throws when there is none. */
  task(caseId: string, kind: string): Promise<string>;
  /** The lines of a case's ledger, in order. */
  events(caseId: string): Promise<readonly (typeof ledger.$inferSelect)[]>;
}
