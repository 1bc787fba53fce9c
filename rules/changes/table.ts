import { cite } from '../instruments.js';
import { lesser } from './lesserRows.js';
import { added, any, at, either, goesUp, isListed, ofGoneOutlet, removed, up } from './reading.js';
import { amounts, basicData, capacities, type ChangeRow, reapplication, row, unsure } from './row.js';

const recordItself: readonly ChangeRow[] = [
  row(
    'record',
    '许可证记载事项本身（编号、期限、业务类型、办理过程）',
    'the record itself: terms, business type, course of the procedure',
    {
      ...{ citation: null, verdict: 'none', standing: 'derived' },
      fits: either(
        any('permit.businessType', 'permit.decidedOn', 'permit.issuedOn', 'permit.version'),
        any('permit.validFrom', 'permit.validTo', 'previous.**', 'changes.**', 'unit.registration.**'),
        (difference, versions) =>
          at(difference, 'procedure.**') && !added('procedure.basicDataChanges.*')(difference, versions),
      ),
    },
  ),
];

const holder: readonly ChangeRow[] = [
  row(
    'otherHolder',
    '排污单位主体变化（统一社会信用代码不同）',
    'another legal subject, by its credit code',
    {
      ...{ citation: cite('REG', '6'), verdict: 'first', standing: 'derived' },
      fits: (difference) => at(difference, 'unit.creditCode') && difference.change === 'altered',
    },
  ),
  row('name', '单位名称变更', 'the unit’s name', { ...basicData, fits: any('unit.name') }),
  row('address', '住所变更', 'the registered address', {
    ...basicData,
    fits: (difference, { after }) => at(difference, 'unit.address') && isListed(after, 'address'),
  }),
  row(
    'basicData',
    '住所、法定代表人或者主要负责人等基本信息变更',
    'name, registered address, legal representative or principal',
    {
      ...basicData,
      fits: added('procedure.basicDataChanges.*'),
    },
  ),
];

const site: readonly ChangeRow[] = [
  row(
    'site',
    '生产经营场所变更（或不能确定仅为住所变更）',
    'the site, or an address that may be the site’s',
    {
      ...reapplication(2, 'siteChanged'),
      ...unsure,
      fits: any('unit.address', 'unit.boundary'),
    },
  ),
];

const project: readonly ChangeRow[] = [
  row(
    'newEia',
    '新的环境影响评价批复（新建、改建、扩建项目）',
    'a new EIA approval: a new, altered or expanded project',
    {
      ...reapplication(1, 'newProject'),
      standing: 'derived',
      fits: added('basis.eia.*'),
    },
  ),
  row(
    'production',
    '新增生产线、行业、产品、设施，或产能、规模增加',
    'more lines, industries, products or facilities, or more capacity',
    {
      ...reapplication(1, 'expansion'),
      standing: 'derived',
      fits: either(
        added('lines.*', 'unit.industries.*', 'products.*', 'facilities.*'),
        added('commonProcesses.boilers.*', 'commonProcesses.furnaces.*'),
        added(...capacities.filter((capacity) => capacity.startsWith('commonProcesses'))),
        (difference, versions) =>
          goesUp(difference) && any(...capacities, 'facilities.*.count')(difference, versions),
      ),
    },
  ),
];

const outfalls: readonly ChangeRow[] = [
  row('outletsAdded', '排放口数量增加', 'more outfalls', {
    ...reapplication(3, 'outletsAdded'),
    fits: added('outlets.*'),
  }),
  row('outfallMoved', '排放口位置变更', 'the position of an outfall', {
    ...reapplication(2, 'outfallMoved'),
    fits: any('outlets.*.position.**'),
  }),
  row('dischargeMode', '排放方式变更', 'the mode of discharge', {
    ...reapplication(2, 'dischargeModeChanged'),
    fits: any('outlets.*.mode'),
  }),
  row('destination', '排放去向变更', 'the destination of a discharge', {
    ...reapplication(2, 'destinationChanged'),
    fits: any('outlets.*.destination'),
  }),
];

const discharge: readonly ChangeRow[] = [
  row('pollutantsAdded', '污染物排放种类增加', 'more kinds of pollutants', {
    ...reapplication(3, 'pollutantsAdded'),
    fits: either(
      added('limits.*', 'fugitive.*'),
      (difference, versions) =>
        added('totals.*')(difference, versions) &&
        !versions.before.limits.some(
          ({ pollutant }) => pollutant === (difference.after as { readonly pollutant?: string }).pollutant,
        ),
    ),
  }),
  row(
    'quantityIncreased',
    '污染物排放量增加（含取消许可排放量）',
    'more of a pollutant, or a permitted amount dropped',
    {
      ...reapplication(3, 'quantityIncreased'),
      fits: either(up(...amounts), up('fugitive.*.annual.*'), removed('totals.*')),
    },
  ),
  row(
    'concentrationIncreased',
    '污染物排放浓度增加（含取消浓度限值）',
    'a higher concentration, or its limit dropped',
    {
      ...reapplication(3, 'concentrationIncreased'),
      fits: up('limits.*.concentration.value'),
    },
  ),
  row('limitDropped', '排放口仍在而取消其污染物限值', 'a limit dropped at an outfall that stays', {
    ...reapplication(3, 'concentrationIncreased'),
    ...unsure,
    fits: (difference, versions) =>
      removed('limits.*')(difference, versions) && !ofGoneOutlet(difference, versions),
  }),
];

const unknown: ChangeRow = row('unknown', '规则表未列明的变化', 'something that no row of the table knows', {
  ...reapplication(3),
  ...unsure,
  citation: cite('REG', '15'),
  fits: () => true,
});

/**
 * Law.md 2.2 as a table: what is a change and what needs a re-application (REG 14, 15; M32 for what else is recorded). The
 * first row that fits decides, and the last fits everything: unknown means re-application.
 */
export const changeTable: readonly ChangeRow[] = [
  ...recordItself,
  ...holder,
  ...site,
  ...project,
  ...outfalls,
  ...discharge,
  ...lesser,
  unknown,
];

/** Contents that are not structured can not be compared: uncertain. */
export const unstructured: ChangeRow = row(
  'unstructured',
  '许可内容不是结构化数据，不能比对',
  'the contents are not structured and can not be compared',
  {
    ...reapplication(3),
    ...unsure,
    citation: cite('REG', '15'),
    fits: () => false,
  },
);

/** How a ledger names a row. */
export const codeOfRow = (id: string): string => `changeTable.${id}`;

/** The row that a ledger names; undefined for any other code. */
export const rowOfCode = (code: string): ChangeRow | undefined =>
  code.startsWith('changeTable.')
    ? [...changeTable, unstructured].find(({ id }) => code === codeOfRow(id))
    : undefined;
