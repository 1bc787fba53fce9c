import { keepFindings, type Turn } from '../db/queries/watch.js';
import { allWatchKinds } from '../rules/watchKinds.js';
import { compareWorkflows, type Comparison } from './compare.js';
import type { WatchContext } from './context.js';

/** What one look came to. */
export interface Look {
  /** What began to stand, or is gone, since the look before. */
  readonly turns: readonly Turn[];
  /** Whether Temporal answered. Where it did not, what was known of the workflows is left as it was. */
  readonly sawWorkflows: boolean;
}

/** How many ids a line of the log names. */
const named = 20;

/**
 * Looks once at everything, keeps what it finds, and logs what turned: a line when something of a kind begins, and one when it
 * is over, not while it lasts. Throws where the database does not answer.
 */
export async function look(context: WatchContext, comparison?: Comparison): Promise<Look> {
  const { db, logger } = context;
  const ofWorkflows = await compareWorkflows(context, comparison).catch((error: unknown) => {
    logger.warn(
      { error: error instanceof Error ? error.name : 'unknown' },
      'the watch can not list workflows',
    );
    return null;
  });
  const turns = await keepFindings(db, ofWorkflows);
  for (const kind of allWatchKinds) {
    for (const turn of ['found', 'gone'] as const) {
      const ids = turns.filter((each) => each.kind === kind && each.turn === turn).map(({ id }) => id);
      if (ids.length === 0) continue;
      const line = { watch: kind, count: ids.length, ids: ids.slice(0, named) };
      if (turn === 'found') logger.warn(line, 'late');
      else logger.info(line, 'no longer late');
    }
  }
  return { turns, sawWorkflows: ofWorkflows !== null };
}
