import type { Database } from '../db/database.js';
import type { CommitInput, CommitResult } from '../workflows/messages/step.js';
import { CalendarSource } from '../db/queries/calendarSource.js';
import { commit } from './commit/commit.js';

/** Everything that workflows may do to the world, bound to the database they do it to. */
export function createActivities(db: Database) {
  const calendars = new CalendarSource();
  return {
    commit: (input: CommitInput): Promise<CommitResult> => commit(db, calendars, input),
  };
}
