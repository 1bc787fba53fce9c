import type { PermitContent } from '../../content/permit.js';
import { article, norm } from '../basis.js';
import { both, type Found, nothing, place, type Rule, say } from '../rule.js';
import { isInside } from './polygon.js';

const idPattern = { air: /^DA\d{3}$/, water: /^DW\d{3}$/ } as const;
const destinations = {
  surfaceWater: say('地表水体', 'surface water'),
  townSewageWorks: say('城镇污水处理厂', 'town sewage works'),
  parkSewageWorks: say('园区污水处理厂', 'industrial-park sewage works'),
  other: say('其他', 'other'),
} as const;
const modes = { direct: say('直接排放', 'direct'), indirect: say('间接排放', 'indirect') } as const;

/** What a discharge of water must be, by where it goes: indirect into somebody's works, direct into a water body. */
function expectedMode(destination: keyof typeof destinations | undefined): keyof typeof modes | null {
  if (destination === 'surfaceWater') return 'direct';
  return destination === 'townSewageWorks' || destination === 'parkSewageWorks' ? 'indirect' : null;
}

/** PQ-26 to PQ-30: facilities against EIA and site, their outlets, and where these lead. */
export const facilityRules: readonly Rule<PermitContent>[] = [
  {
    id: 'PQ-26',
    basis: article('REG', '11(1)'),
    reads: [
      'facilities[].count',
      'facilities[].eiaCount',
      'facilities[].siteCount',
      'basis.eia[].outlets',
      'outlets',
    ],
    condition: say(
      '设备或排放口数量与环评、现场不一致',
      'the number of facilities or outlets differs from the EIA or the site',
    ),
    category: 'notAsApproved',
    severity: 1,
    test: 'consistent',
    remedy: 'reapplication',
    suspicion: false,
    standing: 'seen',
    find: ({ facilities, outlets, basis }) => {
      const approved = basis?.eia.flatMap((eia) => (eia.outlets === undefined ? [] : [eia.outlets])) ?? [];
      const sum = approved.reduce((total, each) => total + each, 0);
      return [
        ...facilities.flatMap(({ id, name, count, eiaCount, siteCount }, index): Found[] =>
          [
            { zh: '环评', en: 'EIA', number: eiaCount },
            { zh: '现场', en: 'site', number: siteCount },
          ].flatMap(({ zh, en, number }): Found[] =>
            count === undefined || number === undefined || number === count
              ? []
              : [
                  {
                    at: place('facilities', index, 'count'),
                    expected: say(`${name} ${number}（${zh}）`, `${name} ${number} (${en})`),
                    found: both(count),
                    act: `facility:${id}`,
                  },
                ],
          ),
        ),
        ...(approved.length > 0 && sum !== outlets.length
          ? [
              {
                at: 'outlets',
                expected: say(`${sum} 个（环评）`, `${sum} (EIA)`),
                found: both(outlets.length),
                act: 'outlets',
              },
            ]
          : []),
      ];
    },
  },
  {
    id: 'PQ-27',
    basis: article('REG', '15'),
    reads: ['products[].capacity', 'products[].eiaCapacity'],
    condition: say(
      '设计产能大于环评批复；达 1.3 倍的可能为重大变动',
      'capacity above the EIA’s; from 1.3 times on probably a major change',
    ),
    category: 'notAsApproved',
    severity: 1,
    test: 'consistent',
    remedy: 'reapplication',
    suspicion: true,
    standing: 'recalled',
    find: ({ products }, { settings }) =>
      products.flatMap(({ name, capacity, eiaCapacity, unit }, index): Found[] => {
        if (eiaCapacity === undefined || capacity <= eiaCapacity) return [];
        const major = capacity >= eiaCapacity * settings.majorChangeRatio;
        return [
          {
            at: place('products', index, 'capacity'),
            expected: say(`${name} 不大于 ${eiaCapacity} ${unit}`, `${name} at most ${eiaCapacity} ${unit}`),
            found: major
              ? say(`${capacity} ${unit}，可能为重大变动`, `${capacity} ${unit}, probably a major change`)
              : both(`${capacity} ${unit}`),
            act: `capacity:${name}`,
          },
        ];
      }),
  },
  {
    id: 'PQ-28',
    basis: norm('HJ 608-2017'),
    reads: ['facilities[].outlets', 'facilities[].treatment', 'outlets[].id'],
    condition: say(
      '设施无排放口、排放口无设施、治理设施无污染物或编号不合规',
      'a facility without outlet, an outlet without facility, treatment without pollutant, an id out of pattern',
    ),
    category: 'linkage',
    severity: 2,
    test: 'consistent',
    remedy: 'change',
    suspicion: false,
    standing: 'derived',
    find: ({ facilities, outlets }) => {
      const used = new Set(facilities.flatMap((facility) => facility.outlets));
      const known = new Set(outlets.map(({ id }) => id));
      const raise = (at: string, expected: Found['expected'], found: Found['found'], act: string): Found => ({
        at,
        expected,
        found,
        act,
      });
      return [
        ...facilities.flatMap((facility, index) => [
          ...(facility.outlets.length === 0 && facility.noDischarge !== true
            ? [
                raise(
                  place('facilities', index, 'outlets'),
                  say('对应排放口', 'an outlet'),
                  nothing,
                  `outletOf:${facility.id}`,
                ),
              ]
            : []),
          ...facility.outlets
            .filter((id) => !known.has(id))
            .map((id) =>
              raise(
                place('facilities', index, 'outlets'),
                say('已列的排放口', 'an outlet that is listed'),
                both(id),
                `outlet:${id}`,
              ),
            ),
          ...(facility.treatment?.pollutants.length === 0
            ? [
                raise(
                  place('facilities', index, 'treatment'),
                  say('去除的污染物', 'pollutants it removes'),
                  nothing,
                  `treatment:${facility.id}`,
                ),
              ]
            : []),
        ]),
        ...outlets.flatMap(({ id, medium }, index) => [
          ...(used.has(id)
            ? []
            : [raise(place('outlets', index), say('对应设施', 'a facility'), nothing, `outlet:${id}`)]),
          ...(idPattern[medium].test(id)
            ? []
            : [
                raise(
                  place('outlets', index, 'id'),
                  medium === 'air'
                    ? say('DA 加三位数字', 'DA and three digits')
                    : say('DW 加三位数字', 'DW and three digits'),
                  both(id),
                  `outlet:${id}`,
                ),
              ]),
        ]),
      ];
    },
  },
  {
    id: 'PQ-29',
    basis: norm('HJ 942-2018'),
    reads: [
      'outlets[].position',
      'unit.boundary',
      'outlets[].heightMetres',
      'outlets[].requiredHeightMetres',
    ],
    condition: say(
      '排放口在厂界之外，或排气筒低于标准要求',
      'an outlet outside the site, or a stack lower than its standard asks',
    ),
    category: 'outletData',
    severity: 3,
    test: 'conforming',
    remedy: 'change',
    suspicion: false,
    standing: 'recalled',
    find: ({ unit, outlets }) =>
      outlets.flatMap(({ id, position, heightMetres, requiredHeightMetres }, index): Found[] => [
        ...(position !== undefined && unit.boundary.length >= 3 && !isInside(position, unit.boundary)
          ? [
              {
                at: place('outlets', index, 'position'),
                expected: say('在厂界内', 'inside the site'),
                found: both(`${position.lon}, ${position.lat}`),
                act: `outletData:${id}`,
              },
            ]
          : []),
        ...(heightMetres !== undefined &&
        requiredHeightMetres !== undefined &&
        heightMetres < requiredHeightMetres
          ? [
              {
                at: place('outlets', index, 'heightMetres'),
                expected: say(`不低于 ${requiredHeightMetres} m`, `at least ${requiredHeightMetres} m`),
                found: both(`${heightMetres} m`),
                act: `outletData:${id}`,
              },
            ]
          : []),
      ]),
  },
  {
    id: 'PQ-30',
    basis: article('REG', '15(2)'),
    reads: ['outlets[].mode', 'outlets[].destination', 'outlets[].standardColumn'],
    condition: say(
      '排放方式与去向或标准的直接、间接栏矛盾',
      'the mode contradicts the destination or the column of the standard',
    ),
    category: 'destination',
    severity: 1,
    test: 'consistent',
    remedy: 'reapplication',
    suspicion: true,
    standing: 'seen',
    find: ({ outlets }) =>
      outlets.flatMap(({ id, medium, mode, destination, standardColumn }, index): Found[] => {
        if (medium !== 'water' || mode === undefined || mode === 'none') return [];
        const act = `destination:${id}`;
        const expected = expectedMode(destination);
        const target = destination === undefined ? nothing : destinations[destination];
        return [
          ...(expected !== null && expected !== mode
            ? [
                {
                  at: place('outlets', index, 'mode'),
                  expected: say(
                    `${modes[expected].zh}（去向：${target.zh}）`,
                    `${modes[expected].en} (destination: ${target.en})`,
                  ),
                  found: modes[mode],
                  act,
                },
              ]
            : []),
          ...(standardColumn !== undefined && standardColumn !== mode
            ? [
                {
                  at: place('outlets', index, 'standardColumn'),
                  expected: modes[mode],
                  found: modes[standardColumn],
                  act,
                },
              ]
            : []),
        ];
      }),
  },
];
