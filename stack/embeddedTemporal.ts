import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The address of the Temporal server of a data folder, at the port that it was started on, whatever was configured where
 * that was done; at `port` where the folder holds none that can be read.
 */
export async function embeddedTemporalAddress(dataFolder: string, port: number): Promise<string> {
  return `127.0.0.1:${(await startedPort(dataFolder)) ?? port}`;
}

/** What the server's configuration says, which each start writes anew. */
async function startedPort(dataFolder: string): Promise<number | null> {
  const text = await readFile(join(dataFolder, 'temporal', 'server.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  const config = JSON.parse(text) as {
    readonly services: { readonly frontend: { readonly rpc: { readonly grpcPort: number } } };
  };
  return config.services.frontend.rpc.grpcPort;
}
