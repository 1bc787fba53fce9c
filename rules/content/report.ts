import { z } from 'zod';
import { annualParts } from '../checks/reference/annualParts.js';
import { count, day, figure, medium, permitCategory, reportDuty, reportType, text } from './fields.js';

const permit = z
  .strictObject({
    category: permitCategory,
    validFrom: day,
    industries: z.array(z.string().regex(/^\d{2,4}$/, 'a GB/T 4754-2017 code')).default([]),
    duties: z.array(reportDuty).default([]),
    staggeredProduction: z.boolean().default(false),
    limits: z
      .array(
        z.strictObject({
          outlet: text,
          medium,
          pollutant: text,
          concentration: figure.optional(),
          amount: figure.optional().meta({ description: '本期许可排放量，吨 · permitted in this period, t' }),
          method: text.optional(),
        }),
      )
      .default([]),
    products: z
      .array(z.strictObject({ name: text, capacity: figure, unit: text }))
      .default([])
      .meta({ description: '本期设计产能 · design capacity for this period' }),
  })
  .meta({ description: '许可证的要求 · what the permit demands' });

const emission = z
  .strictObject({
    outlet: text,
    medium,
    pollutant: text,
    validCount: count.optional(),
    min: figure.optional(),
    mean: figure.optional(),
    max: figure.optional(),
    exceedCount: count.optional(),
    exceedRate: figure.optional().meta({ description: '超标率，0 至 1 · 0 to 1' }),
    actual: figure.optional().meta({ description: '实际排放量，吨 · tonnes' }),
    parts: z
      .array(figure.nullable())
      .default([])
      .meta({ description: '各月或各季，吨 · by month or quarter, tonnes' }),
    hours: figure.optional(),
    flow: figure
      .optional()
      .meta({ description: '废气 Nm³/h；废水为本期 m³ · air Nm³/h; water m³ in the period' }),
    method: z.enum(['automatic', 'manual', 'massBalance', 'coefficient']).optional(),
    validAutomaticData: z.boolean().optional(),
    validManualData: z.boolean().optional(),
    note: text.optional(),
    lastYear: figure.optional(),
    priorPeriod: figure.optional(),
  })
  .meta({ description: '排放口、污染物一行 · a row of outlet and pollutant' });

const fuel = z.strictObject({
  name: z.enum(['coal', 'oil', 'gas', 'biomass', 'other']),
  tonnes: figure,
  sulphurPercent: figure.optional(),
  ashPercent: figure.optional(),
  megajoulesPerKilogram: figure.optional(),
});

/** An execution report with the demands of its permit, and what else is known of its period. */
export const executionReport = z
  .strictObject({
    permit,
    type: reportType,
    year: z.int().min(2016).max(2100),
    index: z
      .int()
      .min(1)
      .max(12)
      .default(1)
      .meta({ description: '第几季、月、半年 · which quarter, month, half' }),
    submittedOn: day.optional().meta({ description: '提交日期；未填为未提交 · absent: not filed' }),
    dueOverride: day.optional().meta({ description: '公告另定的日期 · a day that an announcement sets' }),
    filed: z
      .array(z.strictObject({ type: reportType, index: z.int().min(1).max(12).default(1) }))
      .default([])
      .meta({ description: '同年已提交的其他报告 · other reports filed for this year' }),
    parts: z.array(z.enum(annualParts)).optional(),
    blankCells: z.array(text).default([]).meta({ description: '必填空白单元 · required cells left blank' }),
    emissions: z.array(emission).default([]),
    products: z.array(z.strictObject({ name: text, amount: figure, unit: text })).default([]),
    hours: figure.optional().meta({ description: '本期运行小时 · hours of operation' }),
    fuels: z.array(fuel).default([]),
    balance: z
      .strictObject({
        rawSulphurTonnes: figure.optional(),
        ashInputTonnes: figure.optional(),
        codInletTonnes: figure.optional(),
        waterUsed: figure.optional(),
        taxPaid: figure.optional(),
      })
      .optional()
      .meta({ description: '物料、用水、税款 · balances, water, tax' }),
    shutdown: z
      .strictObject({ marked: z.boolean(), note: text.optional() })
      .optional()
      .meta({ description: '停产标记与说明 · shutdown mark and note' }),
    staggeredStatement: text.optional(),
    abnormalities: z
      .array(z.strictObject({ outlet: text.optional(), cause: text.optional(), measure: text.optional() }))
      .default([])
      .meta({ description: '报告的异常 · abnormalities reported' }),
    knownAbnormalities: z
      .array(z.strictObject({ outlet: text.optional(), on: day }))
      .default([])
      .meta({ description: '台账或自动监测中的异常 · abnormalities in ledger or automatic data' }),
    labResults: z
      .array(
        z.strictObject({
          outlet: text,
          pollutant: text,
          mean: figure.optional(),
          max: figure.optional(),
        }),
      )
      .default([])
      .meta({ description: '检测报告的数值 · values of the lab report' }),
    monitoring: z
      .array(z.strictObject({ outlet: text, pollutant: text, frequency: text, validResults: count }))
      .default([])
      .meta({ description: '自行监测执行情况 · monitoring as carried out' }),
    attachments: z.array(z.enum(['calculation', 'monitoringMap', 'other'])).default([]),
    commitmentSigned: z.boolean().optional(),
    undisclosed: z
      .array(text)
      .default([])
      .meta({ description: '平台未公开的月、季 · months or quarters not public' }),
  })
  .meta({ title: '排污许可证执行报告 · execution report' });

export type ExecutionReport = z.output<typeof executionReport>;
export type EmissionRow = ExecutionReport['emissions'][number];
