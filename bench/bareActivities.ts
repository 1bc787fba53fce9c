import type pg from 'pg';
import type { CaseRequest } from '../workflows/messages/request.js';

/** All that a bare step does: one row, one round trip. */
export const bareActivities = (pool: pg.Pool) => ({
  async insertRow({ id, body }: Pick<CaseRequest, 'id' | 'body'>): Promise<void> {
    await pool.query('insert into bare_rows (id, body) values ($1, $2)', [id, body]);
  },
});
