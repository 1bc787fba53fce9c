import { columns } from '../columns.js';
import { lineSayer } from '../table/lines.js';
import { readTable, type Table, type TableHeader, type TableRow } from '../table/readTable.js';

/** The columns of the platform's list of registration forms. */
export type FormColumn =
  | 'registrationNo'
  | 'name'
  | 'creditCode'
  | 'industry'
  | 'province'
  | 'city'
  | 'county'
  | 'business'
  | 'businessNo'
  | 'at'
  | 'validFrom'
  | 'validTo';

/** A row of the list. */
export type FormRow = TableRow<FormColumn>;

/** The names that the permit list has for a column too. */
const shared = (column: Exclude<FormColumn, 'registrationNo' | 'businessNo' | 'at'>) =>
  [columns[column].title, ...columns[column].also] as const;

/** What the list's header says. */
export const formHeader: TableHeader<FormColumn> = {
  what: '排污登记清单的表头 · the header of the list of registration forms',
  titles: {
    registrationNo: ['登记编号', '排污登记编号', '登记表编号', '登记回执编号', 'registrationNo'],
    name: shared('name'),
    creditCode: shared('creditCode'),
    industry: shared('industry'),
    province: shared('province'),
    city: shared('city'),
    county: shared('county'),
    business: [...shared('business'), '登记类型'],
    businessNo: ['业务编号', '业务号', '回执编号', 'businessNo'],
    at: ['登记日期', '登记时间', '办结日期', '办结时间', '填报日期', 'at'],
    validFrom: shared('validFrom'),
    validTo: shared('validTo'),
  },
  needed: ['registrationNo', 'name', 'creditCode', 'city', 'at', 'validFrom', 'validTo'],
};

/** Why a row is refused, and what is said of one that is taken in. Codes are never renamed. */
const formReasons = {
  'cell.empty': { zh: '必填项为空', en: 'a cell that is needed is empty' },
  'registrationNo.format': {
    zh: '登记编号应为 18 位字母数字 + 3 位数字 + 1 位字母',
    en: 'a registration number is 18 letters or digits, 3 digits and 1 letter',
  },
  'registrationNo.otherUnit': {
    zh: '登记编号不是该信用代码的',
    en: 'the number is not of this credit code',
  },
  'date.impossible': { zh: '日期无法识别或不存在', en: 'not a day that can be read, or no such day' },
  'validity.order': { zh: '有效期止不晚于有效期起', en: 'the term ends not after its start' },
  'validity.tooLong': { zh: '有效期超过五年 31 日以上', en: 'the term is more than 31 days over five years' },
  'area.unknown': {
    zh: '规则包中没有此行政区划或其主管机关',
    en: 'no rule pack has this division, or an organ for it',
  },
  'area.notYours': { zh: '不在您的辖区内', en: 'outside the area of your organ' },
  'row.duplicate': {
    zh: '同一编号、业务类型和日期在文件中重复',
    en: 'the same number, business type and day stand in the file already',
  },
  'registration.isPermit': { zh: '该编号是许可证的', en: 'the number is a permit’s' },
  'registration.ended': {
    zh: '该登记在本系统中已终结，编号保留不再使用',
    en: 'the form has ended here; its number stays reserved',
  },
  'registration.actedOn': {
    zh: '该登记已在本系统办理，与表中不一致，须人工核对',
    en: 'the form has been acted on here and the list differs: a person compares them',
  },
  'creditCode.check': {
    zh: '统一社会信用代码校验位不符（GB 32100）',
    en: 'the check character of the credit code is wrong (GB 32100)',
  },
  'area.guessed': {
    zh: '行政区划名称未能识别，已按上级区划或信用代码归属',
    en: 'the division’s name is not known: placed by the city or the credit code',
  },
  'registration.changed': { zh: '与上次导入不同，已更新', en: 'differs from the last import: updated' },
} as const;

/** Says something of a row of the list. */
export const say = lineSayer(formHeader, formReasons);

/** Reads a list of registration forms; see `readTable` for what it throws. */
export const readForms = (bytes: Uint8Array): Table<FormColumn> => readTable(bytes, formHeader);
