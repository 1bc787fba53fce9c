import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Webhook } from 'standardwebhooks';
import { guardedLookup, targetOf, type TargetRules } from './target.js';

/** A message on its way: what is signed and sent. */
export interface Message {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly body: string;
}

/** What came of an attempt: an HTTP status, or a word for what kept it from one. */
export interface Attempt {
  readonly delivered: boolean;
  readonly outcome: string;
}

/** The longest that one attempt may take, in milliseconds; less than the lease of a delivery. */
export const longestAttempt = 15_000;

/**
 * Posts a message once, signed as Standard Webhooks has it: over its id, the time of this attempt and the body. No redirect is
 * followed, and nothing of the answer is kept but its status. Never throws.
 */
export async function post({ id, url, secret, body }: Message, rules: TargetRules): Promise<Attempt> {
  try {
    const target = targetOf(url, rules);
    const at = new Date();
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'yizheng-webhooks',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
    };
    const status = await send(target, headers, body, rules);
    return { delivered: status >= 200 && status < 300, outcome: String(status) };
  } catch (error) {
    const { code, name } = error as { code?: unknown; name?: string };
    if (name === 'AbortError' || name === 'TimeoutError') return { delivered: false, outcome: 'timeout' };
    return { delivered: false, outcome: typeof code === 'string' ? code : (name ?? 'unknown') };
  }
}

function send(
  target: URL,
  headers: Record<string, string | number>,
  body: string,
  rules: TargetRules,
): Promise<number> {
  const request = target.protocol === 'https:' ? requestHttps : requestHttp;
  const lookup = guardedLookup(rules);
  return new Promise((answered, failed) => {
    const options = {
      method: 'POST',
      headers,
      agent: false,
      signal: AbortSignal.timeout(longestAttempt),
    } as const;
    request(target, { ...options, ...(lookup === undefined ? {} : { lookup }) }, (response) => {
      // What it says beside its status is nobody's: a receiver can not make us keep or read it.
      response.destroy();
      answered(response.statusCode ?? 0);
    })
      .on('error', failed)
      .end(body);
  });
}
