import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { RequestOrigin } from '../workflows/messages/request.js';
import { activeTrace } from './spans.js';

const origins = new AsyncLocalStorage<RequestOrigin>();

/** What a caller may name his call: an id, and no text that could hold anything else. */
const callId = /^[\w.:-]{1,100}$/;
const w3c = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

/** Where an HTTP call comes from, by its headers; without a usable `X-Request-Id` it gets one. */
export function originOf(headers: IncomingHttpHeaders): RequestOrigin {
  const given = headers['x-request-id'];
  const traceparent = headers['traceparent'];
  return {
    call: typeof given === 'string' && callId.test(given) ? given : randomUUID(),
    ...(typeof traceparent === 'string' && w3c.test(traceparent) ? { traceparent } : {}),
  };
}

/** Does something on behalf of a call. */
export const onBehalfOf = <Result>(origin: RequestOrigin, work: () => Result): Result =>
  origins.run(origin, work);

/** The call that is being answered, under the span that is at work; undefined outside a call. */
export function currentOrigin(): RequestOrigin | undefined {
  const origin = origins.getStore();
  return origin === undefined ? undefined : { ...origin, ...activeTrace() };
}

/** An origin's ids as log lines carry them: `call` and `trace`. */
export function idsOf(origin: RequestOrigin | null | undefined): {
  readonly call?: string;
  readonly trace?: string;
} {
  if (origin === null || origin === undefined) return {};
  const trace = origin.traceparent?.split('-')[1];
  return { call: origin.call, ...(trace === undefined ? {} : { trace }) };
}

/** For the logger: every line that is written on behalf of a call names it. */
export const callInLog = (): object => idsOf(currentOrigin());
