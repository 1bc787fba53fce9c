import type { Logger } from 'pino';
import type { Database } from '../db/database.js';
import type { CalendarSource } from '../db/queries/calendarSource.js';
import type { Channel } from './channel.js';

/** What the outbox works with. */
export interface NoticeContext {
  readonly db: Database;
  readonly calendars: CalendarSource;
  /** The ways out. A notice whose channel is not among them is kept and shown, and never sent. */
  readonly channels: readonly Channel[];
  /** Where people sign in. */
  readonly baseUrl: string;
  readonly logger: Logger;
  /** Milliseconds before the second attempt at a message; doubled for each further one, up to an hour. */
  readonly firstWait: number;
}

/** The channel of this name, if this installation has it. */
export const channelOf = ({ channels }: Pick<NoticeContext, 'channels'>, name: string): Channel | undefined =>
  channels.find((channel) => channel.name === name);
