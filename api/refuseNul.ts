/**
 * A reviver for `JSON.parse`. PostgreSQL keeps no NUL and no half of a surrogate pair, escaped or not: whoever lets one in
 * meets it again as a step that no try can commit. A reviver also ends the parsing of what is nested without end.
 */
export function refuseNulInside(key: string, value: unknown): unknown {
  for (const text of [key, value]) {
    if (typeof text === 'string' && (text.includes('\0') || /\p{Surrogate}/u.test(text))) {
      throw new SyntaxError('a text holds a NUL or half a surrogate pair');
    }
  }
  return value;
}
