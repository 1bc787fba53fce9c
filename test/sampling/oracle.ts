import { createHash, createHmac } from 'node:crypto';

/** An issuance as a person would write it down. */
export interface Row {
  readonly permit_no: string;
  readonly city: string;
  readonly kind: 'first' | 'reapplication';
  readonly class: string;
  readonly industry: string;
  readonly issued_on: string;
}

/** A share as a fraction of whole numbers: 3 of 10. */
type Fraction = readonly [numerator: number, denominator: number];

interface Question {
  readonly rows: readonly Row[];
  readonly seed: string;
  readonly beacon?: string;
  readonly first?: Fraction;
  readonly reapplication?: Fraction;
  readonly carry?: Readonly<Record<string, { readonly population: number; readonly drawn: number }>>;
}

/** The recipe, written down again from its own words, with other means: buffers, Node's HMAC, repeated addition. */
export function drawnByRecipe({ rows, seed, beacon, first, reapplication, carry = {} }: Question) {
  const mac = (key: Buffer, ...parts: readonly Buffer[]): Buffer =>
    createHmac('sha256', key).update(Buffer.concat(parts)).digest();
  const seedBytes = Buffer.from(seed, 'hex');
  const key = beacon === undefined ? seedBytes : mac(seedBytes, Buffer.from(beacon));
  const lineOf = (row: Row): Buffer =>
    Buffer.from(
      [row.permit_no, row.city, row.kind, row.class, row.industry, row.issued_on]
        .map((field) => field.normalize('NFC').trim())
        .join('\t'),
    );
  const lines = rows.map(lineOf).sort((one, other) => Buffer.compare(one, other));
  const populationHash = createHash('sha256')
    .update(Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])))
    .digest('hex');
  const frozen = Buffer.from(`${populationHash}\0`);
  const fieldsOf = (line: Buffer): readonly string[] => line.toString().split('\t');
  const bytes = (one = '', other = ''): number => Buffer.compare(Buffer.from(one), Buffer.from(other));
  const strata = [...new Set(lines.map((line) => fieldsOf(line).slice(1, 3).join('\t')))].sort(bytes);
  return {
    populationHash,
    draws: strata.map((stratum) => {
      const [city = '', kind = ''] = stratum.split('\t');
      const order = lines
        .filter((line) => fieldsOf(line).slice(1, 3).join('\t') === stratum)
        .map((line) => ({ fields: fieldsOf(line), rank: mac(key, frozen, line).toString('hex') }))
        .sort(
          (one, other) =>
            bytes(one.fields[3], other.fields[3]) ||
            bytes(one.fields[4], other.fields[4]) ||
            bytes(one.rank, other.rank),
        );
      const [numerator, denominator] = kind === 'first' ? (first ?? [3, 10]) : (reapplication ?? [2, 10]);
      const earlier = carry[`${city} ${kind}`] ?? { population: 0, drawn: 0 };
      // Rounded up by counting: the least whole number that is enough.
      let wanted = 0;
      while (wanted * denominator < numerator * (earlier.population + order.length)) wanted += 1;
      const size = Math.min(order.length, Math.max(0, wanted - earlier.drawn));
      const u = BigInt(`0x${mac(key, frozen, Buffer.from(stratum)).subarray(0, 8).toString('hex')}`);
      const permits = order.flatMap(({ fields }, position) => {
        // A position is drawn when some i has position ≤ (u + i) × N ÷ n < position + 1.
        for (let i = 0n; i < BigInt(size); i += 1n) {
          const scaled = (u + i * 2n ** 64n) * BigInt(order.length);
          const unit = BigInt(size) * 2n ** 64n;
          if (scaled >= BigInt(position) * unit && scaled < BigInt(position + 1) * unit)
            return [fields[0] ?? ''];
        }
        return [];
      });
      return { city, kind, population: order.length, size, permits };
    }),
  };
}
