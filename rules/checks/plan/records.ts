import { millisOf } from '../../date.js';
import type { MonitoringPlan } from '../../content/plan.js';
import { article } from '../basis.js';
import { keyOf } from '../reference/pollutants.js';
import { both, type Found, place, type Rule, say } from '../rule.js';

type Hour = MonitoringPlan['streams'][number]['hours'][number];

/** The longest run of neighbouring hours that fulfil a condition, as how many. */
function longestRun(hours: readonly Hour[], same: (hour: Hour, before: Hour | undefined) => boolean): number {
  let longest = 0;
  let run = 0;
  for (const [index, hour] of hours.entries()) {
    run = same(hour, hours[index - 1]) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** SM-14, 15 and 18: raw records and what an automatic monitor sent. A machine accuses nobody: all are leads to verify. */
export const recordRules: readonly Rule<MonitoringPlan>[] = [
  {
    id: 'SM-14',
    basis: article('REG', '34(2)'),
    reads: ['labRecords'],
    condition: say(
      '同一人员同时在两处采样，或打印体积与记录不符',
      'one person at two places at one time, or printed and recorded volumes differ',
    ),
    category: 'dataDoubt',
    severity: 1,
    test: 'consistent',
    remedy: 'lead',
    suspicion: false,
    standing: 'seen',
    find: ({ labRecords }) => {
      const volumes = labRecords.flatMap(
        ({ printedVolume, recordedVolume, person, start }, index): Found[] =>
          printedVolume === undefined || recordedVolume === undefined || printedVolume === recordedVolume
            ? []
            : [
                {
                  at: place('labRecords', index, 'recordedVolume'),
                  expected: both(printedVolume),
                  found: both(recordedVolume),
                  act: `record:${person}:${start}`,
                },
              ],
      );
      // By start, a record overlaps an earlier one of the same person when that ends later than this begins.
      const inOrder = labRecords
        .map((record, index) => ({ ...record, index }))
        .sort((one, other) => millisOf(one.start) - millisOf(other.start));
      const overlaps = inOrder.flatMap((record, position): Found[] => {
        const other = inOrder
          .slice(0, position)
          .find(
            (earlier) =>
              earlier.person === record.person &&
              earlier.place !== record.place &&
              earlier.end > record.start,
          );
        return other === undefined
          ? []
          : [
              {
                at: place('labRecords', record.index),
                expected: say(
                  `${other.end} 以后（此前在 ${other.place}）`,
                  `after ${other.end} (until then at ${other.place})`,
                ),
                found: both(`${record.start} ${record.place}`),
                act: `record:${record.person}:${record.start}`,
              },
            ];
      });
      return [...volumes, ...overlaps];
    },
  },
  {
    id: 'SM-15',
    basis: article('REG', '34(2)'),
    reads: ['streams[].hours'],
    condition: say(
      '流量为零而浓度变化，或有流量而浓度长时间不变',
      'concentration varies at no flow, or stands still for long with flow',
    ),
    category: 'dataDoubt',
    severity: 1,
    test: 'consistent',
    remedy: 'lead',
    suspicion: false,
    standing: 'seen',
    find: ({ streams }, { settings }) =>
      streams.flatMap(({ outlet, pollutant, hours }, index): Found[] => {
        const at = place('streams', index, 'hours');
        const act = `stream:${outlet}:${keyOf(pollutant)}`;
        const moving = hours.filter(
          (hour, position) =>
            hour.flow === 0 &&
            hours[position - 1]?.flow === 0 &&
            hours[position - 1]?.concentration !== hour.concentration,
        ).length;
        // A run counts the hours equal to the one before: one more hour stands in it.
        const still =
          longestRun(
            hours,
            (hour, before) =>
              before !== undefined &&
              hour.flow > 0 &&
              before.flow > 0 &&
              hour.concentration === before.concentration,
          ) + 1;
        return [
          ...(moving > 0
            ? [
                {
                  at,
                  expected: say('流量为零时浓度不变', 'no change without flow'),
                  found: say(`${moving} 小时有变化`, `changes in ${moving} hours`),
                  act,
                },
              ]
            : []),
          ...(still >= settings.constantHours
            ? [
                {
                  at,
                  expected: say(
                    `少于 ${settings.constantHours} 小时不变`,
                    `constant for less than ${settings.constantHours} hours`,
                  ),
                  found: say(`${still} 小时不变`, `constant for ${still} hours`),
                  act,
                  // How long is too long is a choice of ours.
                  standing: 'derived' as const,
                },
              ]
            : []),
        ];
      }),
  },
  {
    id: 'SM-18',
    basis: article('REG', '19'),
    reads: ['rawRecordYears'],
    condition: say('原始监测记录保存少于五年', 'raw records are kept for less than five years'),
    category: 'ledger',
    severity: 1,
    test: 'complete',
    remedy: 'lead',
    suspicion: false,
    standing: 'seen',
    find: ({ rawRecordYears: years }) =>
      years === undefined || years >= 5
        ? []
        : [
            {
              at: 'rawRecordYears',
              expected: say('不少于 5 年', 'at least 5 years'),
              found: say(`${years} 年`, `${years} years`),
              act: 'records',
            },
          ],
  },
];
