import { z } from 'zod';
import {
  count,
  day,
  figure,
  medium,
  monitoringItem,
  permitCategory,
  position,
  reportDuty,
  text,
} from './fields.js';
import { permitContext } from './permitContext.js';

const tonnesByYear = z
  .array(figure)
  .min(1)
  .max(5)
  .meta({ description: '第一至第五年，吨 · tonnes in years 1 to 5' });

const unit = z
  .strictObject({
    name: text,
    creditCode: text.optional(),
    address: text.optional(),
    industries: z.array(z.string().regex(/^\d{2,4}$/, 'a GB/T 4754-2017 code')).min(1),
    keyLists: z
      .array(z.strictObject({ medium: z.enum(['air', 'water', 'soil', 'noise', 'risk']), year: z.int() }))
      .default([])
      .meta({ description: '重点排污单位名录 · lists of key units, by medium and year' }),
    areas: z
      .array(z.enum(['heavyPollution', 'staggeredProduction', 'specialLimits']))
      .default([])
      .meta({ description: '所在区域的要求 · what its area demands' }),
    boundary: z.array(position).default([]).meta({ description: '厂界多边形 · the site as a polygon' }),
    catalogue108: z.boolean().optional().meta({ description: '属名录第108类 · of no. 108 of the catalogue' }),
    industrialSolidWaste: z.boolean().optional(),
    registration: z
      .strictObject({ number: text, filedOn: day, validTo: day })
      .optional()
      .meta({ description: '所持排污登记 · a registration form that it holds' }),
  })
  .meta({ description: '(1) 单位与场所 · identity and site' });

const permit = z
  .strictObject({
    number: text.optional(),
    businessType: z.enum(['first', 'reapplication', 'change', 'renewal', 'afterRectification']),
    category: permitCategory,
    decidedOn: day.meta({ description: '决定日期 · day of the decision' }),
    issuedOn: day.optional(),
    validFrom: day,
    validTo: day,
    version: z.int().min(1).optional(),
    norms: z
      .array(text)
      .default([])
      .meta({ description: '适用技术规范，如 HJ 942-2018 · technical norms it rests on' }),
    institutions: z.array(text).optional().meta({
      description:
        '编制或评估的技术机构 · institutions that compiled or assessed it: none of them reviews it',
    }),
  })
  .meta({ description: '(2) 有效期、机关、编号 · validity, authority, number' });

const line = z
  .strictObject({
    name: text,
    industry: z.string().regex(/^\d{2,4}$/, 'a GB/T 4754-2017 code'),
    steps: z.array(text).default([]).meta({ description: '工序 · process steps' }),
    catalogueClass: permitCategory.optional().meta({
      description:
        '名录对该生产线的类别，由分类岗填写 · the catalogue’s class, as the classifying desk has it',
    }),
    localClass: permitCategory
      .optional()
      .meta({ description: '地方名录，只可更严 · a local list’s, upward only' }),
  })
  .meta({ description: '(3) 生产线 · a production line' });

const commonProcesses = z
  .strictObject({
    boilers: z
      .array(
        z.strictObject({
          id: text,
          fuel: z.enum(['coal', 'oil', 'gas', 'biomass', 'electric', 'other']),
          tonnesPerHour: figure.min(0).optional(),
          megawatts: figure.min(0).optional(),
        }),
      )
      .default([]),
    furnaces: z
      .array(
        z.strictObject({
          id: text,
          heating: z.enum(['gas', 'electric', 'coal', 'oil', 'biomass', 'other']),
          use: z.enum(['heating', 'heatTreatment', 'drying', 'melting', 'calcining', 'other']),
        }),
      )
      .default([]),
    surfaceTreatment: z
      .strictObject({ steps: z.array(text).default([]), solventTonnes: figure.min(0).optional() })
      .optional(),
    waterTreatment: z
      .strictObject({
        works: z.enum(['own', 'town', 'industrialPark']),
        cubicMetresPerDay: figure.min(0),
      })
      .optional(),
  })
  .meta({ description: '(3) 通用工序 · common processes (catalogue nos. 109–112) and sewage works (99)' });

const product = z
  .strictObject({
    name: text,
    capacity: figure,
    unit: text,
    hoursPerYear: figure.optional(),
    eiaCapacity: figure.optional().meta({ description: '环评批复产能 · capacity that the EIA approved' }),
  })
  .meta({ description: '(3) 产品与产能 · products and design capacity' });

const facility = z
  .strictObject({
    id: text,
    name: text,
    kind: text.optional().meta({ description: '设施类型代号，见 README · kind, see the reference tables' }),
    outlets: z.array(text).default([]).meta({ description: '对应排放口 · outlets it discharges through' }),
    noDischarge: z.boolean().optional().meta({ description: '不产生污染物 · produces no pollutant' }),
    count: count.optional(),
    eiaCount: count.optional(),
    siteCount: count.optional(),
    treatment: z
      .strictObject({ name: text, pollutants: z.array(text).default([]) })
      .optional()
      .meta({ description: '污染治理设施 · its treatment' }),
  })
  .meta({ description: '(3) 产排污环节 · a facility' });

const outlet = z
  .strictObject({
    id: text,
    medium,
    type: z.enum(['main', 'general', 'other']),
    position: position.optional(),
    heightMetres: figure.optional(),
    requiredHeightMetres: figure.optional(),
    mode: z.enum(['direct', 'indirect', 'none']).optional(),
    destination: z.enum(['surfaceWater', 'townSewageWorks', 'parkSewageWorks', 'other']).optional(),
    standardColumn: z
      .enum(['direct', 'indirect'])
      .optional()
      .meta({ description: '执行标准的列：直接、间接 · the column of the standard that is applied' }),
    domesticSewageOnly: z.boolean().optional(),
  })
  .meta({ description: '(4) 排放口 · an outfall' });

const calculation = z
  .discriminatedUnion('by', [
    z.strictObject({
      by: z.literal('product'),
      tonnes: figure,
      cubicMetresPerTonne: figure,
      milligramsPerLitre: figure,
    }),
    z.strictObject({
      by: z.literal('flow'),
      cubicMetresPerDay: figure,
      days: figure,
      milligramsPerLitre: figure,
    }),
    z.strictObject({
      by: z.literal('air'),
      hours: figure,
      cubicMetresPerHour: figure,
      milligramsPerCubicMetre: figure,
    }),
  ])
  .meta({ description: '许可排放量的核算 · how the amount was computed' });

const limit = z
  .strictObject({
    outlet: text,
    pollutant: text,
    concentration: z
      .strictObject({
        value: figure.optional(),
        text: text.optional().meta({ description: '表格原文 · the cell as printed' }),
        unit: text.optional(),
      })
      .optional(),
    annual: tonnesByYear.optional(),
    standards: z
      .array(z.strictObject({ number: text, row: text.optional(), value: figure.optional() }))
      .default([])
      .meta({ description: '执行标准及其限值 · standards, with row or value' }),
    calculation: calculation.optional(),
  })
  .meta({ description: '(5) 许可限值 · a permitted limit' });

const total = z
  .strictObject({
    pollutant: text,
    medium,
    main: tonnesByYear,
    general: tonnesByYear.optional(),
    plant: tonnesByYear,
    normResult: figure.optional().meta({ description: '按技术规范核算，吨/年 · by the norm, t/a' }),
    phasedPlan: z.boolean().optional(),
  })
  .meta({ description: '(5) 全厂合计 · a total of the plant' });

/** A permit version: the ten groups of REG 13, other legal duties, and what it rests on. Fields absent are blank cells. */
export const permitContent = z
  .strictObject({
    unit,
    permit,
    lines: z.array(line).default([]),
    commonProcesses: commonProcesses.optional(),
    products: z.array(product).default([]),
    facilities: z.array(facility).default([]),
    outlets: z.array(outlet).default([]),
    limits: z.array(limit).default([]),
    totals: z.array(total).default([]),
    operation: z.array(text).default([]).meta({ description: '(6) 运行维护 · operation and maintenance' }),
    specialPeriods: z
      .array(z.strictObject({ kind: text, measures: text }))
      .optional()
      .meta({ description: '(7) 特殊时段 · special periods' }),
    monitoring: z.array(monitoringItem).optional().meta({ description: '(8) 自行监测 · self-monitoring' }),
    ledger: z
      .strictObject({ retentionYears: figure.optional() })
      .optional()
      .meta({ description: '(8) 台账 · ledger' }),
    reports: z.array(reportDuty).optional().meta({ description: '(8) 执行报告 · execution reports' }),
    disclosure: z.array(text).optional().meta({ description: '(9) 信息公开 · disclosure' }),
    fugitive: z
      .array(z.strictObject({ place: text, pollutant: text, annual: tonnesByYear.optional() }))
      .default([])
      .meta({ description: '(10) 无组织排放 · fugitive emissions' }),
    noise: z.array(text).optional().meta({ description: '工业噪声 · industrial noise' }),
    solidWaste: z.array(text).optional().meta({ description: '工业固体废物 · solid waste' }),
    ...permitContext,
  })
  .meta({ title: '排污许可证内容 · content of a permit version' });

export type PermitContent = z.output<typeof permitContent>;

/** A content that somebody handed in, read as a permit's; undefined where it is none. */
export function readPermitContent(value: unknown): PermitContent | undefined {
  const parsed = permitContent.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
