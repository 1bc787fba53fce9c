import { expect, test } from 'vitest';
import type { Column } from '../../import/columns.js';
import { isCreditCode } from '../../rules/creditCode.js';
import { creditCode, csvOf, permitNo, read, row, type TestRow } from './lists.js';

/** What is said of rows, shortly: `error 3 有效期止 validity.order`. */
const said = (...rows: readonly TestRow[]): readonly string[] =>
  read(csvOf(rows)).findings.map(({ kind, row, column, code }) => `${kind} ${row} ${column} ${code}`);

test.each<[string, TestRow, string]>([
  [
    '17 characters before the sequence',
    { permitNo: `${creditCode(1).slice(1)}001P` },
    '许可证编号 permitNo.format',
  ],
  ['two digits of sequence', { permitNo: `${creditCode(1)}01P` }, '许可证编号 permitNo.format'],
  ['a digit for the last letter', { permitNo: `${creditCode(1)}0011` }, '许可证编号 permitNo.format'],
  ['no number', { permitNo: '' }, '许可证编号 cell.empty'],
  ['no name, but spaces of every kind', { name: ' \u3000\u00a0\u200b' }, '单位名称 cell.empty'],
  ['no credit code', { creditCode: '' }, '统一社会信用代码 cell.empty'],
  ['a credit code of 17', { creditCode: creditCode(1).slice(1) }, '统一社会信用代码 creditCode.format'],
  ['registration', { permitClass: '登记管理' }, '管理类别 class.unknown'],
  ['an unknown class', { permitClass: '一般' }, '管理类别 class.unknown'],
  ['no organ', { organ: '' }, '发证机关 cell.empty'],
  ['no business type', { business: '' }, '业务类型 cell.empty'],
  ['30 February', { issuedOn: '2024-02-30' }, '发证日期 date.impossible'],
  ['a year that is mistyped', { issuedOn: '2924-03-05' }, '发证日期 date.impossible'],
  ['an end before the start', { validTo: '2024-03-04' }, '有效期止 validity.order'],
  ['an end on the start', { validTo: '2024-03-05' }, '有效期止 validity.order'],
  ['32 days over five years', { validTo: '2029-04-05' }, '有效期止 validity.tooLong'],
  ['a division that no pack has', { city: '无名市', organ: '无名局', ...foreignCode(1) }, '市 area.unknown'],
])('L16: a row with %s is refused, for that alone', (_what, more, expected) => {
  const [errors, { permits, rejected }] = [said(row(1, more), row(2)), read(csvOf([row(1, more), row(2)]))];
  expect(errors.filter((each) => each.startsWith('error'))).toEqual([`error 2 ${expected}`]);
  expect({ rejected, left: permits.map((each) => each.permitNo) }).toEqual({
    rejected: 1,
    left: [permitNo(2)],
  });
});

/** The number and code of a unit from another region. */
function foreignCode(unit: number): TestRow {
  const code = creditCode(unit).replace('990100', '110100');
  return { creditCode: code, permitNo: `${code}001P` };
}

test('L16: everything that is wrong with a row is said at once, each with the cell as found', () => {
  const { findings } = read(csvOf([row(1, { permitClass: '?', issuedOn: '昨天', validTo: '' })]));
  expect(findings.map(({ column, value, code }) => [column, value, code])).toEqual([
    ['管理类别', '?', 'class.unknown'],
    ['发证日期', '昨天', 'date.impossible'],
    ['有效期止', '', 'cell.empty'],
  ]);
  for (const { reason } of findings) expect(reason).toMatch(/^.*[\u4e00-\u9fff].* · [a-z]/);
});

test.each<[string, TestRow, readonly string[]]>([
  [
    'a wrong check character',
    { creditCode: `${creditCode(1).slice(0, 17)}${creditCode(1).endsWith('0') ? '1' : '0'}` },
    ['统一社会信用代码 creditCode.check'],
  ],
  ['31 days over five years', { validTo: '2029-04-04' }, ['有效期止 validity.overFiveYears']],
  ['one day over five years', { validTo: '2029-03-05' }, ['有效期止 validity.overFiveYears']],
  ['exactly five years', { validTo: '2029-03-04' }, []],
  ['an unknown business type', { business: '其他事项' }, ['业务类型 business.unknown']],
  ['a county that the pack does not know', { county: '无名县' }, ['县 area.guessed']],
  ['no county', { county: '' }, []],
  ['no industry and no province', { industry: '', province: '' }, []],
  [
    'only the organ’s name to go by',
    { city: '未知', county: '', organ: '澜江市生态环境局' },
    ['市 area.guessed'],
  ],
])('L16: a row with %s is taken in, and that is said', (_what, more, expected) => {
  expect(said(row(1, more))).toEqual(expected.map((each) => `warning 2 ${each}`));
  expect(read(csvOf([row(1, more)]))).toMatchObject({ rejected: 0, permits: [{ acts: [{ row: 2 }] }] });
});

test('L16: full-width letters, stray spaces and lower case are the same code; a name keeps its own brackets', () => {
  const wide = (text: string): string =>
    text.replace(/[!-~]/g, (each) => String.fromCodePoint((each.codePointAt(0) ?? 0) + 0xfee0));
  const written = row(1, {
    permitNo: ` ${wide(permitNo(1)).slice(0, 9)}\u3000${wide(permitNo(1)).slice(9)} `,
    creditCode: `'${creditCode(1).toLowerCase()}\u00a0`,
    name: '\u3000示范（云川）  有限公司 ',
    ...{ permitClass: ' 简 化 管 理 ', validTo: wide('2029-03-04') },
  });
  expect(read(csvOf([written]))).toMatchObject({
    findings: [],
    permits: [
      {
        permitNo: permitNo(1),
        acts: [{ creditCode: creditCode(1), name: '示范（云川） 有限公司', permitClass: 'simplified' }],
      },
    ],
  });
});

test('L16: a credit code of digits that a spreadsheet has rounded is restored from the permit number', () => {
  const whole = '111111111111111111';
  for (const rounded of ['1.11111E+17', '1.11111111111111E+17']) {
    const [act] =
      read(csvOf([row(1, { permitNo: `${whole}001P`, creditCode: rounded })])).permits[0]?.acts ?? [];
    expect(act?.creditCode).toBe(whole);
  }
  const other = row(1, { permitNo: `${whole}001P`, creditCode: '2.22222E+17' });
  expect(said(other)).toEqual(['error 2 统一社会信用代码 creditCode.format']);
});

test('L16: the first row of a number says whose it is; others that say otherwise are refused, as is an act twice', () => {
  const change = { business: '变更', issuedOn: '2025-06-03' };
  expect(
    said(
      row(1),
      row(1, change),
      row(1, { ...change, name: '另一企业', issuedOn: '2025-06-04' }),
      row(2, { permitNo: permitNo(1), business: '延续' }),
      row(1, { ...change, permitClass: '重点管理' }),
      row(1, { ...change, name: '示范企业１ 有限公司', issuedOn: '2025-06-05' }),
    ),
  ).toEqual([
    'error 4 单位名称 permit.otherUnit',
    'error 5 统一社会信用代码 permit.otherUnit',
    'error 6 业务类型 row.duplicate',
  ]);
});

test('L16: the check character is that of GB 32100', () => {
  // From the standard and from published licences.
  for (const code of ['91350100M000100Y43', '91110000802100433B', '91440300708461136T'])
    expect(isCreditCode(code), code).toBe(true);
  for (const code of ['91350100M000100Y44', '9135010OM000100Y43', '91350100M000100Y4'])
    expect(isCreditCode(code), code).toBe(false);
});

test('L16: business types in the platform’s many words are the acts they mean', () => {
  const acts = [
    '首次申请',
    '新申请',
    '申请',
    '重新申请',
    '申请变更',
    '主动变更',
    '延续',
    '补领',
    '注销',
    '撤销',
    '撤回',
    '吊销',
  ];
  const column: Column = 'business';
  const list = acts.map((business, index) =>
    row(1, { [column]: business, issuedOn: `2024-03-${String(index + 10)}` }),
  );
  expect(read(csvOf(list)).permits[0]?.acts.map(({ act }) => act)).toEqual([
    ...['first', 'first', 'first', 'reapplication', 'change', 'authorityChange', 'renewal', 'replacement'],
    ...['cancellation', 'annulment', 'withdrawal', 'revocation'],
  ]);
});
