import { type Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Database } from '../db/database.js';
import { unfinishedPublications } from '../db/queries/publications.js';
import { type PublicationInput, publicationId } from '../workflows/messages/publication.js';

/** What starting a publication needs. */
export interface PublishingContext {
  readonly db: Database;
  readonly client: Client;
  readonly taskQueue: string;
}

/**
 * Starts the workflow of every edition that is to be tried or published; one that runs is left alone, and one that somebody
 * has ended is started anew, because how far it has come stands in the database.
 */
export async function runPublications({ db, client, taskQueue }: PublishingContext): Promise<void> {
  for (const ref of await unfinishedPublications(db)) {
    await client.workflow.start<(input: PublicationInput) => Promise<void>>('calendarPublication', {
      ...{ workflowId: publicationId(ref), taskQueue, args: [ref] },
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    });
  }
}

/** Looks every `interval` milliseconds for editions to try or publish. */
export function startPublications(
  context: PublishingContext,
  { logger, interval = 2000 }: { readonly logger: Logger; readonly interval?: number },
): { stop(): Promise<void> } {
  let looking: Promise<unknown> | undefined;
  const look = (): void => {
    looking ??= runPublications(context)
      .catch((error: unknown) => {
        logger.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'publications not started');
      })
      .finally(() => (looking = undefined));
  };
  const timer = setInterval(look, interval);
  look();
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}
