import { utils, write } from '@e965/xlsx';
import { expect, test } from 'vitest';
import { readPlatformCounts } from '../../import/platformCounts.js';
import { parseDate } from '../../rules/date.js';
import { packOf } from '../../rules/packs/index.js';
import { platformCounts } from '../../workflows/messages/samplingForms.js';

const pack = packOf('990000', parseDate('2026-03-05'));
const rows = [
  ['2026年一季度核发情况'],
  ['审批部门', '业务类型', '核发数'],
  ['云川市生态环境局', '首次申请', 34],
  ['云川市生态环境局', '重新申请', 2],
  ['beilan', '首次核发', 5],
];
const expected = [
  { organ: 'yunchuan', kind: 'first', count: 34 },
  { organ: 'yunchuan', kind: 'reapplication', count: 2 },
  { organ: 'beilan', kind: 'first', count: 5 },
];

test('Q3: the platform’s counts are read from Excel and from CSV alike, as the task’s form wants them', () => {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), '核发数');
  const excel = write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
  const text = Buffer.from(rows.map((row) => row.join(',')).join('\n'));
  for (const bytes of [excel, text]) {
    const { counts, errors } = readPlatformCounts(bytes, pack);
    expect({ counts, errors }).toEqual({ counts: expected, errors: [] });
    const form = { outcome: 'entered', asOf: '2026-03-31', source: '平台导出', counts };
    expect(platformCounts.parse(form).counts).toEqual(expected);
  }
});

test('Q3: what a row does not say is named with its row, and counts nothing; a file of something else is refused', () => {
  const text =
    '审批部门,业务类型,核发数\n某局,首次申请,1\n云川市生态环境局,变更,1\n云川市生态环境局,首次申请,几件\n';
  const { counts, errors } = readPlatformCounts(Buffer.from(text), pack);
  expect(counts).toEqual([]);
  expect(errors.map(({ row, column, value }) => [row, column, value])).toEqual([
    [2, '审批部门', '某局'],
    [3, '业务类型', '变更'],
    [4, '核发数', '几件'],
  ]);
  expect(() => readPlatformCounts(Buffer.from('甲,乙\n1,2\n'), pack)).toThrow();
});
