import { Connection } from '@temporalio/client';
import { migrate } from '../db/migrate.js';
import { prepareNamespace } from '../stack/index.js';
import { configurationOf } from '../temporal.config.js';
import { searchAttributes } from '../workflows/messages/searchAttributes.js';
import { databaseUrlOf, temporalAddressOf } from './connect.js';
import type { Output } from './output.js';

/** `yizheng migrate`: brings the database and Temporal's namespace to what this release needs. Safe to run again. */
export async function migrateCommand(output: Output): Promise<void> {
  const configuration = configurationOf(process.env);
  await migrate(databaseUrlOf(configuration));
  output.out('数据库已就绪 · the database is ready');
  if (configuration.temporal.address === undefined) return;
  const { namespace, connection: options } = configuration.temporal;
  const connection = await Connection.connect({ address: temporalAddressOf(configuration), ...options });
  try {
    const attributes = searchAttributes.map(({ name }) => ({ name, type: 'KEYWORD' as const }));
    await prepareNamespace(connection, { namespace, retentionDays: 90, searchAttributes: attributes });
  } finally {
    await connection.close();
  }
  output.out(`命名空间 ${namespace} 已就绪 · the namespace is ready`);
}
