import type { PermitContent } from '../../content/permit.js';
import { article, norm } from '../basis.js';
import { tooSeldom } from '../monitoringFrequency.js';
import { keyOf, samePollutant } from '../reference/pollutants.js';
import { type Found, nothing, place, type Rule, say } from '../rule.js';
import { outletOf } from './lookup.js';

/** PQ-34 and PQ-37: the self-monitoring that a permit prescribes. */
export const monitoringRules: readonly Rule<PermitContent>[] = [
  {
    id: 'PQ-34',
    basis: norm('HJ 819-2017'),
    reads: ['monitoring', 'limits[]', 'permit.category', 'outlets[].type'],
    condition: say(
      '有限值的污染物未列入自行监测，或频次低于指南',
      'a limited pollutant is not monitored, or less often than the guide asks',
    ),
    category: 'monitoring',
    severity: 2,
    test: 'conforming',
    remedy: 'change',
    suspicion: false,
    standing: 'recalled',
    find: (permit) => {
      const items = permit.monitoring ?? [];
      const missing = permit.limits.flatMap(({ outlet, pollutant }, index): Found[] => {
        const known = outletOf(permit, outlet);
        if (known === undefined || known.type === 'other' || known.domesticSewageOnly === true) return [];
        return items.some((item) => item.outlet === outlet && samePollutant(item.pollutant, pollutant))
          ? []
          : [
              {
                at: place('limits', index),
                expected: say(`${outlet} ${pollutant} 的监测`, `monitoring of ${pollutant} at ${outlet}`),
                found: nothing,
                act: `monitoring:${outlet}:${keyOf(pollutant)}`,
              },
            ];
      });
      const seldom = items.flatMap((item, index) =>
        tooSeldom(
          { ...item, outletType: item.outletType ?? outletOf(permit, item.outlet)?.type },
          permit.permit.category === 'key',
          place('monitoring', index, 'frequency'),
        ),
      );
      return [...missing, ...seldom];
    },
  },
  {
    id: 'PQ-37',
    basis: article('REG', '20'),
    reads: ['permit.category', 'outlets[].type', 'monitoring[].automatic', 'monitoring[].networked'],
    condition: say(
      '重点单位主要排放口应自动监测的污染物未自动监测或未联网',
      'a main outlet of a key unit, a pollutant due for it, not automatic or not connected',
    ),
    category: 'automatic',
    severity: 1,
    test: 'conforming',
    remedy: 'rectificationOpinion',
    suspicion: false,
    standing: 'seen',
    find: (permit) => {
      if (permit.permit.category !== 'key') return [];
      return permit.limits.flatMap(({ outlet, pollutant }, index): Found[] => {
        const known = outletOf(permit, outlet);
        if (
          known?.type !== 'main' ||
          !automaticFor(known.medium).some((name) => samePollutant(name, pollutant))
        )
          return [];
        const items = (permit.monitoring ?? []).filter(
          (item) => item.outlet === outlet && samePollutant(item.pollutant, pollutant),
        );
        if (items.some((item) => item.automatic && item.networked === true)) return [];
        return [
          {
            at: place('limits', index),
            expected: say(
              `${outlet} ${pollutant} 自动监测并联网`,
              `${pollutant} at ${outlet}, automatic and connected`,
            ),
            found: items.some((item) => item.automatic)
              ? say('未联网', 'not connected')
              : say('未自动监测', 'not automatic'),
            act: `automatic:${outlet}:${keyOf(pollutant)}`,
          },
        ];
      });
    },
  },
];

/** What is measured automatically at a main outlet: the norms agree on these at least. */
const automaticFor = (medium: 'air' | 'water'): readonly string[] =>
  medium === 'air' ? ['颗粒物', '二氧化硫', '氮氧化物'] : ['化学需氧量', '氨氮'];
