import { added, any, at, down, either, removed } from './reading.js';
import { amounts, capacities, type ChangeRow, recorded, row } from './row.js';

/** What is a change: another class, less of everything, better control, how the unit manages and reports. */
export const lesser: readonly ChangeRow[] = [
  row('class', '管理类别变更（重点与简化之间）', 'the class: key or simplified', {
    ...recorded,
    standing: 'derived',
    fits: (difference) =>
      at(difference, 'permit.category') &&
      [difference.before, difference.after].every(
        (category) => category === 'key' || category === 'simplified',
      ),
  }),
  row(
    'fewer',
    '排放口、设施、产品、污染物减少，或许可量、浓度、产能降低',
    'fewer outfalls, facilities, products or pollutants, or lower amounts',
    {
      ...recorded,
      fits: either(
        removed('outlets.*', 'limits.*', 'facilities.*', 'lines.*', 'products.*', 'fugitive.*'),
        removed('unit.industries.*', 'commonProcesses.boilers.*', 'commonProcesses.furnaces.*'),
        removed('commonProcesses.surfaceTreatment.**', 'commonProcesses.waterTreatment.**'),
        down(...amounts, 'fugitive.*.annual.*', 'limits.*.concentration.value', 'facilities.*.count'),
        down(...capacities),
        added('totals.*'),
      ),
    },
  ),
  row(
    'treatment',
    '污染治理设施新增或者处理的污染物增加',
    'a control facility where there was none, or one that treats more',
    {
      ...recorded,
      fits: added('facilities.*.treatment.name', 'facilities.*.treatment.pollutants.*'),
    },
  ),
  row(
    'management',
    '自行监测、台账、执行报告、信息公开、运行维护等管理要求',
    'self-monitoring, ledger, reports, disclosure, operation',
    {
      ...recorded,
      fits: either(
        any('monitoring.**', 'reports.**', 'ledger.**', 'disclosure.**', 'operation.**', 'specialPeriods.**'),
        any('noise.**', 'solidWaste.**', 'attachments.**', 'permit.norms.**', 'limits.*.standards.**'),
        any('unit.keyLists.**', 'unit.areas.**', 'unit.catalogue108', 'unit.industrialSolidWaste'),
        any('facilities.*.name', 'facilities.*.siteCount', 'facilities.*.eiaCount', 'lines.*.steps.**'),
        any('limits.*.calculation.**', 'totals.*.normResult', 'totals.*.phasedPlan', 'basis.totalControl.**'),
      ),
    },
  ),
];
