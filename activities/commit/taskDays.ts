/**
 * The text that gives open tasks the last day of their clock, where the clocks given as one JSON array (`rowsToJson`) in this
 * parameter have moved it. A task carries that day itself, so that the inbox is read in its order from one index. Whoever
 * writes clocks writes this with them: in a statement after the one that opens tasks, which it then sees. The cases
 * whose clocks they are stand in a parameter of their own: without them the database reads all tasks at every step.
 */
export const moveTasks = (parameter: `$${number}`, caseIds: `$${number}`): string =>
  `update tasks set due = clock.due from jsonb_populate_recordset(null::clocks, ${parameter}) clock
   where tasks.case_id = any(${caseIds}) and tasks.case_id = clock.case_id and tasks.clock = clock.id
     and tasks.status = 'open' and tasks.due is distinct from clock.due`;
