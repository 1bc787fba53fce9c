import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configurationOf } from '../../temporal.config.js';

let folder: string;
const fileOf = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizheng-config-'));
  for (const name of ['ca', 'crt', 'key']) writeFileSync(fileOf(name), `the ${name}`);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('with nothing set, everything is our own, on the usual ports of this machine', () => {
  expect(configurationOf({})).toEqual({
    dataFolder: resolve('data'),
    cacheFolder: undefined,
    codecKeys: resolve('data/codec-keys.json'),
    ledgerKey: resolve('data/ledger-key.pem'),
    databaseUrl: undefined,
    logLevel: 'info',
    mail: undefined,
    alertMail: undefined,
    webhooks: { privateTargets: false },
    api: { host: '127.0.0.1', port: 3000 },
    metrics: { host: '127.0.0.1', apiPort: undefined, workerPort: undefined, temporalPort: undefined },
    tracesEndpoint: undefined,
    proxies: 0,
    rates: { requests: 3000, signInFailures: 100 },
    apiUrl: 'http://127.0.0.1:3000',
    contentLimit: 10 * 1024 * 1024,
    documentTemplates: undefined,
    sessions: { idleMinutes: 30, hours: 12 },
    oidc: undefined,
    uiOrigin: 'http://127.0.0.1:8233',
    ports: { postgres: 5433, temporal: 7233, ui: 8233 },
    temporal: {
      address: undefined,
      namespace: 'yizheng',
      taskQueue: 'yizheng',
      archive: undefined,
      releases: undefined,
      connection: {},
    },
    worker: {
      maxCachedWorkflows: 1000,
      maxConcurrentWorkflowTaskExecutions: 40,
      maxConcurrentLocalActivityExecutions: 40,
    },
  });
});

test('an empty or blank value counts as absent', () => {
  const names = [
    'DATABASE_URL',
    'TEMPORAL_ADDRESS',
    'API_PORT',
    'TEMPORAL_TLS',
    'TEMPORAL_TLS_CA',
    'LOG_LEVEL',
  ];
  for (const value of ['', ' ']) {
    const given = Object.fromEntries(names.map((name) => [name, value]));
    expect(configurationOf(given)).toEqual(configurationOf({}));
  }
});

test('what is set is taken, and what is not ours is left alone', () => {
  const configuration = configurationOf({
    DATABASE_URL: 'postgresql://clerk:secret@db.example.test:5432/yizheng',
    TEMPORAL_ADDRESS: '[::1]:7233',
    YIZHENG_DATA: folder,
    API_PORT: '0',
    WORKER_CACHED_WORKFLOWS: '0',
    HOME: '/somewhere',
  });
  expect(configuration).toMatchObject({
    databaseUrl: 'postgresql://clerk:secret@db.example.test:5432/yizheng',
    codecKeys: join(folder, 'codec-keys.json'),
    api: { port: 0 },
    temporal: { address: '[::1]:7233', connection: {} },
    worker: { maxCachedWorkflows: 0 },
  });
});

test('every wrong variable is named in one error, with what was expected and without its value', () => {
  const wrong = {
    DATABASE_URL: 'mysql://SECRET@db',
    TEMPORAL_ADDRESS: 'https://SECRET:7233',
    TEMPORAL_TLS: 'SECRET',
    TEMPORAL_TLS_CA: '/SECRET',
    POSTGRES_PORT: 'SECRET',
    TEMPORAL_PORT: '65536',
    TEMPORAL_UI_PORT: '-1',
    API_PORT: '1.5',
    API_METRICS_PORT: 'SECRET',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'SECRET',
    LOG_LEVEL: 'SECRET',
    WORKER_CACHED_WORKFLOWS: 'SECRET',
    WORKER_WORKFLOW_TASKS: '1',
    WORKER_LOCAL_ACTIVITIES: '0',
  };
  let error: unknown;
  try {
    configurationOf(wrong);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ code: 'input.invalid' });
  const lines = String(error).split('\n').slice(1);
  expect(lines.map((line) => line.split(':')[0])).toEqual(Object.keys(wrong));
  expect(lines.every((line) => /: .{8,}/.test(line))).toBe(true);
  expect(String(error)).not.toContain('SECRET');
});

test('an API key or a certificate turns TLS on; TEMPORAL_TLS decides where it is set', () => {
  const connection = (variables: Record<string, string>) => configurationOf(variables).temporal.connection;
  expect(connection({ TEMPORAL_API_KEY: 'k' })).toEqual({ apiKey: 'k', tls: {} });
  expect(connection({ TEMPORAL_TLS: 'true' })).toEqual({ tls: {} });
  expect(connection({ TEMPORAL_TLS: 'false', TEMPORAL_API_KEY: 'k' })).toEqual({ apiKey: 'k' });
  const ca = { TEMPORAL_TLS_CA: fileOf('ca') };
  expect(connection(ca)).toEqual({ tls: { serverRootCACertificate: Buffer.from('the ca') } });
  const pair = { TEMPORAL_TLS_CERT: fileOf('crt'), TEMPORAL_TLS_KEY: fileOf('key') };
  expect(connection(pair)).toEqual({
    tls: { clientCertPair: { crt: Buffer.from('the crt'), key: Buffer.from('the key') } },
  });
});

test('a certificate without its key, and a key without its certificate, are named', () => {
  expect(() => configurationOf({ TEMPORAL_TLS_CERT: fileOf('crt') })).toThrow('TEMPORAL_TLS_KEY: a client');
  expect(() => configurationOf({ TEMPORAL_TLS_KEY: fileOf('key') })).toThrow('TEMPORAL_TLS_CERT: a client');
});

test('a mail server and the address that mails come from are set together, and are what they say', () => {
  const server = { SMTP_URL: 'smtps://permits:secret@mail.example.test:465' };
  const mail = { url: server.SMTP_URL, from: '排污许可 <permits@example.test>' };
  expect(configurationOf({ ...server, MAIL_FROM: mail.from }).mail).toEqual(mail);
  expect(() => configurationOf(server)).toThrow('MAIL_FROM: a mail server and the address');
  expect(() => configurationOf({ MAIL_FROM: mail.from })).toThrow('SMTP_URL: a mail server and the address');
  expect(() => configurationOf({ ...server, MAIL_FROM: 'nobody' })).toThrow('MAIL_FROM: expected an address');
  expect(() => configurationOf({ SMTP_URL: 'https://mail.example.test', MAIL_FROM: mail.from })).toThrow(
    'SMTP_URL',
  );
});

test('the watch writes to nobody without a mail server', () => {
  expect(() => configurationOf({ ALERT_MAIL: 'admin@example.test' })).toThrow('ALERT_MAIL');
  const mail = { SMTP_URL: 'smtp://127.0.0.1', MAIL_FROM: 'permits@example.test' };
  expect(configurationOf({ ...mail, ALERT_MAIL: 'admin@example.test' }).alertMail).toBe('admin@example.test');
});

test('an identity provider is named with its client and secret, or not at all; the secret may lie in a file', () => {
  const issuer = { OIDC_ISSUER: 'https://idp.example.test/realm' };
  expect(() => configurationOf(issuer)).toThrow(/OIDC_CLIENT_ID[^]*OIDC_CLIENT_SECRET/);
  const client = { ...issuer, OIDC_CLIENT_ID: 'yizheng' };
  expect(configurationOf({ ...client, OIDC_CLIENT_SECRET: 'hidden' }).oidc).toEqual({
    ...{ issuer: issuer.OIDC_ISSUER, clientId: 'yizheng', clientSecret: 'hidden' },
    usernameClaim: 'preferred_username',
  });
  const inFile = { ...client, OIDC_CLIENT_SECRET_FILE: fileOf('key'), OIDC_USERNAME_CLAIM: 'sub' };
  expect(configurationOf(inFile).oidc).toMatchObject({ clientSecret: 'the key', usernameClaim: 'sub' });
});

test('an identity provider is reached over TLS, but on this machine', () => {
  const rest = { OIDC_CLIENT_ID: 'yizheng', OIDC_CLIENT_SECRET: 'hidden' };
  for (const OIDC_ISSUER of ['http://127.0.0.1:9000', 'http://localhost/realm'])
    expect(configurationOf({ OIDC_ISSUER, ...rest }).oidc?.issuer).toBe(OIDC_ISSUER);
  for (const OIDC_ISSUER of [
    'http://idp.example.test',
    'http://127.0.0.1.example.test',
    'ftp://idp.example.test',
  ])
    expect(() => configurationOf({ OIDC_ISSUER, ...rest }), OIDC_ISSUER).toThrow('OIDC_ISSUER');
});
