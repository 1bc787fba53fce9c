/** What the permits of a region are like: where, in which industries, under which management, and when they end. */

/** How many of a region's permits each division has, in parts. The region itself has none. */
export const divisionWeights: Readonly<Record<string, number>> = {
  ...{ '990100': 16, '990121': 6, '990122': 5, '990171': 10 },
  ...{ '990200': 12, '990221': 5, '990222': 4 },
  ...{ '990300': 8, '990321': 5, '990322': 3 },
  ...{ '990400': 9, '990421': 4, '990422': 3 },
  ...{ '990500': 6, '990521': 2, '990522': 2 },
};

/** Industries with their weight, the share under key management, and how their enterprises are called. */
export const industries = [
  { zh: '热力生产和供应', word: '热力', weight: 9, key: 0.35 },
  { zh: '火力发电', word: '发电', weight: 2, key: 1 },
  { zh: '炼钢', word: '钢铁', weight: 1, key: 1 },
  { zh: '水泥制造', word: '水泥', weight: 2, key: 1 },
  { zh: '污水处理及其再生利用', word: '水务', weight: 8, key: 0.5 },
  { zh: '环境卫生管理', word: '环卫', weight: 3, key: 0.6 },
  { zh: '机制纸及纸板制造', word: '造纸', weight: 2, key: 0.9 },
  { zh: '化学药品原料药制造', word: '药业', weight: 2, key: 0.9 },
  { zh: '有机化学原料制造', word: '化工', weight: 4, key: 0.9 },
  { zh: '金属表面处理及热处理加工', word: '表面处理', weight: 5, key: 0.4 },
  { zh: '牲畜屠宰', word: '肉业', weight: 5, key: 0.4 },
  { zh: '乳制品制造', word: '乳业', weight: 3, key: 0.3 },
  { zh: '白酒制造', word: '酒业', weight: 4, key: 0.3 },
  { zh: '黏土砖瓦及建筑砌块制造', word: '建材', weight: 12, key: 0.05 },
  { zh: '木质家具制造', word: '家具', weight: 7, key: 0.03 },
  { zh: '塑料零件及其他塑料制品制造', word: '塑业', weight: 9, key: 0.03 },
  { zh: '汽车修理与维护', word: '汽修', weight: 10, key: 0.01 },
  { zh: '医院', word: '医院', weight: 6, key: 0.2 },
  { zh: '牲畜饲养', word: '牧业', weight: 6, key: 0.2 },
] as const;

/** The first parts of names. */
export const nameParts = [
  '华',
  '恒',
  '瑞',
  '金',
  '宏',
  '安',
  '泰',
  '鑫',
  '新',
  '德',
  '博',
  '天',
  '汇',
  '永',
  '兴',
  '诚',
  '嘉',
  '盛',
] as const;

/**
 * In which month terms end. The waves are those of the first issuance, whose deadlines were the middle and the end of a year,
 * industry by industry.
 */
export const monthsOfExpiry = [2, 1, 3, 3, 4, 11, 5, 4, 6, 5, 8, 18].map((weight, index) => ({
  month: String(index + 1).padStart(2, '0'),
  weight,
}));

/** In how many years after the list's day terms end; before it, they have ended already. */
export const yearsOfExpiry = [
  { years: -1, weight: 5 },
  { years: 0, weight: 16 },
  { years: 1, weight: 19 },
  { years: 2, weight: 21 },
  { years: 3, weight: 21 },
  { years: 4, weight: 18 },
];
