import type { RequestHandler } from 'express';
import { idsOf, onBehalfOf, originOf } from '../observe/origin.js';
import { inSpan } from '../observe/spans.js';
import type { Context } from './context.js';

/**
 * Every call has an id (`X-Request-Id`, the caller's or ours), a span, a place in the metrics and one line in the log: who,
 * what, how it ended, how long it took. No query, no body.
 */
export function observed({ logger, metrics }: Pick<Context, 'logger' | 'metrics'>): RequestHandler {
  return (request, response, next) => {
    const began = performance.now();
    const { method, path } = request;
    const origin = originOf(request.headers);
    response.setHeader('X-Request-Id', origin.call);
    const attributes = { 'http.request.method': method, 'yizheng.call': origin.call };
    const span = { kind: 'server' as const, attributes, traceparent: origin.traceparent };
    void onBehalfOf(origin, () =>
      inSpan(method, span, async (active) => {
        const closed = new Promise<void>((done) => response.once('close', done));
        next();
        await closed;
        const { route, personId } = response.locals as {
          readonly route?: string;
          readonly personId?: string;
        };
        const { statusCode: status } = response;
        const milliseconds = performance.now() - began;
        active.updateName(`${method} ${route ?? 'unknown'}`);
        active.setAttributes({ 'http.response.status_code': status, 'http.route': route ?? 'unknown' });
        metrics.call(method, route ?? 'unknown', status, milliseconds / 1000);
        const level = route === '/healthz' || route === '/readyz' ? 'debug' : 'info';
        const line = {
          method,
          path,
          route,
          status,
          milliseconds: Math.round(milliseconds),
          person: personId,
        };
        logger[level]({ ...line, ...idsOf(origin) }, 'request');
      }),
    );
  };
}
