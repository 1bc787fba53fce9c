import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { createHash } from 'node:crypto';

/** Chance that a seed decides: the same seed makes the same choices on every machine. */
export class Random {
  private readonly generator;

  constructor(seed: string) {
    this.generator = xoroshiro128plus(createHash('sha256').update(seed).digest().readInt32LE(0));
  }

  /** A whole number, both ends included. */
  int(from: number, to: number): number {
    return uniformInt(this.generator, from, to);
  }

  /** Whether something happens that happens so often, from 0 to 1. */
  chance(rate: number): boolean {
    return this.int(1, 1_000_000) <= rate * 1_000_000;
  }

  /** One of these. Throws `RangeError` for none. */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.int(0, items.length - 1)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  /** One of these by weight: whole numbers, larger ones more often. */
  weighted<Item extends { readonly weight: number }>(items: readonly Item[]): Item {
    let left = this.int(
      1,
      items.reduce((sum, { weight }) => sum + weight, 0),
    );
    for (const item of items) {
      left -= item.weight;
      if (left <= 0) return item;
    }
    throw new RangeError('nothing to pick from');
  }
}
