import type { MonitoringItem } from '../content/fields.js';
import { isEnough, leastFrequency, parseFrequency, slotNames } from './reference/frequency.js';
import { keyOf, pollutantOf } from './reference/pollutants.js';
import { both, type Found, say } from './rule.js';

/**
 * A frequency below the least that HJ 819 gives for such an outlet and indicator; none where the text can not be read (that
 * is a finding of its own, SM-01). `outletType` absent counts as general, `mainIndicator` absent as whether it is controlled.
 */
export function tooSeldom(
  item: Omit<MonitoringItem, 'outletType'> & { readonly outletType?: MonitoringItem['outletType'] },
  keyUnit: boolean,
  at: string,
): Found[] {
  const frequency = item.frequency === undefined ? null : parseFrequency(item.frequency);
  if (frequency === null || item.automatic) return [];
  const least = leastFrequency({
    medium: item.medium,
    keyUnit,
    mainOutlet: item.outletType === 'main',
    mainIndicator: item.mainIndicator ?? pollutantOf(item.pollutant)?.controlled === true,
  });
  if (isEnough(frequency, least)) return [];
  return [
    {
      at,
      expected: say(`不少于 1次/${slotNames[least].zh}`, `at least once a ${slotNames[least].en}`),
      found: both(item.frequency ?? ''),
      act: `monitoring:${item.outlet}:${keyOf(item.pollutant)}`,
    },
  ];
}
