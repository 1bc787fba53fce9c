import { levels } from '../rules/ladder.js';
import type { JsonObject } from '../workflows/messages/json.js';
import { grantsFor, type Person } from './policy.js';

/** What personal data look like to those who have no business need of it: enough to tell two apart, no more. */

/** Whether a person sees names, telephones and mail addresses in full. */
export const readsPersons = (person: Person): boolean => grantsFor(person, 'person.read').length > 0;

/** 张三 → 张*; what has one character only is covered whole. */
export function maskName(name: string): string {
  const letters = Array.from(name);
  return letters.length < 2 ? '*' : `${letters[0] ?? ''}${'*'.repeat(Math.min(letters.length - 1, 3))}`;
}

/** 13812345678 → 138****5678, zhang@example.test → z***@example.test; any other text as a name, and none as none. */
export function maskContact(contact: string): string {
  if (contact === '') return '';
  const at = contact.lastIndexOf('@');
  if (at > 0) return `${contact.slice(0, 1)}***${contact.slice(at)}`;
  const digits = contact.replace(/\D/g, '');
  if (digits.length >= 7) return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
  return maskName(contact);
}

/** The fields of our records that name or reach people, wherever they lie in an object. */
const personal: readonly string[] = [
  ...['by', 'chair', 'contact', 'mail', 'officers', 'party', 'parties', 'phone', 'recipient', 'spokenTo'],
  'telephone',
];

/** A notice's recipient is whom it is for (the applicant, the section head), not who that is. */
const namesNobody = (value: string): boolean => value === '' || levels.some((level) => level === value);

/** An object with its personal fields masked; ids, days and everything else as they are. */
export function masked<Value extends JsonObject>(value: Value): Value {
  return maskInside(value, false) as Value;
}

/** A ledger entry's parameters and both sentences, masked. Its hash is of the entry as it stands, not of this. */
export function maskedEntry<Entry extends { params: JsonObject; zh: string; en: string }>(
  entry: Entry,
): Entry {
  const cover = (sentence: string) =>
    namesIn(entry.params, false).reduce((text, name) => text.replaceAll(name, maskContact(name)), sentence);
  return { ...entry, params: masked(entry.params), zh: cover(entry.zh), en: cover(entry.en) };
}

function namesIn(value: unknown, isPersonal: boolean): readonly string[] {
  if (typeof value === 'string') return isPersonal && !namesNobody(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => namesIn(item, isPersonal));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    namesIn(inner, isPersonal || personal.includes(key)),
  );
}

function maskInside(value: unknown, isPersonal: boolean): unknown {
  if (typeof value === 'string') return isPersonal && !namesNobody(value) ? maskContact(value) : value;
  if (Array.isArray(value)) return value.map((item) => maskInside(item, isPersonal));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      maskInside(inner, isPersonal || personal.includes(key)),
    ]),
  );
}
