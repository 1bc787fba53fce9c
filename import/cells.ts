import type { Cell } from './readers/table.js';

/** Every kind of space, with those that Unicode calls none: zero-width ones and the byte-order mark. */
const spaces = /[\s\u200b-\u200d\u2060\ufeff]+/g;

/** A code, a header or a word of a fixed list: full-width characters made half-width, every space left out. */
export function plain(cell: Cell): string {
  return withoutMarks(String(cell)).normalize('NFKC').replace(spaces, '');
}

/** A name as it is to be shown: what people typed, without spaces at its ends and with one where there were several. */
export function tidy(cell: Cell): string {
  return withoutMarks(String(cell)).replace(spaces, ' ').trim();
}

/** A name as it is to be compared: brackets, digits and letters of either width are the same, and spaces mean nothing. */
export const comparable = (name: string): string => plain(name).toUpperCase();

/** What keeps a spreadsheet from making a number of a code: a leading apostrophe, or `="…"`. */
function withoutMarks(text: string): string {
  return text.replace(/^\s*="(.*)"\s*$/s, '$1').replace(/^\s*['‘’`]/, '');
}
