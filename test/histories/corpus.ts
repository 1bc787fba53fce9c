import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { z } from 'zod';
import { fromProject } from '../../db/projectFolder.js';
import type { NamedHistory } from '../rig/replay.js';

/** Where the recorded histories lie: `<workflow>.<story>.<run>.json`, a file for each run. */
export const corpusFolder = fromProject('test/histories');

/**
 * The key that the corpus is encrypted with. FOR THE CORPUS ALONE: it is public, it protects nothing, and no installation
 * uses it. It is kept here so that the corpus can be read for ever.
 */
export const corpusKeys = join(corpusFolder, 'test-only-codec-keys.json');

/** A history only grows, so a case at an earlier stage is the beginning of the same case later: so many events of it. */
const recorded = z.object({ stages: z.record(z.string(), z.number()), history: z.unknown() });

/** The files of the corpus. */
export const corpusFiles = (): readonly string[] =>
  readdirSync(corpusFolder).filter((name) => /^\w+\.\w+\.\d+\.json$/.test(name));

/** Every recorded history at each of its stages, named `<workflow>.<story>.<run>@<stage>`. */
export function corpus(): readonly NamedHistory[] {
  return corpusFiles().flatMap((name) => {
    const { stages, history } = recorded.parse(JSON.parse(readFileSync(join(corpusFolder, name), 'utf8')));
    const { events } = historyFromJSON(history);
    // A run is there to its end too, whether or not that was noted.
    return Object.entries({ end: events?.length ?? 0, ...stages }).map(([stage, count]) => ({
      workflowId: `${name.replace('.json', '')}@${stage}`,
      history: { events: (events ?? []).slice(0, count) },
    }));
  });
}
