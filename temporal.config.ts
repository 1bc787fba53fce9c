import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { DomainError } from './rules/errors.js';

const port = z.coerce.number().int().min(0).max(65_535);
const flag = z.stringbool();

/** A file that is read at the start, such as a certificate. */
const file = z.string().transform((path, context) => {
  try {
    return readFileSync(path);
  } catch {
    context.addIssue({ code: 'custom', message: 'expected the path of a file that can be read' });
    return z.NEVER;
  }
});

/** What the environment may set. An empty or blank value counts as absent. */
const variablesRead = z.object({
  /** PostgreSQL to use instead of the embedded one. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Temporal to use instead of ours, as host:port. */
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^(\[[\da-f:.]+\]|[^\s/:]+):\d{1,5}$/i, 'expected host:port')
    .optional(),
  TEMPORAL_NAMESPACE: z.string().default('yizheng'),
  TEMPORAL_TASK_QUEUE: z.string().default('yizheng'),
  TEMPORAL_TLS: flag.optional(),
  TEMPORAL_TLS_CA: file.optional(),
  TEMPORAL_TLS_CERT: file.optional(),
  TEMPORAL_TLS_KEY: file.optional(),
  TEMPORAL_API_KEY: z.string().optional(),
  /** An official release archive of Temporal on disk, and where releases are fetched from. */
  TEMPORAL_ARCHIVE: z.string().optional(),
  TEMPORAL_RELEASES: z.string().optional(),
  POSTGRES_PORT: port.default(5433),
  TEMPORAL_PORT: port.default(7233),
  TEMPORAL_UI_PORT: port.default(8233),
  API_PORT: port.default(3000),
  API_HOST: z.string().default('127.0.0.1'),
  /** Where people reach the API, behind a TLS proxy; https makes the session cookie secure. */
  API_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** The mail server that notices leave by, and whom they come from. Without one nothing is sent: notices are kept and shown. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z
    .string()
    .regex(/^([^<>]*<)?[^\s<>@]+@[^\s<>@]+>?$/, 'expected an address, or a name <address>')
    .optional(),
  /** Where the standing watch sends what it finds: the administrators' address. It needs the mail server. */
  ALERT_MAIL: z.email().optional(),
  /** Lets webhooks go to private addresses and by plain http: where the receivers are on the organ's own network. */
  WEBHOOK_PRIVATE_TARGETS: flag.default(false),
  /** How many proxies stand before the API: the caller's address is what the outermost of them saw. */
  API_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** Requests a minute of one person, or of an address before sign-in; 0 is without a limit. */
  RATE_REQUESTS: z.coerce.number().int().min(0).default(3000),
  /** Failed sign-ins of one address in a quarter of an hour; 0 is without a limit. */
  RATE_SIGN_IN_FAILURES: z.coerce.number().int().min(0).default(100),
  /** An identity provider for single sign-on: https, or http on this machine. */
  OIDC_ISSUER: z
    .url()
    .regex(
      /^(https:|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])/,
      'expected https, or http on this machine',
    )
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  /** The same, in a file that others can not read. */
  OIDC_CLIENT_SECRET_FILE: file.optional(),
  OIDC_USERNAME_CLAIM: z.string().default('preferred_username'),
  /** A session ends unused after so long, and after so many hours in any case. */
  SESSION_IDLE_MINUTES: z.coerce.number().int().min(1).max(1440).default(30),
  SESSION_HOURS: z.coerce.number().int().min(1).max(168).default(12),
  /** Where browsers open Temporal's UI: the one origin that may have payloads decoded. */
  TEMPORAL_UI_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
  /** Databases, keys and logs. */
  YIZHENG_DATA: z.string().default('data'),
  /** Fetched or built programs, shared by all clones. */
  YIZHENG_CACHE: z.string().optional(),
  /** The payload keys; by default in the data folder. */
  YIZHENG_CODEC_KEYS: z.string().optional(),
  /** The key that signs the ledger's anchors; by default in the data folder. */
  YIZHENG_LEDGER_KEY: z.string().optional(),
  /** Where Prometheus reads metrics: of the API, of the worker, of the worker's Temporal SDK. Off unless a port is set. */
  METRICS_HOST: z.string().default('127.0.0.1'),
  API_METRICS_PORT: port.optional(),
  WORKER_METRICS_PORT: port.optional(),
  TEMPORAL_METRICS_PORT: port.optional(),
  /** Where traces are sent, by OTLP over HTTP. Off unless set. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** How large a file may be that is handed in. */
  CONTENT_MEGABYTES: z.coerce.number().int().min(1).max(200).default(10),
  /** Templates of documents that the installation has edited, over the stock ones. */
  DOCUMENT_TEMPLATES: z.string().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  WORKER_CACHED_WORKFLOWS: z.coerce.number().int().min(0).default(1000),
  WORKER_WORKFLOW_TASKS: z.coerce.number().int().min(2).default(40),
  WORKER_LOCAL_ACTIVITIES: z.coerce.number().int().min(1).default(40),
});

/** Variables that say nothing without each other. */
const pairs = [
  ['TEMPORAL_TLS_CERT', 'TEMPORAL_TLS_KEY', 'a client certificate and its key are set together'],
  ['SMTP_URL', 'MAIL_FROM', 'a mail server and the address that mails come from are set together'],
] as const;

const environment = variablesRead.superRefine((set, context) => {
  for (const [one, other, message] of pairs) {
    if ((set[one] === undefined) === (set[other] === undefined)) continue;
    const path = [set[one] === undefined ? one : other];
    context.addIssue({ code: 'custom', path, message });
  }
  if (set.ALERT_MAIL !== undefined && set.SMTP_URL === undefined) {
    const needs = 'the watch writes by the mail server; expected SMTP_URL beside it';
    context.addIssue({ code: 'custom', path: ['ALERT_MAIL'], message: needs });
  }
  if (set.OIDC_ISSUER === undefined) return;
  const message = 'an identity provider needs it; expected what it gave out when this product was registered';
  if (set.OIDC_CLIENT_ID === undefined) {
    context.addIssue({ code: 'custom', path: ['OIDC_CLIENT_ID'], message });
  }
  if ((set.OIDC_CLIENT_SECRET ?? set.OIDC_CLIENT_SECRET_FILE) === undefined) {
    context.addIssue({ code: 'custom', path: ['OIDC_CLIENT_SECRET'], message });
  }
});

/** The product's configuration, parsed once at the start. */
export type Configuration = ReturnType<typeof configurationOf>;

/**
 * Reads the configuration from environment variables. Throws `input.invalid`, which names each variable that is wrong and
 * what was expected, and never its value: some are secrets.
 */
export function configurationOf(variables: Readonly<Record<string, string | undefined>>) {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim() !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new DomainError('input.invalid', {
      what: `the configuration is not valid\n${problems.join('\n')}`,
    });
  }
  const set = parsed.data;
  const dataFolder = resolve(set.YIZHENG_DATA);
  const tls =
    set.TEMPORAL_TLS ?? (set.TEMPORAL_TLS_CA ?? set.TEMPORAL_TLS_CERT ?? set.TEMPORAL_API_KEY) !== undefined;
  return {
    dataFolder,
    cacheFolder: set.YIZHENG_CACHE,
    codecKeys: set.YIZHENG_CODEC_KEYS ?? resolve(dataFolder, 'codec-keys.json'),
    ledgerKey: set.YIZHENG_LEDGER_KEY ?? resolve(dataFolder, 'ledger-key.pem'),
    databaseUrl: set.DATABASE_URL,
    logLevel: set.LOG_LEVEL,
    mail:
      set.SMTP_URL === undefined || set.MAIL_FROM === undefined
        ? undefined
        : { url: set.SMTP_URL, from: set.MAIL_FROM },
    alertMail: set.ALERT_MAIL,
    webhooks: { privateTargets: set.WEBHOOK_PRIVATE_TARGETS },
    api: { host: set.API_HOST, port: set.API_PORT },
    metrics: {
      host: set.METRICS_HOST,
      apiPort: set.API_METRICS_PORT,
      workerPort: set.WORKER_METRICS_PORT,
      temporalPort: set.TEMPORAL_METRICS_PORT,
    },
    tracesEndpoint: set.OTEL_EXPORTER_OTLP_ENDPOINT,
    contentLimit: set.CONTENT_MEGABYTES * 1024 * 1024,
    documentTemplates: set.DOCUMENT_TEMPLATES === undefined ? undefined : resolve(set.DOCUMENT_TEMPLATES),
    proxies: set.API_PROXIES,
    rates: { requests: set.RATE_REQUESTS, signInFailures: set.RATE_SIGN_IN_FAILURES },
    apiUrl: set.API_URL ?? `http://${set.API_HOST}:${set.API_PORT}`,
    sessions: { idleMinutes: set.SESSION_IDLE_MINUTES, hours: set.SESSION_HOURS },
    oidc: oidcOf(set),
    /** As browsers say it: without a path. */
    uiOrigin: new URL(set.TEMPORAL_UI_ORIGIN ?? `http://127.0.0.1:${set.TEMPORAL_UI_PORT}`).origin,
    ports: { postgres: set.POSTGRES_PORT, temporal: set.TEMPORAL_PORT, ui: set.TEMPORAL_UI_PORT },
    temporal: {
      address: set.TEMPORAL_ADDRESS,
      namespace: set.TEMPORAL_NAMESPACE,
      taskQueue: set.TEMPORAL_TASK_QUEUE,
      archive: set.TEMPORAL_ARCHIVE,
      releases: set.TEMPORAL_RELEASES,
      /** What a connection needs beside the address. */
      connection: {
        ...(tls ? { tls: tlsOf(set.TEMPORAL_TLS_CA, set.TEMPORAL_TLS_CERT, set.TEMPORAL_TLS_KEY) } : {}),
        ...(set.TEMPORAL_API_KEY === undefined ? {} : { apiKey: set.TEMPORAL_API_KEY }),
      },
    },
    worker: {
      maxCachedWorkflows: set.WORKER_CACHED_WORKFLOWS,
      maxConcurrentWorkflowTaskExecutions: set.WORKER_WORKFLOW_TASKS,
      maxConcurrentLocalActivityExecutions: set.WORKER_LOCAL_ACTIVITIES,
    },
  };
}

function oidcOf(set: z.infer<typeof variablesRead>) {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_USERNAME_CLAIM: usernameClaim } = set;
  const clientSecret = set.OIDC_CLIENT_SECRET ?? set.OIDC_CLIENT_SECRET_FILE?.toString().trim();
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined;
  return { issuer, clientId, clientSecret, usernameClaim };
}

function tlsOf(ca: Buffer | undefined, certificate: Buffer | undefined, key: Buffer | undefined) {
  return {
    ...(ca === undefined ? {} : { serverRootCACertificate: ca }),
    ...(certificate === undefined || key === undefined ? {} : { clientCertPair: { crt: certificate, key } }),
  };
}
