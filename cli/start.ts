import { openDatabase } from '../db/database.js';
import { migrate } from '../db/migrate.js';
import { onStopSignal, type Stack, startStack } from '../stack/index.js';
import { type Configuration, configurationOf } from '../temporal.config.js';
import { searchAttributes } from '../workflows/messages/searchAttributes.js';
import { chooseApiPort } from './apiPort.js';
import { demonstrationPassword, people, seedDemonstration } from './demonstration.js';
import { answersAt, partEnvironment, startPart } from './parts.js';
import type { Output } from './output.js';
import { sessionSecret } from './secret.js';

/**
 * `yizheng start`: brings up PostgreSQL, Temporal, its UI, the worker and the API, with the demonstration region unless
 * told otherwise, and stops all of it in order on Ctrl-C. What DATABASE_URL and TEMPORAL_ADDRESS name is used, not started.
 */
export async function start(options: { readonly demonstration: boolean }, output: Output): Promise<void> {
  const configured = configurationOf(process.env);
  const api = { ...configured.api, port: await chooseApiPort(configured.api) };
  const configuration = { ...configured, api };
  const interrupt = new AbortController();
  const release = onStopSignal(() => interrupt.abort());
  const report = (line: string): void => output.out(line);
  const { dataFolder, cacheFolder, databaseUrl, ports, temporal } = configuration;
  const stack = await startStack({
    ...{ dataFolder, cacheFolder, databaseUrl, ports, report },
    temporalAddress: temporal.address,
    temporalConnection: temporal.connection,
    temporalArchive: temporal.archive,
    temporalReleases: temporal.releases,
    namespace: temporal.namespace,
    searchAttributes: searchAttributes.map(({ name }) => ({ name, type: 'KEYWORD' as const })),
    codecEndpoint: `${urlOf(api)}/codec`,
    signal: interrupt.signal,
  });
  try {
    release();
    onStopSignal(() => void stack.stop());
    await migrate(stack.databaseUrl);
    if (options.demonstration) await seed(stack, configuration);
    await startParts(stack, configuration);
    announce(stack, configuration, options.demonstration, output);
    const failure = await stack.ended;
    if (failure !== null) throw failure;
  } finally {
    await stack.stop();
  }
}

async function seed(stack: Stack, { dataFolder, api }: Configuration): Promise<void> {
  const { db, close } = openDatabase(stack.databaseUrl, { connections: 2 });
  try {
    await seedDemonstration(db, { secret: await sessionSecret(dataFolder), baseUrl: urlOf(api) });
  } finally {
    await close();
  }
}

/** The worker and the API, each a process of its own, as in production. */
async function startParts(
  stack: Stack,
  { dataFolder, codecKeys, ledgerKey, api, documentTemplates }: Configuration,
): Promise<void> {
  const environment = partEnvironment(stack, {
    YIZHENG_DATA: dataFolder,
    YIZHENG_CODEC_KEYS: codecKeys,
    YIZHENG_LEDGER_KEY: ledgerKey,
    API_PORT: String(api.port),
    ...(documentTemplates === undefined ? {} : { DOCUMENT_TEMPLATES: documentTemplates }),
    TEMPORAL_UI_ORIGIN: process.env['TEMPORAL_UI_ORIGIN'] ?? stack.uiAddress ?? undefined,
  });
  await startPart(stack, 'worker', { dataFolder, environment });
  const ready = () => answersAt(`${urlOf(api)}/readyz`);
  await startPart(stack, 'api', { dataFolder, environment, ready });
}

const urlOf = ({ host, port }: Configuration['api']): string => `http://${host}:${port}`;

function announce(
  stack: Stack,
  { api, dataFolder }: Configuration,
  demonstration: boolean,
  output: Output,
): void {
  const lines = [
    '',
    '一证已启动 · Yizheng is running. Ctrl-C 停止 · stops it.',
    `  API          ${urlOf(api)}   (/docs, /openapi.json, /readyz)`,
    `  Temporal     ${stack.temporalAddress}, namespace ${stack.namespace}`,
    `  Temporal UI  ${stack.uiAddress ?? '未启动 · left out'}`,
    `  数据 · data  ${dataFolder}`,
  ];
  if (demonstration) {
    const width = Math.max(...people.map((person) => person.username.length));
    lines.push(
      '',
      `示范账号（密码均为 ${demonstrationPassword}）· demonstration accounts, all with that password:`,
      ...people.map((person) => `  ${person.username.padEnd(width)}  ${person.name}`),
    );
  }
  output.out(lines.join('\n'));
}
