import { grantsFor, type Person } from './policy.js';

export { maskContact, masked, maskedEntry, maskName } from '../rules/masking.js';

/** Whether a person sees names, telephones and mail addresses in full. */
export const readsPersons = (person: Person): boolean => grantsFor(person, 'person.read').length > 0;
