import { lineSayer } from '../table/lines.js';
import { recordHeader } from './columns.js';

/** Why a row is not recorded. Codes are never renamed. */
const recordReasons = {
  'cell.empty': { zh: '必填项为空', en: 'a cell that is needed is empty' },
  'permitNo.format': {
    zh: '许可证编号应为 18 位字母数字 + 3 位数字 + 1 位字母',
    en: 'a permit number is 18 letters or digits, 3 digits and 1 letter',
  },
  'permit.otherUnit': {
    zh: '许可证编号不是该信用代码的',
    en: 'the permit number is not of this credit code',
  },
  'business.unknown': { zh: '业务类型无法识别', en: 'not one of the known business types' },
  'state.unknown': { zh: '许可证状态无法识别', en: 'not one of the known states of a permit' },
  'date.impossible': {
    zh: '日期或时间无法识别或不存在',
    en: 'not a day or time that can be read, or no such day',
  },
  'row.duplicate': { zh: '文件中另有一行是同一办件的', en: 'another row of the file is of the same act' },
  'case.unknown': { zh: '没有与之对应的案件', en: 'no case here is of this act' },
  'case.ambiguous': {
    zh: '该单位有多个同类案件等待平台，请填写案件编号',
    en: 'several cases of this kind await the platform for this unit: name one by its number',
  },
  'case.refused': { zh: '案件不接受该记载', en: 'the case refuses the record' },
  'task.notYours': { zh: '不由您登记', en: 'it is not yours to record' },
  'area.notYours': { zh: '不在您的辖区内', en: 'outside the area of your organ' },
  'renewal.unconfirmed': {
    zh: '视为准予的延续须由人确认，不由清单登记',
    en: 'a renewal that the law made is confirmed by a person, not by a list',
  },
  'permit.ended': {
    zh: '与本系统记载不一致，而许可证已终结，无案可核',
    en: 'it differs from our record, and the permit has ended: no case is left to reconcile it in',
  },
  'platform.differs': {
    zh: '与本系统记载不一致，已转人工核对',
    en: 'it differs from our record: a person reconciles it',
  },
} as const;

/** Says something of a row of the list. */
export const say = lineSayer(recordHeader, recordReasons);
