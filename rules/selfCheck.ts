import type { PermitContent } from './content/permit.js';
import type { Tier } from './issueWords.js';

/** A question of a self-check (企业自查): a term of the permit that the unit answers for. */
export type SelfCheckItem = {
  /** The term, and the outlet that it is about: `limits.DA001`. */
  readonly id: string;
  readonly zh: string;
  readonly en: string;
};

/** The rule that a unit breaks which leaves its self-check undone, whatever it is asked: a suspicion, until a person confirms it. */
export const selfCheckRule = {
  id: 'SC-01',
  category: 'selfCheckMissing',
  basis: '企业自查通知',
} as const;

/** Whether the unit has found a problem itself: all of its self-check's, but that it has made none. */
export const isFoundByUnit = ({
  tier,
  rule,
}: {
  readonly tier: Tier;
  readonly rule: string | null;
}): boolean => tier === 'selfCheck' && rule !== selfCheckRule.id;

/** An outlet that a permit lists beyond these is checked with the rest of them, under one question. */
const mostOutlets = 60;

const item = (id: string, zh: string, en: string): SelfCheckItem => ({ id, zh, en });

/** What every permit asks, whatever it says (REG 17 to 24): also all that is asked where its content can not be read. */
const everyPermit: readonly SelfCheckItem[] = [
  item(
    'basicData',
    '基本信息与许可证一致，变动已申请变更',
    'Basic data are those of the permit; changes were applied for',
  ),
  item(
    'facilities',
    '生产设施、治理设施与许可证一致并正常运行',
    'Facilities and treatment are those of the permit, and run',
  ),
  item('rebuilding', '无未办理手续的新建、改建、扩建', 'Nothing was built or expanded without its procedure'),
  item('ledger', '环境管理台账如实记录并按期保存', 'The ledger is kept truthfully, for its term'),
  item('report', '执行报告按期、如实提交', 'Execution reports are filed in time and truthfully'),
  item('disclosure', '排放信息按要求公开', 'Emissions are disclosed as demanded'),
  item(
    'validity',
    '许可证在有效期内，需延续的已按时申请',
    'The permit is in force, and its renewal applied for in time',
  ),
];

/**
 * The checklist of a unit's self-check, drawn from its permit's own terms: outlets, limits, monitoring, special periods, noise
 * and waste where the permit has them. Pure; undefined stands for a content that is not structured, and gives what every permit asks.
 */
export function selfCheckItems(permit: PermitContent | undefined): readonly SelfCheckItem[] {
  return permit === undefined ? everyPermit : [...everyPermit, ...ofOutlets(permit), ...ofTerms(permit)];
}

function ofOutlets({ outlets, limits, monitoring = [] }: PermitContent): readonly SelfCheckItem[] {
  const ids = [...new Set(outlets.map(({ id }) => id))];
  const each = ids.slice(0, mostOutlets).flatMap((id) => {
    const limited = named(limits.filter(({ outlet }) => outlet === id));
    const monitored = monitoring.filter(({ outlet }) => outlet === id);
    const automatic = named(monitored.filter(({ automatic: isAutomatic }) => isAutomatic));
    const manual = named(monitored.filter(({ automatic: isAutomatic }) => !isAutomatic));
    return [
      item(
        `outlet.${id}`,
        `${id} 的位置、数量、去向与许可证一致，标志牌规范`,
        `${id}: place, number and destination as permitted`,
      ),
      ...(limited === ''
        ? []
        : [
            item(
              `limits.${id}`,
              `${id} 的 ${limited} 未超许可浓度和许可排放量`,
              `${id}: ${limited} within the limits`,
            ),
          ]),
      ...(automatic === ''
        ? []
        : [
            item(
              `automatic.${id}`,
              `${id} 的 ${automatic} 自动监测正常并联网`,
              `${id}: ${automatic} monitored automatically and connected`,
            ),
          ]),
      ...(manual === ''
        ? []
        : [
            item(
              `monitoring.${id}`,
              `${id} 的 ${manual} 按频次自行监测`,
              `${id}: ${manual} monitored as often as permitted`,
            ),
          ]),
    ];
  });
  const rest = ids.length - mostOutlets;
  if (rest <= 0) return each;
  return [
    ...each,
    item('outlet.rest', `其余 ${rest} 个排放口符合许可证`, `The other ${rest} outlets are as permitted`),
  ];
}

const named = (items: readonly { readonly pollutant: string }[]): string =>
  [...new Set(items.map(({ pollutant }) => pollutant))].slice(0, 8).join('、');

function ofTerms({
  totals,
  specialPeriods = [],
  noise = [],
  solidWaste = [],
  fugitive,
}: PermitContent): readonly SelfCheckItem[] {
  const pollutants = named(totals);
  const when = (holds: boolean, ...words: readonly [id: string, zh: string, en: string]) =>
    holds ? [item(...words)] : [];
  return [
    ...when(
      totals.length > 0,
      'totals',
      `全厂 ${pollutants} 未超年许可排放量`,
      `The plant’s ${pollutants} within the year’s amounts`,
    ),
    ...when(
      specialPeriods.length > 0,
      'specialPeriods',
      '特殊时段要求已落实',
      'The demands of special periods were met',
    ),
    ...when(
      fugitive.length > 0,
      'fugitive',
      '无组织排放控制要求已落实',
      'Fugitive emissions are controlled as demanded',
    ),
    ...when(noise.length > 0, 'noise', '厂界噪声符合许可要求', 'Noise at the boundary is as permitted'),
    ...when(
      solidWaste.length > 0,
      'solidWaste',
      '固体废物贮存、处置符合许可要求',
      'Solid waste is kept and disposed of as permitted',
    ),
  ];
}
