import { utils, write } from '@e965/xlsx';
import * as codepages from '@e965/xlsx/dist/cpexcel.full.mjs';
import { describe, expect, test } from 'vitest';
import { type Column, columns } from '../../import/columns.js';
import { DomainError } from '../../rules/errors.js';
import { cellsOf, csvOf, read, row, type TestRow } from './lists.js';

const rows: readonly TestRow[] = [
  row(1),
  row(2, { permitClass: '重点管理', county: '青禾县', organ: '云川市生态环境局青禾分局' }),
];

/** What was read of each permit: enough to tell that every cell came through. */
const told = (bytes: Buffer) =>
  read(bytes).permits.map(({ acts }) =>
    acts.map(({ name, permitClass, area, act, on, validFrom, validTo }) =>
      [name, permitClass, area, act, on, validFrom, validTo].join(' '),
    ),
  );

const expected = [
  ['示范企业1有限公司 simplified 990100 first 2024-03-05 2024-03-05 2029-03-04'],
  ['示范企业2有限公司 key 990121 first 2024-03-05 2024-03-05 2029-03-04'],
];

const text = csvOf(rows).toString();

/** GB18030 bytes of a text, by the table of the spreadsheet library. */
function inChina(content: string): Buffer {
  const table = codepages as unknown as { utils: { encode(page: number, text: string): Uint8Array } };
  return Buffer.from(table.utils.encode(936, content));
}

function workbook(
  bookType: 'xlsx' | 'biff8' | 'biff5' | 'xlml',
  cells: (string | number | Date)[][],
): Buffer {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([['about']]), 'about');
  utils.book_append_sheet(book, utils.aoa_to_sheet(cells, { UTC: true }), 'list');
  return write(book, { type: 'buffer', bookType }) as Buffer;
}

/** The library writes no Chinese into so old a format: stand-ins of the same length are written, and then replaced. */
function excel5(cells: (string | number)[][]): Buffer {
  const chinese = [...new Set(cells.flat().map(String))].filter((cell) => /[^ -~]/.test(cell));
  const standIns = chinese
    .map((cell, index) => ({
      cell,
      bytes: inChina(cell),
      code: (index + 36 * 10).toString(36).toUpperCase(),
    }))
    .map(({ cell, bytes, code }) => ({ cell, bytes, standIn: code.padStart(bytes.length, '~') }))
    .sort((one, other) => other.bytes.length - one.bytes.length);
  const written = cells.map((row) =>
    row.map((cell) => standIns.find((each) => each.cell === String(cell))?.standIn ?? cell),
  );
  const file = workbook('biff5', written);
  for (const { bytes, standIn } of standIns) {
    for (let at = file.indexOf(standIn); at >= 0; at = file.indexOf(standIn)) bytes.copy(file, at);
  }
  // The record that names the codepage.
  file.writeUInt16LE(936, file.lastIndexOf(Buffer.from([0x42, 0x00, 0x02, 0x00])) + 4);
  return file;
}

const html = (cells: (string | number)[][]): string =>
  `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body><table border="1">${cells
    .map((each) => `<tr>${each.map((cell) => `<td>&nbsp;${cell}</td>`).join('')}</tr>`)
    .join('\n')}</table></body></html>`;

describe('L16: a list is read by what its file holds, whatever its name', () => {
  test.each<[string, Buffer]>([
    ['CSV in UTF-8', Buffer.from(text)],
    ['CSV in UTF-8 with a byte-order mark', Buffer.from(`\ufeff${text}`)],
    ['CSV in GB18030', inChina(text)],
    [
      'CSV in UTF-16 with tabs, as Excel saves text',
      Buffer.from(`\ufeff${text.replaceAll(',', '\t')}`, 'utf16le'),
    ],
    ['.xlsx', workbook('xlsx', cellsOf(rows))],
    ['.xls, Excel 97', workbook('biff8', cellsOf(rows))],
    ['.xls, Excel 5, codepage 936', excel5(cellsOf(rows))],
    ['XML inside .xls', workbook('xlml', cellsOf(rows))],
    ['HTML inside .xls, UTF-8', Buffer.from(html(cellsOf(rows)))],
    ['HTML inside .xls, GB2312', inChina(html(cellsOf(rows)))],
  ])('%s', (_name, bytes) => {
    expect(told(bytes)).toEqual(expected);
  });
});

test('L16: columns stand in any order, under other names, with more of them, below a title', () => {
  const order: Column[] = [
    'validTo',
    'validFrom',
    'issuedOn',
    'business',
    'organ',
    'county',
    'city',
    'province',
  ];
  order.push('permitClass', 'industry', 'creditCode', 'name', 'permitNo');
  const [header = [], ...body] = cellsOf(rows, order);
  const renamed = header.map(
    (title) =>
      ({ 单位名称: ' 企 业 名 称 ', 县: '区（县）', 许可证编号: '排污许可证编号', 有效期止: '有效期至' })[
        title
      ] ?? title,
  );
  const mixed = [
    ['全国排污许可证清单'],
    ['序号', ...renamed, '备注'],
    ...body.map((each, index) => [index + 1, ...each, '无']),
  ];
  expect(told(workbook('xlsx', mixed))).toEqual(expected);
});

test('L16: a list without a column that is needed is refused whole, and says which', () => {
  const refused = (bytes: Buffer): unknown => {
    try {
      return read(bytes);
    } catch (error) {
      return error instanceof DomainError ? `${error.code} ${error.detail.found ?? ''}` : error;
    }
  };
  const all = Object.keys(columns) as Column[];
  const without = cellsOf(
    rows,
    all.filter((column) => column !== 'validity' && column !== 'creditCode'),
  );
  expect(refused(workbook('xlsx', without))).toBe('input.invalid 缺少 · missing: 统一社会信用代码');
  expect(refused(Buffer.alloc(0))).toBe('input.invalid 0 bytes');
  expect(refused(Buffer.from('PK\u0003\u0004 broken'))).toMatch(/^input.invalid/);
  expect(refused(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]))).toMatch(/^input.invalid/);
  expect(refused(Buffer.from([0xff, 0x00, 0x81, 0x30]))).toMatch(/^input.invalid/);
  expect(refused(Buffer.from(`\ufeff${text}\0`, 'utf16le'))).toMatch(/^input.invalid/);
  expect(refused(Buffer.from(`${text}\n"never closed`))).toContain('at line 4');
});

test.each(['xlsx', 'biff8'] as const)('L16: a NUL inside a cell of a workbook (%s) is left out', (form) => {
  const name = '示范企业1有限公司';
  const [clean, dirty] = [name, `示\0范企业1有限公司`].map((said) =>
    told(workbook(form, cellsOf([row(1, { name: said })]))),
  );
  expect(dirty).toEqual(clean);
});

test('L16: half a surrogate pair, which only XML can spell, is left out; whole pairs stay', () => {
  const name = '示范𠮷企业1有限公司';
  const [clean, dirty] = [name, name.replace('企', '&#xD800;企&#xDFB7;')].map((said) => {
    const cells = cellsOf([row(1, { name: said })]).map(
      (line) =>
        `<Row>${line.map((cell) => `<Cell><Data ss:Type="String">${cell}</Data></Cell>`).join('')}</Row>`,
    );
    const namespace = 'urn:schemas-microsoft-com:office:spreadsheet';
    return read(
      Buffer.from(
        `<?xml version="1.0"?><Workbook xmlns="${namespace}" xmlns:ss="${namespace}"><Worksheet ss:Name="1"><Table>${cells.join('')}</Table></Worksheet></Workbook>`,
      ),
    );
  });
  expect(clean?.permits.flatMap(({ acts }) => acts.map((act) => act.name))).toEqual([name]);
  expect(dirty).toEqual(clean);
});

test('L16: a workbook that would unpack to more than half a gigabyte is refused unread', () => {
  const bytes = workbook('xlsx', cellsOf(rows));
  const entry = bytes.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  bytes.writeUInt32LE(0x7fffffff, entry + 24);
  expect(() => read(bytes)).toThrow(expect.objectContaining({ code: 'input.tooLarge' }) as Error);
});

test('L16: `row` is the line on which a row begins; line breaks in quotes and empty lines count, as in an editor', () => {
  const bad = { validTo: '2024-01-01' };
  const list = csvOf([row(1, { name: '示范企业\r\n一分厂' }), row(2, bad)]).toString();
  const [header = '', ...rest] = list.split('\r\n');
  const withEmpty = [header, '', ...rest, row(3).permitNo].join('\r\n');
  const { findings, rows: count } = read(Buffer.from(withEmpty));
  // 1 header, 2 empty, 3 and 4 the first permit, 5 the second, 6 a row with a number alone.
  expect(count).toBe(3);
  expect(findings.filter(({ row }) => row === 5).map(({ code }) => code)).toEqual(['validity.order']);
  expect(new Set(findings.map(({ row }) => row))).toEqual(new Set([5, 6]));
});

test('L16: a line whose quotes make no sense is read as it stands, and harms no other', () => {
  const [header, ...lines] = text.trimEnd().split('\r\n');
  const careless = [header, `"${lines[0] ?? ''}`, lines[1], `"示范"企业${lines[0] ?? ''}`].join('\n');
  const { permits, findings } = read(Buffer.from(careless));
  expect(permits.flatMap(({ acts }) => acts.map(({ name }) => name))).toEqual(['示范企业2有限公司']);
  expect(new Set(findings.map(({ row }) => row))).toEqual(new Set([2, 4]));
});

const sameDay: readonly (string | number)[] = [
  ...[
    '2024-03-05',
    '2024/3/5',
    '2024.3.5',
    '2024年3月5日',
    '20240305',
    '2024-03-05 00:00:00',
    '2024年03月05日 9:30',
  ],
  ...[
    '２０２４－０３－０５',
    ' 2024 - 3 - 5 ',
    '\u30002024/03/05\u00a0',
    "'2024-03-05",
    '="2024-03-05"',
    '45356',
    45356,
    45356.75,
    20240305,
  ],
];

test.each(sameDay)('L16: %j is 5 March 2024', (written) => {
  const bytes = workbook('xlsx', cellsOf([row(1, { issuedOn: written })]));
  expect(read(bytes).permits[0]?.acts[0]?.on).toBe('2024-03-05');
});

test('L16: a date that a workbook keeps as its own kind of number is read in both of its systems', () => {
  const [header = [], cells = []] = cellsOf([row(1)]);
  const place = header.indexOf('发证日期');
  const dated = cells.map((cell, index) => (index === place ? new Date(Date.UTC(2024, 2, 5)) : cell));
  expect(read(workbook('xlsx', [header, dated])).permits[0]?.acts[0]?.on).toBe('2024-03-05');
  const from1904 = cells.map((cell, index) => (index === place ? 43894 : cell));
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([header, from1904]), '清单');
  book.Workbook = { WBProps: { date1904: true } };
  const bytes = write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
  expect(read(bytes).permits[0]?.acts[0]?.on).toBe('2024-03-05');
});

test.each([
  '2024-02-30',
  '20241301',
  '5/3/2024',
  '2024-03',
  '长期',
  '12345',
  '2024-03-04T16:00:00.000Z',
  '2024-03-05至',
])('L16: %j is no day', (written) => {
  const { findings } = read(csvOf([row(1, { issuedOn: written })]));
  expect(findings).toMatchObject([{ row: 2, column: '发证日期', value: written, code: 'date.impossible' }]);
});

const inOne = [
  '2024-03-05至2029-03-04',
  '2024-03-05-2029-03-04',
  '2024/3/5~2029/3/4',
  '自2024年3月5日起至2029年3月4日止',
];
inOne.push('２０２４年３月５日～２０２９年３月４日', '20240305-20290304', '2024.03.05 — 2029.03.04');

test.each(inOne)('L16: both ends of the term in one cell: %j', (written) => {
  const order: Column[] = [
    'permitNo',
    'name',
    'creditCode',
    'permitClass',
    'city',
    'organ',
    'business',
    'issuedOn',
    'validity',
  ];
  const cells = cellsOf([row(1, { validity: written })], order);
  expect(read(workbook('xlsx', cells)).permits[0]?.acts[0]).toMatchObject({
    validFrom: '2024-03-05',
    validTo: '2029-03-04',
  });
});
