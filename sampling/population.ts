import { createHash } from 'node:crypto';
import { parseDate } from '../rules/date.js';
import { DomainError, type ErrorDetail } from '../rules/errors.js';
import { type Bytes, bytesOf, textOf } from './bytes.js';
import { readTable } from './table.js';

/** The columns of a population, in the order of the canonical line. */
export const populationColumns = ['permit_no', 'city', 'kind', 'class', 'industry', 'issued_on'] as const;

/** The kinds of issuance that are sampled. */
export const sampledKinds = ['first', 'reapplication'] as const;

/** What a round may draw from: one canonical line an issuance, sorted by bytes, and the hash that freezes them. */
export interface Population {
  readonly lines: readonly Bytes[];
  /** SHA-256 of the lines, each ended by LF; lower-case hex. */
  readonly hash: string;
}

/** What the draw goes by, cut out of a canonical line without splitting it (there may be a million): city, kind, class, industry. */
export const groupOf = (line: Bytes): Bytes => line.slice(line.indexOf('\t') + 1, line.lastIndexOf('\t'));

/** The stratum of such a group: city and kind. */
export const stratumOf = (group: Bytes): Bytes => group.split('\t', 2).join('\t');

/**
 * Reads a population (see `populationColumns`). The unit is the issuance: one permit may be issued twice, but not twice on a
 * day in one kind. Throws `FaultyInput` for malformed and repeated rows.
 */
export async function readPopulation(path: string): Promise<Population> {
  const lines: Bytes[] = [];
  const days = new Map<string, readonly ErrorDetail[]>();
  await readTable(path, populationColumns, (fields) => {
    const [, , kind = '', , , issuedOn = ''] = fields;
    const dayFaults = days.get(issuedOn) ?? faultsOfDay(issuedOn);
    days.set(issuedOn, dayFaults);
    const empty = fields.indexOf('');
    lines.push(bytesOf(fields.join('\t')));
    return [
      ...(empty === -1
        ? []
        : [{ what: 'empty field', where: populationColumns[empty] ?? '', expected: 'a value' }]),
      ...(kind === 'first' || kind === 'reapplication' ? [] : [unknownKind(kind)]),
      ...dayFaults,
    ];
  });
  const population = frozen(lines);
  const repeated = repeatedIssuances(population.lines);
  if (repeated.size > 0) await refuseRepeated(path, repeated);
  return population;
}

/** The lines as they are frozen: sorted by bytes, with their hash. */
export function frozen(lines: readonly Bytes[]): Population {
  const sorted = [...lines].sort();
  const hash = createHash('sha256');
  // Many at a time: a call a line takes longer than the hashing.
  for (let from = 0; from < sorted.length; from += 4096)
    hash.update(`${sorted.slice(from, from + 4096).join('\n')}\n`, 'latin1');
  return { lines: sorted, hash: hash.digest('hex') };
}

/** The issuances that stand in more than one line: in sorted lines those of a permit stand together. */
function repeatedIssuances(lines: readonly Bytes[]): ReadonlySet<string> {
  const repeated = new Set<string>();
  const ofPermit = new Set<string>();
  let before: Bytes = '';
  for (const line of lines) {
    const isSamePermit = before !== '' && line.startsWith(before.slice(0, before.indexOf('\t') + 1));
    if (!isSamePermit) ofPermit.clear();
    // Most permits stand in one line: what has been issued is looked at from the second on.
    else {
      ofPermit.add(issuanceOf(before.split('\t')));
      const issuance = issuanceOf(line.split('\t'));
      if (ofPermit.has(issuance)) repeated.add(textOf(issuance));
    }
    before = line;
  }
  return repeated;
}

const issuanceOf = ([permitNo = '', , kind = '', , , issuedOn = '']: readonly string[]): string =>
  [permitNo, kind, issuedOn].join('\t');

/** Says in which rows the repeated issuances stand. Only now: the rows of a million lines would not fit beside them. */
async function refuseRepeated(path: string, repeated: ReadonlySet<string>): Promise<void> {
  const rowOf = new Map<string, number>();
  await readTable(path, populationColumns, (fields, row) => {
    const issuance = issuanceOf(fields);
    const earlier = rowOf.get(issuance);
    if (!repeated.has(issuance)) return [];
    rowOf.set(issuance, earlier ?? row);
    const expected = 'every issuance (permit_no, kind, issued_on) once';
    return earlier === undefined
      ? []
      : [{ what: 'duplicate row', where: 'permit_no', expected, found: `that of row ${earlier}` }];
  });
}

/** What is wrong with a kind that is not sampled. */
export const unknownKind = (found: string): ErrorDetail => ({
  what: 'unknown kind',
  where: 'kind',
  expected: sampledKinds.join(' or '),
  found,
});

function faultsOfDay(text: string): readonly ErrorDetail[] {
  try {
    parseDate(text, 'issued_on');
    return [];
  } catch (error) {
    if (error instanceof DomainError) return [error.detail];
    throw error;
  }
}
