import { z } from 'zod';
import { day, figure, instant, monitoringItem, text } from './fields.js';

const stretch = z.strictObject({ from: day, to: day });

const result = z
  .strictObject({
    outlet: text,
    pollutant: text,
    start: instant,
    end: instant.optional(),
    value: figure.optional(),
    limit: figure.optional().meta({ description: '许可浓度 · the permitted concentration' }),
    source: z
      .enum(['onSite', 'delivered'])
      .optional()
      .meta({ description: '现场采样、送样 · taken on site, delivered' }),
    reported: z
      .boolean()
      .optional()
      .meta({ description: '超标已报告并加密监测 · the exceedance was reported and monitoring made denser' }),
  })
  .meta({ description: '一次监测结果 · a result' });

const labRecord = z
  .strictObject({
    person: text.meta({ description: '人员代号，不填姓名 · a code, not a name' }),
    place: text,
    start: instant,
    end: instant,
    printedVolume: figure.optional(),
    recordedVolume: figure.optional(),
  })
  .meta({ description: '采样原始记录 · a raw record of sampling' });

const hour = z.strictObject({ at: instant, flow: figure, concentration: figure });

/** A self-monitoring plan with what was measured under it. */
export const monitoringPlan = z
  .strictObject({
    unit: z.strictObject({
      name: text,
      keyUnit: z.boolean(),
      industries: z.array(z.string().regex(/^\d{2,4}$/, 'a GB/T 4754-2017 code')).default([]),
    }),
    guides: z
      .array(text)
      .default([])
      .meta({ description: '所依据的监测指南，如 HJ 819-2017 · guides it rests on' }),
    items: z.array(monitoringItem).default([]),
    required: z
      .array(z.strictObject({ outlet: text, pollutant: text }))
      .default([])
      .meta({ description: '许可证要求监测的项目 · what the permit demands' }),
    noise: z
      .strictObject({ frequency: text.optional(), nightOperation: z.boolean(), nightMeasured: z.boolean() })
      .optional()
      .meta({ description: '厂界噪声 · noise at the boundary' }),
    rawRecordYears: figure.optional().meta({ description: '原始记录保存年限 · retention, years' }),
    period: stretch
      .extend({
        shutdowns: z.array(stretch).default([]).meta({ description: '停产期间 · days without production' }),
        holders: z.array(stretch).default([]).meta({
          description:
            '本单位持证期间；未填为全期 · when this unit held the permit; empty is the whole period',
        }),
      })
      .optional()
      .meta({ description: '所查期间 · the period under check' }),
    results: z.array(result).default([]),
    outages: z
      .array(
        z.strictObject({
          outlet: text,
          pollutant: text,
          from: instant,
          to: instant,
          manual: z.array(instant).default([]),
        }),
      )
      .default([])
      .meta({ description: '自动监测故障及手工监测 · outages with the manual readings' }),
    labRecords: z.array(labRecord).default([]),
    streams: z
      .array(z.strictObject({ outlet: text, pollutant: text, hours: z.array(hour) }))
      .default([])
      .meta({ description: '自动监测小时值 · hourly values of automatic monitoring' }),
  })
  .meta({ title: '自行监测方案与结果 · self-monitoring plan and results' });

export type MonitoringPlan = z.output<typeof monitoringPlan>;
