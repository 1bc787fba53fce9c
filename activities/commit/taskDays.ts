/**
 * The text that gives open tasks the last day of their clock, where the clocks given as one JSON array (`rowsToJson`) in this
 * parameter have moved it. A task carries that day itself, so that the inbox is read in its order from one index. Whoever
 * writes clocks writes this with them: in a statement after the one that opens tasks, which it then sees.
 */
export const moveTasks = (parameter: `$${number}`): string =>
  `update tasks set due = clock.due from jsonb_populate_recordset(null::clocks, ${parameter}) clock
   where tasks.case_id = clock.case_id and tasks.clock = clock.id and tasks.status = 'open'
     and tasks.due is distinct from clock.due`;
