import { DomainError } from '../rules/errors.js';
import { embeddedTemporalAddress } from '../stack/index.js';
import { type Configuration, configurationOf } from '../temporal.config.js';
import { connectServices, type Services } from './connect.js';
import { databaseFor } from './databaseFor.js';
import type { Output } from './output.js';

/**
 * Connects a command at hand: to the servers that the environment names, else to those that `npm start` runs in the data
 * folder, and does the work. Whatever keeps it from its work is said and ends with 2: 1 is for what it found.
 */
export async function withServices(
  output: Output,
  work: (services: Services, configuration: Configuration) => Promise<number>,
): Promise<number> {
  try {
    const configuration = await serversAtHand(configurationOf(process.env));
    const services = await connectServices(configuration);
    try {
      return await work(services, configuration);
    } finally {
      await services.close();
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    output.err(`错误 error: ${error instanceof DomainError ? `${error.code}: ` : ''}${message}`);
    return 2;
  }
}

/** The configuration with the addresses of the data folder's own servers, where none are named. */
async function serversAtHand(configuration: Configuration): Promise<Configuration> {
  const { dataFolder, temporal, ports } = configuration;
  const databaseUrl = await databaseFor(configuration);
  const address = temporal.address ?? (await embeddedTemporalAddress(dataFolder, ports.temporal));
  return {
    ...configuration,
    databaseUrl,
    temporal: { ...temporal, address },
    // Nothing but the command's own lines: what its log would say, it prints.
    logLevel: 'silent',
  };
}
