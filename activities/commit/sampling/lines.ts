import { type Bytes, bytesOf, textOf } from '../../../sampling/bytes.js';
import { frozen, type Population } from '../../../sampling/population.js';
import type { Carry } from '../../../sampling/carry.js';
import type { FrozenIssuance } from '../../../db/queries/samplings.js';
import type { CarriedRow } from '../../../workflows/messages/samplings.js';

type Line = Pick<FrozenIssuance, 'permitNo' | 'city' | 'kind' | 'permitClass' | 'industry' | 'issuedOn'>;

/** The canonical line of an issuance, as the recipe has it. */
export const lineOf = ({ permitNo, city, kind, permitClass, industry, issuedOn }: Line): Bytes =>
  bytesOf([permitNo, city, kind, permitClass, industry, issuedOn].join('\t'));

/** What tells an issuance from every other, read off its canonical line. */
export function issuanceOfLine(line: Bytes): { permitNo: string; kind: string; issuedOn: string } {
  const [permitNo = '', , kind = '', , , issuedOn = ''] = textOf(line).split('\t');
  return { permitNo, kind, issuedOn };
}

/** A population as the draw takes it. */
export const populationOf = (rows: readonly Line[]): Population => frozen(rows.map(lineOf));

/** The earlier totals as the draw takes them: what is expected until the year's end counts as issued. */
export const carryOf = (rows: readonly CarriedRow[]): Carry =>
  new Map(
    rows.map(({ city, kind, population, expected, drawn }) => [
      bytesOf(`${city}\t${kind}`),
      { population: population + expected, drawn },
    ]),
  );
