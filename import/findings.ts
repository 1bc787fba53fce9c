import { type Column, columns } from './columns.js';
import type { Cell } from './readers/table.js';

/** Why a row is refused. Codes are never renamed. */
const errorReasons = {
  'cell.empty': { zh: '必填项为空', en: 'a cell that is needed is empty' },
  'permitNo.format': {
    zh: '许可证编号应为 18 位字母数字 + 3 位数字 + 1 位字母',
    en: 'a permit number is 18 letters or digits, 3 digits and 1 letter',
  },
  'creditCode.format': {
    zh: '统一社会信用代码应为 18 位字母数字',
    en: 'a credit code is 18 letters or digits',
  },
  'class.unknown': {
    zh: '管理类别应为重点管理或简化管理（登记管理不发许可证）',
    en: 'the class is key or simplified management (registration has no permit)',
  },
  'date.impossible': {
    zh: '日期无法识别或不存在',
    en: 'not a day that can be read, or no such day',
  },
  'validity.order': { zh: '有效期止不晚于有效期起', en: 'the term ends not after its start' },
  'validity.tooLong': {
    zh: '有效期超过五年 31 日以上',
    en: 'the term is more than 31 days over five years',
  },
  'area.unknown': {
    zh: '规则包中没有此行政区划或其主管机关',
    en: 'no rule pack has this division, or an organ for it',
  },
  'area.notYours': { zh: '不在您的辖区内', en: 'outside the area of your organ' },
  'permit.otherUnit': {
    zh: '该编号已属于另一信用代码或单位名称',
    en: 'the number already belongs to another credit code or name',
  },
  'row.duplicate': {
    zh: '同一编号、业务类型和发证日期在文件中重复',
    en: 'the same number, business type and issue date stand in the file already',
  },
  'permit.ended': {
    zh: '该许可证在本系统中已终结，编号保留不再使用',
    en: 'the permit has ended here; its number stays reserved',
  },
  'permit.actedOn': {
    zh: '该许可证已在本系统办理，与表中不一致，须人工核对',
    en: 'the permit has been acted on here and the list differs: a person compares them',
  },
  'permit.otherArea': {
    zh: '该许可证在本系统中属于另一行政区划',
    en: 'the permit belongs to another division here',
  },
} as const;

/** What is taken in, and said. */
const warningReasons = {
  'creditCode.check': {
    zh: '统一社会信用代码校验位不符（GB 32100）',
    en: 'the check character of the credit code is wrong (GB 32100)',
  },
  'creditCode.restored': {
    zh: '信用代码被表格软件变成数字，已按许可证编号前 18 位恢复',
    en: 'a spreadsheet made a number of the credit code: restored from the permit number',
  },
  'validity.overFiveYears': { zh: '有效期略长于五年', en: 'the term is a little over five years' },
  'business.unknown': {
    zh: '未知的业务类型，作为历史记录保留',
    en: 'an unknown business type: kept as history',
  },
  'area.guessed': {
    zh: '行政区划名称未能识别，已按上级区划、发证机关或信用代码归属',
    en: 'the division’s name is not known: placed by the city, the organ or the credit code',
  },
  'unit.otherName': {
    zh: '同一信用代码的单位在册名称不同，沿用在册名称',
    en: 'the unit of this credit code is on record under another name, which is kept',
  },
  'history.incomplete': {
    zh: '同一编号另有行被拒，按其余行认定为已失效',
    en: 'another row of this number was refused; by the rest, the permit has lapsed',
  },
  'permit.changed': { zh: '与上次导入不同，已更新', en: 'differs from the last import: updated' },
} as const;

/** The code of a refusal. */
export type ErrorReason = keyof typeof errorReasons;
/** The code of a warning. */
export type WarningReason = keyof typeof warningReasons;

/** Something that is said of a row. */
export interface Finding {
  readonly kind: 'error' | 'warning';
  readonly row: number;
  /** The column's name on the list. */
  readonly column: string;
  /** The cell as found. */
  readonly value: string;
  readonly code: ErrorReason | WarningReason;
  /** In Chinese and English. */
  readonly reason: string;
}

/** A row that is refused for this. */
export function refusal(row: number, column: Column, value: Cell, code: ErrorReason, more = ''): Finding {
  return finding('error', row, column, value, code, errorReasons[code], more);
}

/** Something to say of a row that is taken in. */
export function warning(row: number, column: Column, value: Cell, code: WarningReason, more = ''): Finding {
  return finding('warning', row, column, value, code, warningReasons[code], more);
}

function finding(
  kind: Finding['kind'],
  row: number,
  column: Column,
  value: Cell,
  code: Finding['code'],
  { zh, en }: { readonly zh: string; readonly en: string },
  more: string,
): Finding {
  const reason = `${zh} · ${en}${more === '' ? '' : ` (${more})`}`;
  return { kind, row, column: columns[column].title, value: String(value).slice(0, 200), code, reason };
}
