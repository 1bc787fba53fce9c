import { z } from 'zod';
import type { Calendar } from '../rules/calendar.js';
import { colourAt, explain, remaining } from '../rules/clock.js';
import { dateOf, type Instant } from '../rules/date.js';
import { packById } from '../rules/packs/index.js';
import type { ClockRow } from '../db/queries/cases.js';
import { instant } from './fields.js';

/** A clock without its explanation. */
export const clockSchema = z
  .object({
    id: z.string(),
    limit: z.string(),
    zh: z.string(),
    en: z.string(),
    state: z.enum(['running', 'paused', 'stopped']),
    due: z.string().nullable().meta({
      description: '法定届满日 / the statutory last day, to 24:00; null while paused',
    }),
    promisedDue: z.string().nullable().meta({
      description:
        '承诺届满日，颜色从之 / the promised day, which the colour follows; null where none is promised',
    }),
    lapseAt: instant.nullable(),
    remaining: z.int().meta({ description: 'in `unit`; 0 on the last day, negative after it' }),
    unit: z.enum(['workingDay', 'calendarDay', 'year']),
    colour: z.enum(['green', 'yellow', 'red']),
    estimated: z.boolean(),
    citation: z.string(),
  })
  .meta({ id: 'Clock' });

const part = z.object({
  from: z.string(),
  to: z.string().nullable(),
  kind: z.string(),
  days: z.int(),
  zh: z.string(),
  en: z.string(),
  citation: z.string().nullable(),
});

/** A clock with the answer to *why is this due on that day?* */
export const explainedClockSchema = clockSchema
  .extend({ explanation: z.array(part) })
  .meta({ id: 'ExplainedClock' });

/** The rules and the legal instant that clocks are looked at by. */
export interface Looking {
  readonly packId: string;
  readonly calendar: Calendar;
  readonly now: Instant;
}

/** A clock as people see it. */
export function clockView(row: ClockRow, looking: Looking): z.infer<typeof clockSchema> {
  const pack = packById(looking.packId);
  const limit = pack.limits[row.limit];
  return {
    id: row.id,
    limit: row.limit,
    zh: limit?.zh ?? row.limit,
    en: limit?.en ?? row.limit,
    state: row.state,
    due: row.due,
    promisedDue: row.promisedDue,
    lapseAt: row.lapseAt,
    remaining: remaining(row.events, pack, looking.calendar, dateOf(looking.now)),
    unit: limit?.unit ?? 'workingDay',
    colour: colourAt(row, looking.now),
    estimated: row.estimated === 'yes',
    citation: limit?.citation.short ?? '',
  };
}

/** The same, with its explanation. */
export function explainedClock(row: ClockRow, looking: Looking): z.infer<typeof explainedClockSchema> {
  const explanation = explain(
    row.events,
    packById(looking.packId),
    looking.calendar,
    row.promised ?? undefined,
  );
  return { ...clockView(row, looking), explanation };
}
