import { Client, Connection } from '@temporalio/client';
import type { DestinationStream, Logger } from 'pino';
import { dataConverterOf } from '../codec/dataConverter.js';
import { openKeyring } from '../codec/keyring.js';
import { noteCodecKey } from '../db/codecKeys.js';
import { type Database, openDatabase, type PoolUse } from '../db/database.js';
import { createLogger } from '../observe/logger.js';
import { DomainError } from '../rules/errors.js';
import type { Configuration } from '../temporal.config.js';

/** What a running part works with. */
export interface Services {
  readonly db: Database;
  readonly poolUse: () => PoolUse;
  readonly databaseUrl: string;
  readonly client: Client;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly dataConverter: ReturnType<typeof dataConverterOf>;
  readonly logger: Logger;
  close(): Promise<void>;
}

/** The database's URL. Throws `input.invalid` naming the variable where there is none. */
export function databaseUrlOf({ databaseUrl }: Configuration): string {
  return databaseUrl ?? missing('DATABASE_URL');
}

/** Temporal's address. Throws `input.invalid` naming the variable where there is none. */
export function temporalAddressOf({ temporal }: Configuration): string {
  return temporal.address ?? missing('TEMPORAL_ADDRESS');
}

function missing(variable: string): never {
  throw new DomainError('input.invalid', {
    what: `${variable} is not set; this part runs on servers that exist. \`npm start\` brings its own`,
    where: variable,
  });
}

/**
 * Connects to the database and to Temporal. Refuses to start when the keyring lacks a payload key that this installation
 * has ever used: its histories could not be read.
 */
export async function connectServices(
  configuration: Configuration,
  destination?: DestinationStream,
): Promise<Services> {
  const databaseUrl = databaseUrlOf(configuration);
  const address = temporalAddressOf(configuration);
  const { namespace, taskQueue, connection: options } = configuration.temporal;
  const logger = createLogger(configuration.logLevel, destination);
  const { db, poolUse, close } = openDatabase(databaseUrl);
  try {
    const keyring = await openKeyring(configuration.codecKeys);
    const held = Object.keys(keyring.keys);
    const lost = await noteCodecKey(db, { current: keyring.current, held });
    if (lost.length > 0) {
      throw new DomainError('service.unavailable', {
        what: 'the keyring lacks a payload key that this installation has used; restore it',
        where: configuration.codecKeys,
        expected: lost.join(', '),
        found: held.join(', '),
      });
    }
    const dataConverter = dataConverterOf(keyring);
    const connection = await Connection.connect({ address, ...options });
    return {
      ...{ db, poolUse, databaseUrl, namespace, taskQueue, dataConverter, logger },
      client: new Client({ connection, namespace, dataConverter }),
      async close() {
        await connection.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
