import { embeddedDatabaseUrl } from '../stack/index.js';
import type { Configuration } from '../temporal.config.js';
import { databaseUrlOf } from './connect.js';

/**
 * The database that a command at hand works on: that of DATABASE_URL, else the one that `npm start` runs in the data folder.
 * Throws `input.invalid` where there is neither.
 */
export async function databaseFor(configuration: Configuration): Promise<string> {
  const { databaseUrl, dataFolder, ports } = configuration;
  return (
    databaseUrl ?? (await embeddedDatabaseUrl(dataFolder, ports.postgres)) ?? databaseUrlOf(configuration)
  );
}
