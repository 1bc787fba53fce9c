import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { RegistrationState } from '../../workflows/messages/register.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import { calendarDate, instant } from '../columns.js';

/** The register of registration forms (排污登记). `registrationNo` stays reserved for ever. */
export const registrations = pgTable(
  'registrations',
  {
    registrationNo: text('registration_no').primaryKey(),
    unitId: text('unit_id').notNull(),
    area: text().notNull(),
    state: text().$type<RegistrationState>().notNull(),
    validFrom: calendarDate('valid_from').notNull(),
    validTo: calendarDate('valid_to').notNull(),
    version: integer().notNull(),
  },
  (table) => [
    index('registrations_unit').on(table.unitId),
    index('registrations_end').on(table.validTo, table.registrationNo),
  ],
);

/** The versions of a form's content, each with the act that made it and the platform's number and time of that act. */
export const registrationVersions = pgTable(
  'registration_versions',
  {
    registrationNo: text('registration_no').notNull(),
    version: integer().notNull(),
    kind: text().notNull(),
    contentId: text('content_id').notNull(),
    platform: jsonb().$type<JsonObject>().notNull(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.registrationNo, table.version] })],
);
