import type { Citation } from './citation.js';
import { parseDate } from './date.js';

/**
 * The instruments that the rules cite, by their short names, since when each is in force, and whether it is law: a law, a
 * regulation or a ministry's rule. Nothing else is ever the ground of a decision.
 */
export const instruments = {
  REG: {
    zh: '《排污许可管理条例》',
    en: 'Regulation on Pollutant-Discharge Permit Management (State Council Order 736)',
    from: parseDate('2021-03-01'),
    isLaw: true,
  },
  M32: {
    zh: '《排污许可管理办法》',
    en: 'Measures for Pollutant-Discharge Permit Management (Ministry Order 32)',
    from: parseDate('2024-07-01'),
    isLaw: true,
  },
  CAT: {
    zh: '《固定污染源排污许可分类管理名录（2019年版）》',
    en: 'Catalogue of Permit Classes of Fixed Pollution Sources (2019)',
    from: parseDate('2019-12-20'),
    isLaw: true,
  },
  /** Guidance, not law: the platform answers a filing at once, and the form is good for five years. */
  REGGUIDE: {
    zh: '《固定污染源排污登记工作指南（试行）》',
    en: 'Guide to the Registration of Fixed Pollution Sources (trial)',
    from: parseDate('2020-01-06'),
    isLaw: false,
  },
  ALL: {
    zh: '《行政许可法》',
    en: 'Administrative Licensing Law',
    from: parseDate('2004-07-01'),
    isLaw: true,
  },
  APL: {
    zh: '《行政处罚法》',
    en: 'Administrative Penalty Law',
    from: parseDate('2021-07-15'),
    isLaw: true,
  },
  ARL: {
    zh: '《行政复议法》',
    en: 'Administrative Reconsideration Law',
    from: parseDate('2024-01-01'),
    isLaw: true,
  },
  ACL: {
    zh: '《行政诉讼法》',
    en: 'Administrative Litigation Law',
    from: parseDate('2017-07-01'),
    isLaw: true,
  },
  EPM30: {
    zh: '《生态环境行政处罚办法》',
    en: 'Measures for Eco-environmental Administrative Penalties (Ministry Order 30)',
    from: parseDate('2023-07-01'),
    isLaw: true,
  },
  CC: { zh: '《民法典》', en: 'Civil Code', from: parseDate('2021-01-01'), isLaw: true },
  /** Policy, not law: approvals and penalties are published in seven working days (双公示). Taken up by the packs. */
  DP: {
    zh: '行政许可和行政处罚信用信息公示要求（双公示）',
    en: 'double publicity of administrative licences and penalties',
    from: parseDate('2024-07-01'),
    isLaw: false,
  },
  /** Where the law is silent and the region's pack chooses. */
  PACK: {
    zh: '本地区规则包（法律未规定）',
    en: "the region's rule pack (the law is silent)",
    from: parseDate('2024-07-01'),
    isLaw: false,
  },
} as const;

/** The short name of an instrument. */
export type InstrumentId = keyof typeof instruments;

/** Cites an instrument, its article, and an item of the article: `cite('REG', '9(4)')` is 第九条第四项. */
export function cite(instrument: InstrumentId, article?: string): Citation {
  const { zh, en } = instruments[instrument];
  if (article === undefined) return { short: instrument, zh, en };
  const [number, item] = article.split('(').map((part) => Number.parseInt(part, 10));
  return {
    short: `${instrument} ${article}`,
    zh: `${zh}第${numeral(number ?? 0)}条${item === undefined ? '' : `第${numeral(item)}项`}`,
    en: `article ${article} of the ${en}`,
  };
}

/**
 * The citation that a short one (`REG 11(2)`, or `CAT` for the whole catalogue) stands for, if it may be the ground of a
 * decision: an article of law. Undefined for a policy, a choice of the pack, and whatever cites nothing.
 */
export function groundOf(short: string): Citation | undefined {
  const [, name = '', article] = /^([A-Z]+\d*)(?: (\d{1,3}(?:\(\d{1,2}\))?))?$/.exec(short) ?? [];
  if (!isInstrument(name) || !instruments[name].isLaw) return undefined;
  // The catalogue is cited whole: what it excludes stands in its notes.
  return article === undefined && name !== 'CAT' ? undefined : cite(name, article);
}

const isInstrument = (name: string): name is InstrumentId => Object.hasOwn(instruments, name);

/** A Chinese numeral, 1 to 999. */
function numeral(value: number): string {
  const digits = '零一二三四五六七八九';
  const [hundreds, tens, ones] = [Math.floor(value / 100), Math.floor(value / 10) % 10, value % 10];
  const digit = (place: number): string => digits.charAt(place);
  const head = hundreds === 0 ? '' : `${digit(hundreds)}百`;
  const gap = hundreds > 0 && tens === 0 && ones > 0 ? '零' : '';
  const middle = tens === 0 ? '' : `${tens === 1 && hundreds === 0 ? '' : digit(tens)}十`;
  return head + gap + middle + (ones === 0 ? '' : digit(ones));
}
