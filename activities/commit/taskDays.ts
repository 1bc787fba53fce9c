/**
 * The text that gives open tasks the last day of their clock, where these clocks have moved it (`case_id`, `id`, `due`). A
 * task carries that day itself, so that the inbox is read in its order from one index. Whoever moves a clock's last day
 * writes this with it; a task that is opened beside it has the day already.
 *
 * The cases whose clocks they are stand in a condition of their own, and an open task is one without an end, not one of that
 * status: either way the database would else read all open tasks at every step, by the index of the inbox.
 */
export const moveTasks = (moved: string, cases: `= $${number}` | `= any($${number})`): string =>
  `update tasks set due = clock.due from ${moved} clock
   where tasks.case_id ${cases} and tasks.case_id = clock.case_id and tasks.clock = clock.id
     and tasks.closed_at is null and tasks.due is distinct from clock.due`;
