import { parseDate } from '../date.js';
import type { Limit } from '../limit.js';
import type { RulePack } from '../pack.js';
import { demonstration } from './demonstration/index.js';

/** A limit of the first pack with another length. Throws where there is none. */
function withLength(id: string, length: number): Limit {
  const limit = demonstration.limits[id];
  if (limit === undefined) throw new Error(`the first pack has no limit ${id}`);
  return { ...limit, length };
}

/**
 * The second pack of the fictional region, to show how packs follow each other: the sections have five days instead of ten,
 * the city promises shorter decisions, and every draft goes past the legal officer. In force from a day that no permit of
 * today reaches, so that whoever tries the product meets the first pack alone.
 */
export const demonstration2: RulePack = {
  ...demonstration,
  id: 'demonstration-2',
  version: '2',
  effectiveFrom: parseDate('2040-01-01'),
  limits: { ...demonstration.limits, 'review.element': withLength('review.element', 5) },
  promised: demonstration.promised.map((promise) =>
    promise.organ === 'yunchuan' && promise.limit === 'decision.key' ? { ...promise, length: 20 } : promise,
  ),
  signingChains: {
    ...demonstration.signingChains,
    default: (demonstration.signingChains['default'] ?? []).map((step) => ({ ...step, when: 'always' })),
  },
};
