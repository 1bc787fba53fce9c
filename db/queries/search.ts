import { or, type SQL, sql } from 'drizzle-orm';
import { cases, documents, permits, registrations, units } from '../schema/index.js';

/** A text that people type to find something: no pattern, every character stands for itself, case does not matter. */
const holds = (column: unknown, text: string): SQL => sql`strpos(lower(${column}), lower(${text})) > 0`;

/** The condition that a unit is meant: a part of its name, the beginning of its credit code, or its id. */
export const unitMatches = (text: string): SQL =>
  sql`(${holds(units.name, text)} or starts_with(${units.creditCode}, upper(${text})) or ${units.id} = ${text})`;

/** The condition that a case is meant: by its unit, its permit's number or its own. */
export const caseMatches = (text: string): SQL | undefined =>
  or(unitOf(cases.unitId, text), sql`starts_with(${cases.permitNo}, upper(${text}))`, holds(cases.id, text));

/** The condition that a permit is meant: by its unit or its number. */
export const permitMatches = (text: string): SQL | undefined =>
  or(unitOf(permits.unitId, text), sql`starts_with(${permits.permitNo}, upper(${text}))`);

/** The condition that a registration form is meant: by its unit or its number. */
export const registrationMatches = (text: string): SQL | undefined =>
  or(unitOf(registrations.unitId, text), sql`starts_with(${registrations.registrationNo}, upper(${text}))`);

/** The condition that a document is meant: by its number, or by its case. */
export const documentMatches = (text: string): SQL | undefined =>
  or(holds(documents.number, text), caseMatches(text));

const unitOf = (
  column: typeof cases.unitId | typeof permits.unitId | typeof registrations.unitId,
  text: string,
): SQL => sql`${column} in (select ${units.id} from ${units} where ${unitMatches(text)})`;
