import type { Medium } from '../../content/fields.js';

/** A pollutant of the dictionary. The codes are ours; the names are those of the standards. */
interface Pollutant {
  readonly names: readonly string[];
  readonly media: readonly Medium[];
  /** Under total-quantity control: main outlets have an annual amount for it (HJ 942). */
  readonly controlled: boolean;
  /** Not measured in mg: has no unit, or one of its own. */
  readonly ownUnit?: string;
}

/** The dictionary, as far as it is held. Standing: recalled. */
const pollutants = {
  particulates: { names: ['颗粒物', '烟尘', '粉尘', 'PM'], media: ['air'], controlled: true },
  so2: { names: ['二氧化硫', 'SO2', 'SO₂'], media: ['air'], controlled: true },
  nox: { names: ['氮氧化物', 'NOx', 'NOX', 'NOₓ'], media: ['air'], controlled: true },
  vocs: { names: ['挥发性有机物', 'VOCs', 'VOCS'], media: ['air'], controlled: true },
  nmhc: { names: ['非甲烷总烃', 'NMHC'], media: ['air'], controlled: false },
  co: { names: ['一氧化碳', 'CO'], media: ['air'], controlled: false },
  hcl: { names: ['氯化氢', 'HCl'], media: ['air'], controlled: false },
  fluorides: { names: ['氟化物'], media: ['air', 'water'], controlled: false },
  h2s: { names: ['硫化氢', 'H2S'], media: ['air'], controlled: false },
  ammonia: { names: ['氨', '氨气', 'NH3'], media: ['air'], controlled: false },
  odour: { names: ['臭气浓度', '臭气'], media: ['air'], controlled: false, ownUnit: '无量纲' },
  fume: { names: ['油烟', '饮食业油烟'], media: ['air'], controlled: false },
  smokeBlackness: { names: ['林格曼黑度', '烟气黑度'], media: ['air'], controlled: false, ownUnit: '级' },
  dioxins: { names: ['二噁英', '二噁英类'], media: ['air'], controlled: false, ownUnit: 'ngTEQ/m3' },
  mercury: { names: ['汞及其化合物', '总汞'], media: ['air', 'water'], controlled: false },
  sulphuricMist: { names: ['硫酸雾'], media: ['air'], controlled: false },
  chromicMist: { names: ['铬酸雾'], media: ['air'], controlled: false },
  benzene: { names: ['苯'], media: ['air', 'water'], controlled: false },
  toluene: { names: ['甲苯'], media: ['air', 'water'], controlled: false },
  xylene: { names: ['二甲苯'], media: ['air', 'water'], controlled: false },
  cod: {
    names: ['化学需氧量', 'COD', 'CODcr', 'CODCr', 'CODCR'],
    media: ['water'],
    controlled: true,
  },
  ammoniaNitrogen: { names: ['氨氮', 'NH3-N', '氨氮（NH3-N）'], media: ['water'], controlled: true },
  totalNitrogen: { names: ['总氮', '总氮（以N计）', 'TN'], media: ['water'], controlled: false },
  totalPhosphorus: { names: ['总磷', '总磷（以P计）', 'TP'], media: ['water'], controlled: false },
  bod: { names: ['五日生化需氧量', 'BOD5'], media: ['water'], controlled: false },
  suspended: { names: ['悬浮物', 'SS'], media: ['water'], controlled: false },
  oil: { names: ['石油类'], media: ['water'], controlled: false },
  vegetableOil: { names: ['动植物油'], media: ['water'], controlled: false },
  phenol: { names: ['挥发酚'], media: ['water'], controlled: false },
  ph: { names: ['pH', 'pH值', 'PH', 'PH值'], media: ['water'], controlled: false, ownUnit: '无量纲' },
  colour: { names: ['色度'], media: ['water'], controlled: false, ownUnit: '倍' },
  coliforms: { names: ['粪大肠菌群', '粪大肠菌群数'], media: ['water'], controlled: false, ownUnit: '个/L' },
  nickel: { names: ['总镍', '镍及其化合物'], media: ['air', 'water'], controlled: false },
  chromium: { names: ['总铬'], media: ['water'], controlled: false },
  chromiumSix: { names: ['六价铬'], media: ['water'], controlled: false },
  copper: { names: ['总铜'], media: ['water'], controlled: false },
  zinc: { names: ['总锌'], media: ['water'], controlled: false },
  lead: { names: ['总铅', '铅及其化合物'], media: ['air', 'water'], controlled: false },
  cadmium: { names: ['总镉'], media: ['water'], controlled: false },
  arsenic: { names: ['总砷'], media: ['water'], controlled: false },
  cyanide: { names: ['总氰化物', '氰化物'], media: ['water'], controlled: false },
  surfactant: { names: ['阴离子表面活性剂', 'LAS'], media: ['water'], controlled: false },
  sulphide: { names: ['硫化物'], media: ['water'], controlled: false },
} as const satisfies Record<string, Pollutant>;

/** A code of the dictionary. */
export type PollutantCode = keyof typeof pollutants;

const codes = new Map<string, PollutantCode>(
  (Object.keys(pollutants) as PollutantCode[]).flatMap((code) =>
    pollutants[code].names.map((name) => [name, code] as const),
  ),
);

/** A pollutant by any of its names; null when the dictionary does not hold it. */
export function pollutantOf(name: string): ({ readonly code: PollutantCode } & Pollutant) | null {
  const code = codes.get(name.trim());
  return code === undefined ? null : { code, ...pollutants[code] };
}

/** The Chinese name of a code. */
export const nameOf = (code: PollutantCode): string => pollutants[code].names[0];

/** Two names for the same thing: by the dictionary, else by spelling. */
export function samePollutant(one: string, other: string): boolean {
  return keyOf(one) === keyOf(other);
}

/** A name as a key of acts and maps: the dictionary's name, else the spelling. */
export function keyOf(name: string): string {
  const known = pollutantOf(name);
  return known === null ? name.trim() : nameOf(known.code);
}

/** Names that are written by mistake for a permitted pollutant, as an analysis of reports found. Seen. */
export const swappedNames: Readonly<Record<string, readonly PollutantCode[]>> = {
  二氧化氮: ['so2', 'particulates', 'nox'],
  NO2: ['so2', 'particulates', 'nox'],
};
