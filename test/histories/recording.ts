import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { chainOf } from '../rig/replay.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { corpusFolder, corpusKeys } from './corpus.js';

/** Opens a rig whose payloads are encrypted with the corpus's own key. */
export const openRecordingRig = (begins: string): Promise<Rig> =>
  openRig(at(begins), { codecKeys: corpusKeys });

/** A case that is recorded: the stages are noted on the way, and the runs written at the end. */
export class Recording {
  /** By run, the oldest first: how long the history was at each stage. */
  private readonly stages: Record<string, number>[] = [];

  constructor(
    private readonly rig: Rig,
    private readonly caseId: string,
    private readonly story: string,
  ) {}

  async note(stage: string): Promise<void> {
    await this.rig.world.settle();
    const [newest, ...older] = await chainOf(this.rig.client, this.caseId);
    (this.stages[older.length] ??= {})[stage] = newest?.events?.length ?? 0;
  }

  async write(): Promise<void> {
    await this.note('end');
    const [kind] = this.caseId.split('/');
    const runs = [...(await chainOf(this.rig.client, this.caseId))].reverse();
    for (const [run, history] of runs.entries()) {
      const stages = this.stages[run] ?? { end: history.events?.length ?? 0 };
      const json = { stages, history: JSON.parse(historyToJSON(history)) as unknown };
      await writeFile(join(corpusFolder, `${kind}.${this.story}.${run}.json`), `${JSON.stringify(json)}\n`);
    }
  }
}
