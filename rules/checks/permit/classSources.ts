import type { PermitCategory } from '../../content/fields.js';
import type { PermitContent } from '../../content/permit.js';
import { pollutantOf, type PollutantCode } from '../reference/pollutants.js';
import { place, say, type Words } from '../rule.js';

/** A ground for a class: what the catalogue, or a list, gives for a part of the unit. */
export interface ClassSource {
  readonly rule: 'PQ-01' | 'PQ-03' | 'PQ-04' | 'PQ-05' | 'PQ-06' | 'PQ-07' | 'PQ-08' | 'PQ-09';
  readonly class: PermitCategory;
  readonly at: string;
  readonly why: Words;
}

/** From the lightest to the heaviest. */
const weights: Readonly<Record<PermitCategory, number>> = { registration: 0, simplified: 1, key: 2 };

/** Whether one class is heavier than another. */
export const isHigher = (one: PermitCategory, other: PermitCategory): boolean =>
  weights[one] > weights[other];

/** The names of the classes. */
export const classNames: Readonly<Record<PermitCategory, Words>> = {
  key: say('重点管理', 'key management'),
  simplified: say('简化管理', 'simplified management'),
  registration: say('登记管理', 'registration management'),
};

/** Thermal decomposition or hydrolysis, by the names that permits use for it; carbonising (炭化) counts. Seen. */
const decomposition = /热解|裂解|炭化|碳化|干馏|水解|热分解/;
const mixingOnly = /^(混合|分装|复配|包装|搅拌)/;
const surfaceSteps = /电镀|酸洗|抛光|热浸镀|淬火|钝化/;

/** Every ground for a class that can be read from a permit. The heaviest wins. */
export function classSources(permit: PermitContent): readonly ClassSource[] {
  return [
    ...permit.lines.flatMap(ofLine),
    ...ofKeyLists(permit),
    ...ofCommonProcesses(permit),
    ...ofAmounts(permit),
  ];
}

function ofLine(line: PermitContent['lines'][number], index: number): ClassSource[] {
  const sources: ClassSource[] = [];
  const given = [line.catalogueClass, line.localClass].filter((each) => each !== undefined);
  const heaviest = given.reduce<PermitCategory | null>(
    (found, each) => (found === null || isHigher(each, found) ? each : found),
    null,
  );
  if (heaviest !== null) {
    const why = say(`生产线“${line.name}”按名录`, `line “${line.name}” by the catalogue`);
    sources.push({ rule: 'PQ-01', class: heaviest, at: place('lines', index, 'catalogueClass'), why });
  }
  if (line.industry === '2663') {
    const step = line.steps.find((each) => decomposition.test(each));
    const light = line.steps.length > 0 && line.steps.every((each) => mixingOnly.test(each));
    const at = place('lines', index, 'steps');
    if (step !== undefined)
      sources.push({
        rule: 'PQ-03',
        class: 'key',
        at,
        why: say(
          `2663 含热解或水解工序“${step}”`,
          `2663 with thermal decomposition or hydrolysis, “${step}”`,
        ),
      });
    else if (!light && line.steps.length > 0)
      sources.push({
        rule: 'PQ-03',
        class: 'simplified',
        at,
        why: say(
          '2663 不含热解、水解，且非单纯混合分装',
          '2663 without decomposition, not mixing or filling alone',
        ),
      });
  }
  return sources;
}

function ofKeyLists({ unit, commonProcesses }: PermitContent): ClassSource[] {
  if (commonProcesses === undefined && unit.catalogue108 !== true) return [];
  return unit.keyLists.flatMap(({ medium, year }, index): ClassSource[] =>
    medium === 'air' || medium === 'water'
      ? [
          {
            rule: 'PQ-04',
            class: 'key',
            at: place('unit.keyLists', index),
            why: say(`列入${year}年重点排污单位名录`, `on the list of key units of ${year}`),
          },
        ]
      : [],
  );
}

/** 1 t/h of steam is 0.7 MW. */
const tonnesPerMegawatt = 1 / 0.7;

function ofCommonProcesses({ commonProcesses, lines }: PermitContent): ClassSource[] {
  if (commonProcesses === undefined) return [];
  const { boilers, furnaces, surfaceTreatment, waterTreatment } = commonProcesses;
  const sources: ClassSource[] = [];
  const burning = boilers.filter(({ fuel }) => fuel !== 'electric');
  const output = burning.reduce(
    (sum, { tonnesPerHour, megawatts }) => sum + (tonnesPerHour ?? (megawatts ?? 0) * tonnesPerMegawatt),
    0,
  );
  if (burning.length > 0) {
    const total = Number(output.toFixed(2));
    sources.push({
      rule: 'PQ-05',
      class: output >= 20 ? 'simplified' : 'registration',
      at: 'commonProcesses.boilers',
      why: say(`锅炉合计 ${total} t/h（不计电锅炉）`, `boilers of ${total} t/h, electric ones left out`),
    });
  }
  const furnace = furnaces.findIndex(
    ({ heating, use }) =>
      !(
        (heating === 'gas' || heating === 'electric') &&
        ['heating', 'heatTreatment', 'drying'].includes(use)
      ),
  );
  if (furnaces.length > 0)
    sources.push({
      rule: 'PQ-06',
      class: furnace === -1 ? 'registration' : 'simplified',
      at: place('commonProcesses.furnaces', Math.max(0, furnace)),
      why:
        furnace === -1
          ? say(
              '仅有以气、电加热的加热、热处理、干燥炉',
              'only gas or electric heating, heat-treatment, drying',
            )
          : say('有其他工业炉窑', 'another kind of furnace'),
    });
  if (surfaceTreatment !== undefined) {
    const step = surfaceTreatment.steps.find((each) => surfaceSteps.test(each));
    const solvent = surfaceTreatment.solventTonnes ?? 0;
    sources.push({
      rule: 'PQ-07',
      class: step !== undefined || solvent >= 10 ? 'simplified' : 'registration',
      at: 'commonProcesses.surfaceTreatment',
      why: say(
        `表面处理：${step ?? ''} 溶剂 ${solvent} t/a`,
        `surface treatment: ${step ?? ''} solvent ${solvent} t/a`,
      ),
    });
  }
  if (waterTreatment !== undefined) {
    const { works, cubicMetresPerDay: flow } = waterTreatment;
    const sewage =
      works === 'town' ||
      works === 'industrialPark' ||
      lines.some(({ industry }) => industry.startsWith('462'));
    const heavy = works === 'industrialPark' || flow >= 20_000;
    const light = flow >= 500 ? 'simplified' : 'registration';
    const own = flow >= 20_000 ? 'simplified' : 'registration';
    sources.push({
      rule: 'PQ-08',
      class: sewage ? (heavy ? 'key' : light) : own,
      at: 'commonProcesses.waterTreatment',
      why: say(`水处理 ${flow} m³/d`, `water treatment of ${flow} m³/d`),
    });
  }
  return sources;
}

/** Above these tonnes a year a unit of no. 108 is a key one. */
const amountThresholds: readonly { readonly codes: readonly PollutantCode[]; readonly tonnes: number }[] = [
  { codes: ['so2'], tonnes: 250 },
  { codes: ['nox'], tonnes: 250 },
  { codes: ['particulates'], tonnes: 500 },
  { codes: ['cod'], tonnes: 30 },
  { codes: ['totalNitrogen'], tonnes: 10 },
  { codes: ['totalPhosphorus'], tonnes: 0.5 },
  { codes: ['ammoniaNitrogen', 'oil', 'phenol'], tonnes: 30 },
];

function ofAmounts({ unit, totals }: PermitContent): ClassSource[] {
  if (unit.catalogue108 !== true) return [];
  return amountThresholds.flatMap(({ codes, tonnes }): ClassSource[] => {
    const amounts = totals.flatMap(({ pollutant, plant }, index) => {
      const code = pollutantOf(pollutant)?.code;
      return code !== undefined && codes.includes(code)
        ? [{ index, amount: Math.max(...plant), pollutant }]
        : [];
    });
    const [first] = amounts;
    const sum = amounts.reduce((total, { amount }) => total + amount, 0);
    if (first === undefined || sum <= tonnes) return [];
    const names = amounts.map(({ pollutant }) => pollutant).join('、');
    return [
      {
        rule: 'PQ-09',
        class: 'key',
        at: place('totals', first.index, 'plant'),
        why: say(`${names} ${sum} t/a，超过 ${tonnes} t/a`, `${names} ${sum} t/a, above ${tonnes} t/a`),
      },
    ];
  });
}
