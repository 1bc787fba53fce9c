import cors from 'cors';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { DomainError } from '../rules/errors.js';
import { type AppOptions, createContext } from './context.js';
import { observed } from './observed.js';
import { openapiDocument } from './openapi.js';
import { docs } from './docs.js';
import { problemOfError } from './problem.js';
import { refuseNulInside } from './refuseNul.js';
import { RateLimited } from './rates.js';
import { knownMethods, type Resource, routerOf, send } from './route.js';
import { accounts } from './routes/accounts.js';
import { applications } from './routes/applications.js';
import { authorityActs } from './routes/authorityActs.js';
import { audit } from './routes/audit.js';
import { bulletins } from './routes/bulletins.js';
import { calendars } from './routes/calendars.js';
import { cancellations } from './routes/cancellations.js';
import { cases } from './routes/cases.js';
import { classReviews } from './routes/classReviews.js';
import { cleanUps } from './routes/cleanUps.js';
import { clocks } from './routes/clocks.js';
import { codec } from './routes/codec.js';
import { contacts } from './routes/contacts.js';
import { contents } from './routes/contents.js';
import { differences } from './routes/differences.js';
import { documents } from './routes/documents.js';
import { load } from './routes/load.js';
import { notices } from './routes/notices.js';
import { ledger } from './routes/ledger.js';
import { levers } from './routes/levers.js';
import { limits } from './routes/limits.js';
import { events } from './routes/events.js';
import { openIdSignIn } from './routes/openIdSignIn.js';
import { permits } from './routes/permits.js';
import { importFileTypes, imports } from './routes/imports.js';
import { registrations } from './routes/registrations.js';
import { findings } from './routes/findings.js';
import { issues } from './routes/issues.js';
import { lists } from './routes/lists.js';
import { qualityReviews } from './routes/qualityReviews.js';
import { selfChecks } from './routes/selfChecks.js';
import { sweeps } from './routes/sweeps.js';
import { requests } from './routes/requests.js';
import { samplings } from './routes/samplings.js';
import { service } from './routes/service.js';
import { session } from './routes/session.js';
import { tasks } from './routes/tasks.js';
import { units } from './routes/units.js';
import { watch } from './routes/watch.js';
import { webhooks } from './routes/webhooks.js';

/** Everything that the API offers. */
export const resources: readonly Resource[] = [
  service(() => document()),
  session,
  openIdSignIn,
  applications,
  tasks,
  cases,
  clocks,
  levers,
  documents,
  notices,
  permits,
  differences,
  cancellations,
  authorityActs,
  registrations,
  classReviews,
  cleanUps,
  ledger,
  contents,
  imports,
  issues,
  lists,
  sweeps,
  selfChecks,
  qualityReviews,
  findings,
  samplings,
  bulletins,
  requests,
  events,
  webhooks,
  units,
  accounts,
  contacts,
  limits,
  calendars,
  load,
  watch,
  audit,
  codec,
];

let made: object | undefined;
const document = (): object => (made ??= openapiDocument(resources));

/** Puts the API together: security headers, the log, bodies, one router a resource, and one place for every error. */
export function createApp(options: AppOptions): Express {
  const context = createContext(options);
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', options.proxies ?? 0);
  app.use(observed(context), securityHeaders(options.auth.baseUrl), refuseNul);
  app.use('/docs', docs());
  // One page of one other origin may read answers here, with the session's cookie: Temporal's UI.
  app.use('/codec', cors({ origin: options.uiOrigin ?? false, credentials: true, methods: ['POST'] }));
  app.use(knownMethods(resources));
  app.use('/codec', express.json({ limit: '8mb', reviver: refuseNulInside }));
  app.put('/contents/:id', express.raw({ type: () => true, limit: context.contentLimit }));
  // In base64 a file is a third larger; the rest is for its envelope.
  const envelope = Math.ceil(context.contentLimit * 1.4);
  app.post('/contents', express.json({ limit: envelope, reviver: refuseNulInside }));
  app.post(
    ['/imports', '/issue-ledger', '/platform-records', '/registration-list'],
    express.raw({ limit: '10mb', type: [...importFileTypes] }),
  );
  app.use(express.json({ limit: '1mb', reviver: refuseNulInside }));
  for (const resource of resources) app.use(routerOf(resource, context));
  app.use((request) => {
    throw new DomainError('not.found', {
      what: 'there is no such operation; GET /openapi.json lists all',
      where: request.path,
      found: request.method,
    });
  });
  app.use(problems(context.logger));
  return app;
}

/** What we answer is data: a browser that is shown it as a page runs nothing of it. The page at /docs says its own. */
const securityHeaders = (baseUrl: string): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], formAction: ["'none'"] },
    },
    xFrameOptions: { action: 'deny' },
    // Where no TLS stands before us, it would lock people out of the host.
    strictTransportSecurity: baseUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
  });

/** Every error ends here, as a problem. The log learns where it came from, never what it said: that may name people. */
function problems(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const problem = problemOfError(error, request.path);
    if (problem.status >= 500) {
      const { name, stack } = error instanceof Error ? error : { name: 'unknown', stack: '' };
      const frames = (stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
      logger.error({ error: name, frames, path: request.path, code: problem.code }, 'failed');
    }
    const headers = error instanceof RateLimited ? { 'Retry-After': String(error.retryAfter) } : {};
    if (response.headersSent) next(error);
    else send(response, { status: problem.status, body: problem, headers });
  };
}

/** Such a text is refused here, where it can be said clearly. */
const refuseNul: RequestHandler = (request, _response, next) => {
  if (/%00/.test(request.url)) {
    throw new DomainError('input.invalid', {
      what: 'a text holds a NUL',
      where: 'url',
      expected: 'text without %00',
    });
  }
  next();
};
