import { asc, eq } from 'drizzle-orm';
import {
  confirmEdition,
  findPublication,
  proposeEdition,
  type Publication,
} from '../../db/queries/publications.js';
import { clocks } from '../../db/schema/index.js';
import { until } from '../../rehearsal/world.js';
import { runPublications } from '../../relay/publications.js';
import { type EditionFile, parseEdition } from '../../rules/calendarEdition.js';
import { chainOf } from '../rig/replay.js';
import { publicationId } from '../../workflows/messages/publication.js';
import type { Rig } from '../rig/rig.js';

const by = { actorId: 'keeper', requestId: null };

/** Proposes an edition and waits for the end of its dry run. */
export async function tryEdition(rig: Rig, file: EditionFile): Promise<Publication> {
  const proposed = await proposeEdition(rig.db, parseEdition(file), by);
  await runPublications(rig);
  return await reaches(rig, proposed, 'tried');
}

/** The legal officer confirms an edition that was tried. */
export const confirm = (rig: Rig, { year, edition, hash }: Publication, isLegalOfficer = true) =>
  confirmEdition(
    rig.db,
    { year, edition },
    {
      ...{ person: 'legalOfficer', isLegalOfficer, hash, reason: '已核对国务院通知', ...by },
    },
  );

/** Tries an edition, confirms it, and waits until every open case is counted anew. */
export async function publish(rig: Rig, file: EditionFile): Promise<Publication> {
  const tried = await tryEdition(rig, file);
  await confirm(rig, tried);
  await runPublications(rig);
  return await reaches(rig, tried, 'published');
}

/** Waits until an edition has come so far. */
export async function reaches(
  rig: Rig,
  ref: Pick<Publication, 'year' | 'edition'>,
  status: Publication['status'],
  patience = 60_000,
): Promise<Publication> {
  await until(
    async () => {
      // As the worker looks every two seconds: a run that is about to end may still be there when the next is wanted.
      await runPublications(rig);
      const found = await findPublication(rig.db, ref);
      return found.status === status ? null : `${found.status} at ${found.cursor}`;
    },
    `${ref.year}/${ref.edition} is ${status}`,
    patience,
  );
  // The worlds of a file share a namespace: a run that is still open would keep its id from the next world's.
  const workflow = rig.client.workflow.getHandle(publicationId(ref));
  await until(
    async () => ((await workflow.describe()).status.name === 'RUNNING' ? 'running' : null),
    `the workflow of ${ref.year}/${ref.edition} ends`,
    patience,
  );
  return await findPublication(rig.db, ref);
}

/** The due days of a case's clocks that have not stopped, statutory and promised. */
export async function dueDays(rig: Rig, caseId: string): Promise<Readonly<Record<string, string>>> {
  const rows = await rig.db.select().from(clocks).where(eq(clocks.caseId, caseId)).orderBy(asc(clocks.id));
  return Object.fromEntries(
    rows
      .filter(({ state }) => state !== 'stopped')
      .map(({ id, due, promisedDue }) => [
        id,
        promisedDue === null ? (due ?? '') : `${due ?? ''} (${promisedDue})`,
      ]),
  );
}

/** How many signals a case's workflow has had. */
export async function signalsOf(rig: Rig, caseId: string): Promise<number> {
  const runs = await chainOf(rig.client, caseId);
  return runs
    .flatMap(({ events }) => events ?? [])
    .filter((event) => event.workflowExecutionSignaledEventAttributes != null).length;
}
