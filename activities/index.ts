import { getClient, heartbeat } from '@temporalio/activity';
import type { Database } from '../db/database.js';
import type { CommitInput, CommitResult } from '../workflows/messages/step.js';
import type { Templates } from '../documents/templates.js';
import { CalendarSource } from '../db/queries/calendarSource.js';
import { inSpan } from '../observe/spans.js';
import type { StepListener } from '../observe/steps.js';
import type { PublicationInput, PublicationPage } from '../workflows/messages/publication.js';
import { commit } from './commit/commit.js';
import type { Secrets } from './secrets.js';
import { nextPage } from './publication/page.js';
import { tellCases } from './publication/wake.js';

/**
 * Everything that workflows may do to the world, bound to the database they do it to and the templates they write with, with the keys for what they keep secret.
 * `onStep` hears of every try.
 */
export function createActivities(
  db: Database,
  templates: Templates,
  secrets: Secrets,
  onStep: StepListener = () => undefined,
) {
  const sources = { calendars: new CalendarSource(), templates, secrets };
  return {
    async commit(input: CommitInput): Promise<CommitResult> {
      const began = performance.now();
      let verdict: CommitResult['verdict'] | undefined;
      try {
        const result = await inSpan('commit step', spanOf(input), () => commit(db, sources, input));
        ({ verdict } = result);
        return result;
      } finally {
        onStep(input, verdict, performance.now() - began);
      }
    },
    /** The next page of an edition's way into force; then the cases on its list, of a page cut short before too, are told. */
    async publicationPage(input: PublicationInput): Promise<PublicationPage> {
      const page = await nextPage(db, sources.calendars, input);
      await tellCases(db, getClient(), input, heartbeat);
      return page;
    },
  };
}

const spanOf = ({ caseId, expectedRevision, cause, origin }: CommitInput) => ({
  kind: 'consumer' as const,
  attributes: {
    'yizheng.case': caseId,
    'yizheng.revision': expectedRevision + 1,
    'yizheng.cause': cause.type,
  },
  traceparent: origin?.traceparent,
});
