import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StackError } from './stackError.js';

/** What a data folder is for; settled by its first start. */
export interface DataFolderSettings {
  timeSkipping: boolean;
  historyShards: number;
}

/**
 * Notes the settings at the first start and holds every later start to them: real data must never stand on a server
 * that lets time be skipped, and Temporal can not change the number of its history shards.
 * @throws StackError when they differ.
 */
export async function holdToSettings(dataFolder: string, settings: DataFolderSettings): Promise<void> {
  const path = join(dataFolder, 'stack.json');
  const noted = await readFile(path, 'utf8').catch(() => null);
  if (noted === null) {
    await writeFile(path, JSON.stringify(settings));
    return;
  }
  const first = JSON.parse(noted) as DataFolderSettings;
  const kind = (timeSkipping: boolean): string => (timeSkipping ? 'rehearsals' : 'real data');
  if (first.timeSkipping !== settings.timeSkipping) {
    throw new StackError(
      `The data folder ${dataFolder} was made for ${kind(first.timeSkipping)}, not for ` +
        `${kind(settings.timeSkipping)}. Choose another data folder.`,
    );
  }
  if (first.historyShards !== settings.historyShards) {
    throw new StackError(
      `The data folder ${dataFolder} was made with ${first.historyShards} history shards; Temporal can not change ` +
        `that to ${settings.historyShards}.`,
    );
  }
}
