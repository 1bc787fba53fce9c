import { isCancellation, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type * as activities from '../../activities/index.js';
import type { CommitInput, CommitResult } from '../messages/step.js';

type Activities = ReturnType<typeof activities.createActivities>;

const near = proxyLocalActivities<Pick<Activities, 'commit'>>({
  startToCloseTimeout: '4s',
  scheduleToCloseTimeout: '5s',
  // A wait between attempts longer than this would become a timer of its own, and events in the history.
  localRetryThreshold: '5s',
  retry: { maximumAttempts: 3, initialInterval: '200ms', maximumInterval: '1s' },
});

const far = proxyActivities<Pick<Activities, 'commit'>>({
  startToCloseTimeout: '20s',
  // Unbounded on purpose: a step that was begun is never given up, and a waiting retry adds nothing to the history.
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

/**
 * Commits a step. As a local activity first (one event); when the database does not answer for 5 s, as an ordinary activity
 * with the same cause, which waits for it as long as it takes without making the history longer. Both may have committed:
 * the cause is the key, so the second finds what the first did.
 */
export async function commit(input: CommitInput): Promise<CommitResult> {
  try {
    return await near.commit(input);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return await far.commit(input);
  }
}
