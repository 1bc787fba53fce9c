import { createApp } from '../api/app.js';
import { startServer } from '../api/server.js';
import { startTracing } from '../observe/tracing.js';
import { configurationOf } from '../temporal.config.js';
import { startStandingWatch } from '../watch/standing.js';
import { onStopSignal } from '../stack/index.js';
import { connectServices } from './connect.js';
import { observing } from './observing.js';
import { sessionSecret } from './secret.js';

/** `yizheng api`: serves the API until it is told to stop. */
export async function api(): Promise<void> {
  const configuration = configurationOf(process.env);
  const { host, port } = configuration.api;
  const tracing = await startTracing(configuration.tracesEndpoint, 'yizheng-api');
  const services = await connectServices(configuration);
  const { db, client, namespace, taskQueue, logger } = services;
  try {
    const { sessions, oidc, uiOrigin, apiUrl, dataFolder } = configuration;
    const auth = { secret: await sessionSecret(dataFolder), baseUrl: apiUrl, sessions, oidc };
    const { apiPort, host: metricsHost } = configuration.metrics;
    const observed = await observing(services, { host: metricsHost, port: apiPort });
    const { metrics } = observed;
    const closing = new AbortController();
    const { contentLimit, rates, proxies, webhooks: webhookRules } = configuration;
    const app = createApp({
      ...{ db, client, namespace, taskQueue, logger, auth, metrics, contentLimit, rates, proxies, uiOrigin },
      webhookRules,
      closing: closing.signal,
    });
    const server = await startServer(app, { host, port });
    logger.info({ url: server.url }, 'listening');
    // Where no worker is left, somebody still looks. Whoever looked writes it down; the worker writes to people.
    const watch = startStandingWatch({ db, client, taskQueue, logger });
    await new Promise<void>((stopped) => {
      onStopSignal(() => stopped());
    });
    closing.abort();
    await watch.stop();
    await server.close();
    await observed.close();
  } finally {
    await services.close();
    await tracing.stop();
  }
}
