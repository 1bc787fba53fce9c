import { statement } from '../statement.js';
import type { StoredGrant } from './people.js';

/** A session that has not ended, whose account may sign in. */
export interface LiveSession {
  readonly id: string;
  /** When it was last used, to the minute: milliseconds of the wall clock. */
  readonly usedAt: number;
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  /** Of the person and of everybody whom he covers today, in legal time. */
  readonly grants: readonly StoredGrant[];
}

/** The session of a token, with everything that every call asks of its person: none where it has ended. */
export const liveSession = statement<LiveSession>(
  'session.live',
  `select sessions.id, (extract(epoch from sessions.updated_at) * 1000)::float8 as "usedAt",
          users.id as "userId", users.username, users.name,
          (select coalesce(jsonb_agg(jsonb_build_object('userId', user_id, 'role', role, 'organ', organ)
                                     order by user_id, role, organ), '[]')
           from grants where user_id = users.id or user_id in (
             select user_id from covers where covered_by = users.id
               and (legal_now() at time zone 'Asia/Shanghai')::date between from_day and to_day)) as grants
   from sessions join users on users.id = sessions.user_id
   where sessions.token = $1 and sessions.expires_at > clock_timestamp() and users.disabled_at is null`,
);
