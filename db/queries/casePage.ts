import type { Database } from '../database.js';
import { type cases, clocks, documents, tasks } from '../schema/index.js';
import { type JsonRow, rowFromJson, statement } from '../statement.js';

const around = statement<{
  readonly unitName: string | null;
  readonly tasks: readonly JsonRow[];
  readonly documents: readonly JsonRow[];
  readonly clocks: readonly JsonRow[];
}>(
  'cases.around',
  `select (select name from units where id = $2) as "unitName",
          (select coalesce(jsonb_agg(to_jsonb(tasks) order by opened_at, id), '[]')
           from tasks where case_id = $1 and status = 'open') as tasks,
          (select coalesce(jsonb_agg(to_jsonb(documents) order by drafted_at, id), '[]')
           from documents where case_id = $1) as documents,
          (select coalesce(jsonb_agg(to_jsonb(clocks) order by id), '[]') from clocks where case_id = $1) as clocks`,
);

/**
 * What the page of a case shows beside the case itself: its unit's name, its open tasks in the order in which they were
 * opened, its documents in that of their drafts, its clocks. One statement: a page that everybody has open all day.
 */
export async function openIn(db: Database, { id, unitId }: Pick<typeof cases.$inferSelect, 'id' | 'unitId'>) {
  const [found] = await around(db, id, unitId);
  if (found === undefined) throw new Error('a select without a table answers with one row');
  return {
    unitName: found.unitName,
    tasks: found.tasks.map((row) => rowFromJson(tasks, row)),
    documents: found.documents.map((row) => rowFromJson(documents, row)),
    clocks: found.clocks.map((row) => rowFromJson(clocks, row)),
  };
}
