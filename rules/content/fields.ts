import { z } from 'zod';
import { type CalendarDate, type Instant, parseDate, parseInstant } from '../date.js';

/** A name or a short statement. */
export const text = z.string().min(1).max(2000);

/** Days past it are slips of the pen; and what is counted from a day must stay inside the calendar. */
const lastYear = '2199';

/** A day in Asia/Shanghai. */
export const day = z.iso.date().transform((value, context): CalendarDate => {
  if (value >= '1992' && value.slice(0, 4) <= lastYear) return parseDate(value);
  context.addIssue({ code: 'custom', message: `a day from 1992 to ${lastYear}` });
  return z.NEVER;
});

/** A moment, RFC 3339 with its offset. */
export const instant = z.iso.datetime({ offset: true }).transform((value, context): Instant => {
  // A year of its own on both sides: the offset may move a moment into its neighbour.
  if (value >= '1993' && value.slice(0, 4) < lastYear) return parseInstant(value);
  context.addIssue({ code: 'custom', message: `a moment from 1993 to ${lastYear}` });
  return z.NEVER;
});

/** A number of t, mg/L and the like, as the form holds it; what may not be negative is for a rule to say. */
export const figure = z.number();

export const count = z.int().min(0);

export const medium = z.enum(['air', 'water']).meta({ description: '介质：废气、废水 · air or water' });

export const permitCategory = z
  .enum(['key', 'simplified', 'registration'])
  .meta({ description: '管理类别：重点、简化、登记 · key, simplified, registration' });

export const reportType = z
  .enum(['year', 'halfYear', 'quarter', 'month'])
  .meta({ description: '年报、半年报、季报、月报 · year, half-year, quarter, month' });

export const position = z
  .strictObject({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) })
  .meta({ description: '经纬度，度 · degrees' });

/** The duty to file a report, as the permit words it. */
export const reportDuty = z
  .strictObject({
    type: reportType,
    dueText: text.optional().meta({ description: '上报时限原文 · due text, such as 次年1月31日前' }),
    content: z.array(text).default([]).meta({ description: '报告内容 · content items' }),
  })
  .meta({ description: '执行报告要求 · a duty to report' });

/** A pollutant at an outlet, as the self-monitoring part of a permit, or a plan, has it. */
export const monitoringItem = z
  .strictObject({
    outlet: text.meta({ description: '排放口编号 · outlet id' }),
    outletType: z.enum(['main', 'general', 'other']).optional(),
    medium,
    pollutant: text,
    mainIndicator: z.boolean().optional().meta({
      description:
        '主要监测指标；未填时按总量控制污染物判断 · a main indicator; by default the controlled ones',
    }),
    automatic: z.boolean().default(false),
    networked: z.boolean().optional().meta({ description: '已联网 · connected to the authority' }),
    instrument: text.optional().meta({ description: '自动监测仪器 · instrument' }),
    place: text.optional().meta({ description: '安装或采样位置 · position' }),
    backup: text.optional().meta({ description: '自动监测故障时的手工监测 · manual backup' }),
    samples: count.optional().meta({ description: '一次采样个数 · samples in a run' }),
    sampling: z.enum(['continuous', 'discontinuous']).optional(),
    frequency: text.optional().meta({ description: '监测频次，如 1次/季 · frequency' }),
    method: text.optional().meta({ description: '监测方法标准号 · method' }),
  })
  .meta({ description: '自行监测项目 · an item of self-monitoring' });

export type Medium = z.infer<typeof medium>;
export type PermitCategory = z.infer<typeof permitCategory>;
export type ReportType = z.infer<typeof reportType>;
export type Position = z.infer<typeof position>;
export type MonitoringItem = z.output<typeof monitoringItem>;
