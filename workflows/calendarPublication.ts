import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type * as activities from '../activities/index.js';
import type { PublicationInput } from './messages/publication.js';

type Activities = ReturnType<typeof activities.createActivities>;

const { publicationPage } = proxyActivities<Pick<Activities, 'publicationPage'>>({
  // A page takes a second or two, telling its cases longer on a busy machine; each batch of them is a sign of life, so that
  // a worker that died is missed soon all the same.
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30s',
  // Unbounded on purpose: an edition that is in force must reach every case, however long the database is away.
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** Six events a page: a run stays far below the limit of its history. */
const pagesPerRun = 250;

/**
 * Brings an edition of the working-day calendar into force: tries it on every open case, page by page; and once somebody has
 * confirmed it, counts every open case anew, page by page, and wakes those that must wake earlier. How far it has come
 * stands in the database, so it may be started again at any time.
 */
export async function calendarPublication(input: PublicationInput): Promise<void> {
  for (let page = 0; page < pagesPerRun; page += 1) {
    const { done } = await publicationPage(input);
    if (done) return;
  }
  await continueAsNew<typeof calendarPublication>(input);
}
