import type { Instant } from '../../rules/date.js';
import type { JsonObject } from './json.js';

/** The one Update that every case takes: a person's or another case's request. Its Update id is the request's id. */
export const REQUEST_UPDATE = 'request';

/** Who acts. `roles` are those that the API found the actor to hold for the case's organ; a case acts as `system`. */
export interface Actor {
  readonly id: string;
  readonly kind: 'officer' | 'applicant' | 'administrator' | 'system';
  readonly roles: readonly string[];
  readonly organ?: string;
  /** The person whose work this actor covers (AB 角), where that is why the actor may act. */
  readonly onBehalfOf?: string;
}

/** Where a request came from, so that logs and traces lead from the caller to the step. Never a person, never a payload. */
export interface RequestOrigin {
  /** The `X-Request-Id` of the HTTP call. */
  readonly call: string;
  /** The W3C trace context of whoever passes the request on, where there is one. */
  readonly traceparent?: string;
}

/** A row of `requests`, as it travels to the case. `receivedAt` is the legal instant of the act. */
export interface CaseRequest {
  readonly id: string;
  readonly name: string;
  readonly receivedAt: Instant;
  readonly actor: Actor;
  readonly body: JsonObject;
  readonly origin?: RequestOrigin;
}

/** What a request came to: the case's revision after it, and what the step wants its caller to know. */
export interface RequestAnswer {
  readonly caseId: string;
  readonly revision: number;
  readonly stage: string;
  readonly result: JsonObject;
}
