import type { Database } from '../db/database.js';
import { setRehearsalClock } from '../db/legalClock.js';
import { type Instant, instantOf, millisOf } from '../rules/date.js';

/** How often the legal clock is moved, in milliseconds. */
const beat = 100;

/**
 * Lets a rehearsal's legal time run with the wall clock from an instant on, so that its cases' timers strike by themselves.
 * While the database is away the clock stands, and catches up afterwards.
 */
export async function startClock(db: Database, from: Instant): Promise<{ stop(): Promise<void> }> {
  const began = Date.now();
  await setRehearsalClock(db, from);
  let moving: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    moving = moving
      .then(() => setRehearsalClock(db, instantOf(millisOf(from) + Date.now() - began)))
      .catch(() => undefined);
  }, beat);
  return {
    async stop() {
      clearInterval(timer);
      await moving;
    },
  };
}
