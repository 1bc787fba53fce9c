import type { Citation } from './citation.js';
import { parseDate } from './date.js';

/** The instruments that the rules cite, by their short names, and since when each is in force. */
export const instruments = {
  REG: {
    zh: '《排污许可管理条例》',
    en: 'Regulation on Pollutant-Discharge Permit Management (State Council Order 736)',
    from: parseDate('2021-03-01'),
  },
  M32: {
    zh: '《排污许可管理办法》',
    en: 'Measures for Pollutant-Discharge Permit Management (Ministry Order 32)',
    from: parseDate('2024-07-01'),
  },
  CAT: {
    zh: '《固定污染源排污许可分类管理名录（2019年版）》',
    en: 'Catalogue of Permit Classes of Fixed Pollution Sources (2019)',
    from: parseDate('2019-12-20'),
  },
  ALL: { zh: '《行政许可法》', en: 'Administrative Licensing Law', from: parseDate('2004-07-01') },
  APL: { zh: '《行政处罚法》', en: 'Administrative Penalty Law', from: parseDate('2021-07-15') },
  EPM30: {
    zh: '《生态环境行政处罚办法》',
    en: 'Measures for Eco-environmental Administrative Penalties (Ministry Order 30)',
    from: parseDate('2023-07-01'),
  },
  CC: { zh: '《民法典》', en: 'Civil Code', from: parseDate('2021-01-01') },
  /** Policy, not law: approvals and penalties are published in seven working days (双公示). Taken up by the packs. */
  DP: {
    zh: '行政许可和行政处罚信用信息公示要求（双公示）',
    en: 'double publicity of administrative licences and penalties',
    from: parseDate('2024-07-01'),
  },
  /** Where the law is silent and the region's pack chooses. */
  PACK: {
    zh: '本地区规则包（法律未规定）',
    en: "the region's rule pack (the law is silent)",
    from: parseDate('2024-07-01'),
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
