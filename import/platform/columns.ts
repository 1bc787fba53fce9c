import { columns } from '../columns.js';
import { readTable, type Table, type TableHeader, type TableRow } from '../table/readTable.js';

/** The columns of the platform's list of acts. */
export type RecordColumn =
  'businessNo' | 'business' | 'permitNo' | 'creditCode' | 'at' | 'state' | 'validFrom' | 'validTo' | 'caseNo';

/** A row of the list. */
export type RecordRow = TableRow<RecordColumn>;

/** The names that the permit list has for a column too. */
const asOnPermitList = (column: 'permitNo' | 'creditCode' | 'business' | 'validFrom' | 'validTo') =>
  [columns[column].title, ...columns[column].also] as const;

/** What the list's header says. */
export const recordHeader: TableHeader<RecordColumn> = {
  what: '平台业务清单的表头 · the header of the platform’s list of acts',
  titles: {
    businessNo: ['业务编号', '业务号', '业务流水号', '办件编号', 'businessNo'],
    business: asOnPermitList('business'),
    permitNo: asOnPermitList('permitNo'),
    creditCode: asOnPermitList('creditCode'),
    at: ['办结时间', '办结日期', '发证时间', '发证日期', '业务时间', 'at'],
    state: ['许可证状态', '状态', '证书状态', 'state'],
    validFrom: asOnPermitList('validFrom'),
    validTo: asOnPermitList('validTo'),
    caseNo: ['案件编号', '本系统案号', 'caseId'],
  },
  needed: ['businessNo', 'business', 'permitNo', 'creditCode', 'at'],
};

/** Reads the platform's list of acts; see `readTable` for what it throws. */
export const readRecords = (bytes: Uint8Array): Table<RecordColumn> => readTable(bytes, recordHeader);
