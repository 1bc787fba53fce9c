import { utils, write } from '@e965/xlsx';
import { hundredths, percent } from '../rules/bulletinLines.js';
import { termOf } from '../rules/glossary.js';
import type { BulletinView } from './bulletinView.js';

const cityColumns = [
  ...['市', '核发数', '抽查数', '已核查数', '存在问题', '问题率', '问题数', '每证问题数'],
  ...['排污单位', '管理部门', '技术机构', '按期销号', '逾期销号', '逾期未销号', '整改中', '反复变更', '排名'],
] as const;

/** A bulletin as an Excel workbook: the cities, the problems by category and severity, the typical cases. */
export function bulletinWorkbook(view: BulletinView): Buffer {
  const book = utils.book_new();
  const append = (name: string, rows: readonly (readonly (string | number | null)[])[]): void => {
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), name);
  };
  append('各市', [cityColumns, ...cityRows(view)]);
  append('三级核查', [tierColumns, ...tierRows(view)]);
  append('问题类别', [['类别', '个数'], ...view.categories.map(({ name, count }) => [name, count])]);
  append('严重程度', [
    ['严重程度', '个数'],
    ...view.severities.map(({ severity, count }) => [termOf(severity).zh, count]),
  ]);
  append('典型问题', [
    ['单位', '许可证编号', '问题', '说明'],
    ...view.typical.map(({ unit, permitNo, description, note }) => [unit, permitNo, description, note]),
  ]);
  return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
}

/** The cities as a table has them, the region last. */
export function cityRows({ cities, region }: BulletinView): readonly (readonly (string | number | null)[])[] {
  return [...cities, { name: '全区', rank: null, ...region }].map((row) => [
    ...[row.name, row.population, row.sampled, row.reviewed, row.faulty, percent(row.problemRate)],
    ...[row.problems, hundredths(row.problemsPerPermit), row.byUnit, row.byAuthority, row.byInstitution],
    ...[row.closedInTime, row.closedLate, row.overdue, row.open, row.repeatedChanges, row.rank],
  ]);
}

/** The three tiers, in each city and in the region, as a table has them. */
export const tierRows = ({ cities, tiers }: BulletinView): readonly (readonly (string | number | null)[])[] =>
  [...cities, { name: '全区', tiers }].flatMap(({ name, tiers: of }) =>
    of.map((row) => [
      ...[name, termOf(row.tier).zh, row.looked, row.faulty, row.selfCorrected, row.silent, row.problems],
      ...[row.closedInTime, row.closedLate, row.overdue, row.open],
    ]),
  );

/** The heads of that table. */
export const tierColumns = [
  ...['市', '层级', '已核查（自查）数', '存在问题', '自查自纠', '逾期未自查', '问题数'],
  ...['按期销号', '逾期销号', '逾期未销号', '整改中'],
] as const;

/** The heads of the cities' table. */
export { cityColumns };
