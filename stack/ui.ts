import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Server } from './server.js';
import type { Supervisor } from './supervisor.js';

export interface StartUiOptions {
  dataFolder: string;
  /** The program `temporal-ui`. */
  program: string;
  temporalAddress: string;
  namespace: string;
  port: number;
  /** The address of an HTTP service that decodes payloads for the people who may see them. */
  codecEndpoint?: string | undefined;
}

/** Starts Temporal's own UI on the loopback address. */
export async function startUi(
  supervisor: Supervisor,
  options: StartUiOptions,
): Promise<{ server: Server; address: string }> {
  const { dataFolder, port } = options;
  const address = `http://127.0.0.1:${port}`;
  const folder = join(dataFolder, 'temporal-ui');
  await mkdir(folder, { recursive: true });
  const config = {
    temporalGrpcAddress: options.temporalAddress,
    host: '127.0.0.1',
    port,
    enableUi: true,
    defaultNamespace: options.namespace,
    disableNewsFetch: true,
    cors: { allowOrigins: [address, `http://localhost:${port}`] },
    // The browser asks it with the cookie of whoever is signed in there.
    ...(options.codecEndpoint !== undefined && {
      codec: { endpoint: options.codecEndpoint, includeCredentials: true },
    }),
  };
  await writeFile(join(folder, 'local.yaml'), JSON.stringify(config, null, 2)); // JSON is YAML
  const server = await supervisor.start({
    name: "Temporal's UI",
    file: options.program,
    args: ['--root', folder, '--config', '.', '--env', 'local', 'start'],
    folder,
    logFile: join(dataFolder, 'logs', 'temporal-ui.log'),
    stopSignal: 'SIGTERM',
    ready: () => isUp(address),
    readyWithinMillis: 30_000,
  });
  return { server, address };
}

async function isUp(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(1_000) })).ok;
  } catch {
    return false;
  }
}
