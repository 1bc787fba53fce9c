import { cite, type InstrumentId } from '../instruments.js';
import type { Words } from './rule.js';

/** An article of an instrument, as a check's basis. */
export function article(instrument: InstrumentId, number: string): Words {
  const { short, zh, en } = cite(instrument, number);
  return { zh: `${zh}（${short}）`, en: `${en} (${short})` };
}

/** The catalogue of permit classes: an entry, or a row of its list. */
export const catalogue = (row: string): Words => ({
  zh: `《固定污染源排污许可分类管理名录（2019年版）》${row}`,
  en: `Catalogue of Permit Classes of Fixed Pollution Sources (2019), ${row}`,
});

const norms = {
  'HJ 942-2018': { zh: '《排污许可证申请与核发技术规范 总则》', en: 'technical norm for permits, general' },
  'HJ 944-2018': {
    zh: '《排污单位环境管理台账及排污许可证执行报告技术规范 总则（试行）》',
    en: 'norm for ledgers and execution reports',
  },
  'HJ 608-2017': { zh: '《排污单位编码规则》', en: 'coding rules' },
  'HJ 819-2017': { zh: '《排污单位自行监测技术指南 总则》', en: 'guide to self-monitoring, general' },
  'HJ 1301-2023': {
    zh: '《排污许可证申请与核发技术规范 工业噪声》',
    en: 'technical norm for permits, industrial noise',
  },
  'HJ 1200-2021': {
    zh: '《排污许可证申请与核发技术规范 工业固体废物（试行）》',
    en: 'technical norm for permits, industrial solid waste',
  },
  'HJ 1299-2023': { zh: '《排污许可证质量核查技术规范》', en: 'norm for verifying the quality of permits' },
} as const satisfies Record<string, Words>;

/** A technical norm, by its number. */
export function norm(number: keyof typeof norms): Words {
  const { zh, en } = norms[number];
  return { zh: `${zh}（${number}）`, en: `${number}, ${en}` };
}
