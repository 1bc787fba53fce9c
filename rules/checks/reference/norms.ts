import type { Standing } from '../../citation.js';
import type { PollutantCode } from './pollutants.js';

/** What a technical norm is due for: an industry, with a process step where the industry alone does not decide. */
export const normsByLine: readonly {
  readonly industry: RegExp;
  readonly step?: RegExp;
  readonly norms: readonly string[];
  readonly standing: Standing;
}[] = [
  // Seen (typical case): environmental sanitation with press-filtering of animal fat needs the slaughter norm too.
  { industry: /^782/, norms: ['HJ 1106-2020'], standing: 'seen' },
  { industry: /^782/, step: /动物油脂|油脂压滤|压滤/, norms: ['HJ 860.3-2018'], standing: 'seen' },
  { industry: /^135/, norms: ['HJ 860.3-2018'], standing: 'recalled' },
  { industry: /^462/, norms: ['HJ 978-2018'], standing: 'recalled' },
  { industry: /^4430/, norms: ['HJ 953-2018'], standing: 'recalled' },
  { industry: /^3360/, step: /电镀/, norms: ['HJ 855-2017'], standing: 'recalled' },
  { industry: /^301/, step: /熟料|水泥/, norms: ['HJ 847-2017'], standing: 'recalled' },
  { industry: /^2663/, norms: ['HJ 1103-2020'], standing: 'recalled' },
  { industry: /^(311|312)/, norms: ['HJ 846-2017'], standing: 'recalled' },
  { industry: /^4417/, step: /生活垃圾焚烧/, norms: ['HJ 1039-2019'], standing: 'recalled' },
];

/** Kinds of facility that the tables know: the outlet type that the norm gives, and pollutants that must be limited. */
interface FacilityKind {
  readonly zh: string;
  readonly en: string;
  readonly mainOutlet?: { readonly norm: string; readonly medium: 'air' | 'water' };
  readonly pollutants: { readonly medium: 'air' | 'water'; readonly codes: readonly PollutantCode[] };
}

/** Recalled, save nickel at the anodising of aluminium (seen: the Pinghu case). */
export const facilityKinds: Readonly<Record<string, FacilityKind>> = {
  boiler: {
    zh: '锅炉（10 t/h 及以上）',
    en: 'boiler of 10 t/h or more',
    mainOutlet: { norm: 'HJ 953-2018', medium: 'air' },
    pollutants: { medium: 'air', codes: ['particulates', 'so2', 'nox'] },
  },
  wasteIncinerator: {
    zh: '生活垃圾焚烧炉',
    en: 'waste incinerator',
    mainOutlet: { norm: 'HJ 1039-2019', medium: 'air' },
    pollutants: {
      medium: 'air',
      codes: ['particulates', 'so2', 'nox', 'hcl', 'co', 'mercury', 'dioxins'],
    },
  },
  cementKiln: {
    zh: '水泥窑',
    en: 'cement kiln',
    mainOutlet: { norm: 'HJ 847-2017', medium: 'air' },
    pollutants: { medium: 'air', codes: ['particulates', 'so2', 'nox'] },
  },
  sinterMachine: {
    zh: '烧结机',
    en: 'sinter machine',
    mainOutlet: { norm: 'HJ 846-2017', medium: 'air' },
    pollutants: { medium: 'air', codes: ['particulates', 'so2', 'nox'] },
  },
  carboniser: {
    zh: '炭化炉',
    en: 'carbonising furnace',
    mainOutlet: { norm: 'HJ 1103-2020', medium: 'air' },
    pollutants: { medium: 'air', codes: ['particulates', 'so2', 'nox'] },
  },
  sewageTreatment: {
    zh: '污水处理设施（总排口）',
    en: 'sewage works (total outlet)',
    mainOutlet: { norm: 'HJ 978-2018', medium: 'water' },
    pollutants: {
      medium: 'water',
      codes: ['cod', 'ammoniaNitrogen', 'totalNitrogen', 'totalPhosphorus'],
    },
  },
  anodising: {
    zh: '铝氧化（封孔）线',
    en: 'anodising line for aluminium',
    pollutants: { medium: 'water', codes: ['nickel'] },
  },
  electroplating: {
    zh: '电镀线',
    en: 'electroplating line',
    mainOutlet: { norm: 'HJ 855-2017', medium: 'water' },
    pollutants: { medium: 'water', codes: ['cod', 'chromium'] },
  },
};

/** Norms under which general outlets have amounts too, against HJ 942's rule. Recalled, and not complete. */
export const normsWithGeneralAmounts: readonly string[] = ['HJ 853-2017', 'HJ 846-2017', 'HJ 855-2017'];
