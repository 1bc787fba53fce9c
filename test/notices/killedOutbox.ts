import { pino } from 'pino';
import { z } from 'zod';
import { openDatabase } from '../../db/database.js';
import { CalendarSource } from '../../db/queries/calendarSource.js';
import { mailChannel } from '../../notices/mailChannel.js';
import { drain } from '../../notices/outbox.js';

/** A real outbox that dies as soon as the mail server has answered, before anything is written down. */
const settings = z
  .object({ databaseUrl: z.string(), url: z.string(), from: z.string() })
  .parse(JSON.parse(process.argv[2] ?? ''));

const { db } = openDatabase(settings.databaseUrl);
const mail = mailChannel(settings);
await drain({
  db,
  calendars: new CalendarSource(),
  channels: [
    {
      ...mail,
      async send(message) {
        const outcome = await mail.send(message);
        process.kill(process.pid, 'SIGKILL');
        return outcome;
      },
    },
  ],
  baseUrl: 'https://permits.example.test',
  logger: pino({ level: 'silent' }),
  firstWait: 1000,
});
