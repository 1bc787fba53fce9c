import { writeList } from '../../import/generate/writeList.js';
import { creditCodeCheck } from '../../rules/creditCode.js';
import { addDays, addYears, type CalendarDate } from '../../rules/date.js';

/** A permit list, as CSV, of so many permits of Yunchuan that all end on one day. */
export function permitsEndingOn(validTo: CalendarDate, count: number): Buffer {
  const validFrom = addDays(addYears(validTo, -5), 1);
  const rows = Array.from({ length: count }, (_, index) => {
    const body = `91990100MB${String(index).padStart(7, '0')}`;
    const creditCode = `${body}${creditCodeCheck(body) ?? ''}`;
    return {
      ...{
        permitNo: `${creditCode}001P`,
        name: `示范企业${index}有限公司`,
        creditCode,
        industry: '乳制品制造',
      },
      ...{ permitClass: '简化管理', province: '示范自治区', city: '云川市', county: '市辖区' },
      ...{ organ: '云川市生态环境局', business: '首次申请' },
      ...{ issuedOn: validFrom, validFrom, validTo },
    };
  });
  return writeList(rows, 'csv');
}
