import { DomainError } from '../rules/errors.js';
import { plain } from './cells.js';
import type { Cell, Sheet, SheetRow } from './readers/table.js';

/** The columns of the national platform's permit list, each by its name there and by what else it is called. */
export const columns = {
  permitNo: { title: '许可证编号', also: ['排污许可证编号', '许可证编码', '证书编号', 'permitNo'] },
  name: { title: '单位名称', also: ['排污单位名称', '企业名称', '排污单位', 'unitName'] },
  creditCode: {
    title: '统一社会信用代码',
    also: ['社会信用代码', '信用代码', '统一社会信用代码/组织机构代码', 'creditCode'],
  },
  industry: { title: '行业类别', also: ['行业', '所属行业', '行业名称', 'industry'] },
  permitClass: { title: '管理类别', also: ['许可证管理类别', '排污许可管理类别', '管理类型', 'class'] },
  province: { title: '省', also: ['省份', '省/自治区/直辖市', '所在省', 'province'] },
  city: { title: '市', also: ['地市', '城市', '所在市', 'city'] },
  county: {
    title: '县',
    also: [
      '区县',
      '县区',
      '县(区)',
      '区(县)',
      '县(市、区)',
      '县(市区)',
      '区/县',
      '县/区',
      '所在县',
      '区',
      'county',
    ],
  },
  organ: { title: '发证机关', also: ['核发机关', '审批机关', '发证部门', '核发部门', 'organ'] },
  business: { title: '业务类型', also: ['办理类型', '许可证业务类型', '申请类型', 'businessType'] },
  issuedOn: { title: '发证日期', also: ['核发日期', '发证时间', '办结日期', 'issuedOn'] },
  validFrom: {
    title: '有效期起',
    also: ['有效期开始', '有效期起始', '有效期自', '有效期始', '有效期起始日期', 'validFrom'],
  },
  validTo: {
    title: '有效期止',
    also: ['有效期结束', '有效期截止', '有效期至', '有效期终止', '有效期截止日期', 'validTo'],
  },
  validity: { title: '有效期限', also: ['有效期', '许可证有效期', '有效期起止', 'validity'] },
} as const satisfies Record<string, { title: string; also: readonly string[] }>;

/** A column of the list. */
export type Column = keyof typeof columns;

/** A row's cells by column; an absent column is an empty text. */
export interface RawRow {
  readonly row: number;
  readonly cells: Readonly<Record<Column, Cell>>;
}

/** The list as it was found in a file. */
export interface PermitList {
  readonly rows: readonly RawRow[];
  readonly from1904: boolean;
}

/** What every list has; the term stands in one column or in two. */
const needed: readonly Column[] = [
  ...(['permitNo', 'name', 'creditCode', 'permitClass', 'city', 'organ', 'business', 'issuedOn'] as const),
];

/** How far down the header may stand below titles, in rows. */
const titles = 10;

/**
 * Finds the list in the first sheet that has its header, in any order of the columns, with more of them allowed. Rows without
 * any text are left out. Throws `input.invalid`, naming the columns that the best candidate lacks.
 */
export function findList(sheets: readonly Sheet[]): PermitList {
  let closest: readonly Column[] = needed;
  for (const { rows, from1904 } of sheets) {
    for (const [index, header] of rows.slice(0, titles).entries()) {
      const places = placesOf(header);
      const missing = missingOf(places);
      if (missing.length === 0) return { rows: rows.slice(index + 1).flatMap(rawRow(places)), from1904 };
      if (missing.length < closest.length) closest = missing;
    }
  }
  throw new DomainError('input.invalid', {
    what: '找不到许可证清单的表头 · the header of the permit list is not there',
    where: '表头 header',
    expected: Object.values(columns)
      .map(({ title }) => title)
      .join(' '),
    found: `缺少 · missing: ${closest.map((column) => columns[column].title).join(' ')}`,
  });
}

const known: ReadonlyMap<string, Column> = new Map(
  Object.entries(columns).flatMap(([column, { title, also }]) =>
    [title, ...also].map((name) => [plain(name).toLowerCase(), column as Column] as const),
  ),
);

/** Where each column stands; the first of two of one name counts. */
function placesOf({ cells }: SheetRow): ReadonlyMap<Column, number> {
  const places = new Map<Column, number>();
  for (const [index, cell] of cells.entries()) {
    const column = known.get(plain(cell).toLowerCase());
    if (column !== undefined && !places.has(column)) places.set(column, index);
  }
  return places;
}

function missingOf(places: ReadonlyMap<Column, number>): readonly Column[] {
  const term: readonly Column[] = places.has('validity') ? [] : ['validFrom', 'validTo'];
  return [...needed, ...term].filter((column) => !places.has(column));
}

const rawRow =
  (places: ReadonlyMap<Column, number>) =>
  ({ row, cells }: SheetRow): readonly RawRow[] => {
    if (cells.every((cell) => plain(cell) === '')) return [];
    const at = (column: Column): Cell => {
      const place = places.get(column);
      return place === undefined ? '' : (cells[place] ?? '');
    };
    const byColumn = Object.fromEntries(Object.keys(columns).map((column) => [column, at(column as Column)]));
    return [{ row, cells: byColumn as Record<Column, Cell> }];
  };
