import type { Bytes } from './bytes.js';
import { groupOf } from './population.js';

/**
 * Who takes the place of a drawn issuance that was cancelled: the next rank of the same class and industry that is not in
 * the sample yet (`taken`, the cancelled one and earlier replacements among them); after the last rank it goes on with the
 * first. Null when the class and industry has nobody left. `order` is the stratum in order, see `ordered`.
 */
export function replacementOf(
  cancelled: Bytes,
  order: readonly Bytes[],
  taken: ReadonlySet<Bytes>,
): Bytes | null {
  const group = order.filter((line) => groupOf(line) === groupOf(cancelled));
  const place = group.indexOf(cancelled);
  return [...group.slice(place + 1), ...group.slice(0, place)].find((line) => !taken.has(line)) ?? null;
}
