import { authority } from './glossary/authority.js';
import { notices } from './glossary/notices.js';
import { outcomes } from './glossary/outcomes.js';
import { procedures } from './glossary/procedures.js';
import { qualityChecks } from './glossary/qualityChecks.js';
import { registrations } from './glossary/registrations.js';
import { tasks } from './glossary/tasks.js';
import { things } from './glossary/things.js';
import { versions } from './glossary/versions.js';

/** The words of the field, by the areas that they come from. A code is in one area alone; a test counts them. */
export const areasOfTerms = {
  things,
  procedures,
  qualityChecks,
  registrations,
  outcomes,
  versions,
  tasks,
  authority,
  notices,
};

/** The words of the field: a code's name in both languages. One glossary, so that every face says the same. */
export const glossary = {
  ...things,
  ...procedures,
  ...qualityChecks,
  ...registrations,
  ...outcomes,
  ...versions,
  ...tasks,
  ...authority,
  ...notices,
};

/** A word of the glossary. */
export type Term = keyof typeof glossary;

/** A code's name in both languages; a code that is no word of the field names itself. */
export function termOf(code: string): { readonly zh: string; readonly en: string } {
  return Object.hasOwn(glossary, code) ? glossary[code as Term] : { zh: code, en: code };
}
