import { customType } from 'drizzle-orm/pg-core';
import { type CalendarDate, type Instant, instantOf } from '../rules/date.js';

/** An instant: `timestamptz` in the database, RFC 3339 with +08:00 in our types. */
export const instant = customType<{ data: Instant; driverData: string | Date }>({
  dataType: () => 'timestamptz(3)',
  fromDriver: (value) => instantOf(new Date(value).getTime()),
  toDriver: (value) => value,
});

/** A calendar date, Asia/Shanghai: `date` in the database. */
export const calendarDate = customType<{ data: CalendarDate; driverData: string }>({
  dataType: () => 'date',
  fromDriver: (value) => value as CalendarDate,
  toDriver: (value) => value,
});

/** Bytes: `bytea` in the database. */
export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
