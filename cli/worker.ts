import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { createCaseWorker } from '../activities/worker.js';
import { fromProject } from '../db/projectFolder.js';
import { CalendarSource } from '../db/queries/calendarSource.js';
import { startImports } from '../import/runner.js';
import { mailChannel } from '../notices/mailChannel.js';
import { startOutbox } from '../notices/outbox.js';
import { openSigningKey } from '../ledger/signingKey.js';
import { stepListener } from '../observe/steps.js';
import { startTracing } from '../observe/tracing.js';
import { startClassReviews } from '../relay/classReview.js';
import { startDaily } from '../relay/daily.js';
import { startPublications } from '../relay/publications.js';
import { startRelay } from '../relay/relay.js';
import { workerJobs } from '../relay/workerJobs.js';
import { startStandingWatch } from '../watch/standing.js';
import { usualPatience } from '../webhooks/deliver.js';
import { startWebhooks } from '../webhooks/relay.js';
import { configurationOf } from '../temporal.config.js';
import { connectServices, temporalAddressOf } from './connect.js';
import { observing } from './observing.js';

/** Where `yizheng bundle` puts the workflows' code. */
export const workflowBundle = (): string => fromProject('dist/workflow-bundle.js');

/** `yizheng worker`: runs cases, sends what cases ask of each other and their notices, until it is told to stop. */
export async function worker(): Promise<void> {
  const configuration = configurationOf(process.env);
  const { workerPort, temporalPort, host } = configuration.metrics;
  const tracing = await startTracing(configuration.tracesEndpoint, 'yizheng-worker');
  const services = await connectServices(configuration);
  const { db, databaseUrl, client, namespace, taskQueue, dataConverter, logger } = services;
  Runtime.install({
    ...(temporalPort === undefined
      ? {}
      : { telemetryOptions: { metrics: { prometheus: { bindAddress: `${host}:${temporalPort}` } } } }),
    // The worker stops on these signals by itself, in good order.
    shutdownSignals: ['SIGINT', 'SIGTERM', 'SIGHUP'],
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      const { error, ...ids } = meta ?? {};
      logger[level === 'ERROR' ? 'error' : 'warn'](
        { ...ids, error: error instanceof Error ? error.name : undefined },
        message,
      );
    }),
  });
  const ledgerKey = await openSigningKey(configuration.ledgerKey);
  const address = temporalAddressOf(configuration);
  const connection = await NativeConnection.connect({
    ...{ address, ...configuration.temporal.connection },
    // What is encrypted does not get smaller, and is most of what is sent: the SDK's gzip only took time, there and back.
    grpcCompression: { codec: 'none' },
  });
  const options = {
    ...{ connection, namespace, taskQueue, dataConverter, db },
    workflowBundle: workflowBundle(),
    documentTemplates: configuration.documentTemplates,
  };
  const observed = await observing(services, { host, port: workerPort });
  const onStep = stepListener(logger, observed.metrics);
  const running = await createCaseWorker({ ...options, onStep, tuning: configuration.worker });
  const relay = startRelay({ db, client, taskQueue }, { databaseUrl, logger });
  const { mail, alertMail, apiUrl: baseUrl } = configuration;
  const channel = mail === undefined ? undefined : mailChannel(mail);
  const channels = channel === undefined ? [] : [channel];
  const sending = { db, logger, channels, baseUrl, calendars: new CalendarSource(), firstWait: 15_000 };
  const outbox = startOutbox(sending);
  logger.info({ taskQueue, namespace, mail: mail !== undefined }, 'polling');
  const daily = startDaily(db, workerJobs(db, ledgerKey, logger), { logger });
  const alert = channel && alertMail !== undefined ? { channel, address: alertMail } : undefined;
  const watch = startStandingWatch({ db, client, taskQueue, logger }, { alert });
  const webhooks = startWebhooks({ db, logger, rules: configuration.webhooks, ...usualPatience });
  const importing = startImports(db, { logger });
  const publishing = startPublications({ db, client, taskQueue }, { logger });
  const reviewing = startClassReviews(db, { logger });
  try {
    await running.run();
  } finally {
    await publishing.stop();
    await importing.stop();
    await webhooks.stop();
    await reviewing.stop();
    await outbox.stop();
    await relay.stop();
    await daily.stop();
    await watch.stop();
    await observed.close();
    await connection.close();
    await services.close();
    await tracing.stop();
  }
}
