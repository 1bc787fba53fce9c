import { z } from 'zod';
import { count, day, figure, text } from './fields.js';

const tonnesOf = z.array(z.strictObject({ pollutant: text, tonnes: figure })).default([]);

const basis = z
  .strictObject({
    eia: z
      .array(
        z.strictObject({
          number: text,
          approvedOn: day,
          outlets: count.optional(),
          quotas: tonnesOf.meta({ description: '环评批复的排放量，吨/年 · amounts it approved, t/a' }),
        }),
      )
      .default([]),
    totalControl: tonnesOf.meta({ description: '总量指标，吨/年 · total-control index, t/a' }),
  })
  .meta({ description: '环评与总量 · EIA approvals and total control' });

const procedure = z
  .strictObject({
    acceptedOn: day.optional(),
    siteVisit: z.boolean().optional(),
    productionStartedOn: day.optional(),
    previousValidTo: day
      .optional()
      .meta({ description: '变更或延续前的届满日 · last day before this version' }),
    renewalFiledOn: day.optional(),
    basicDataChanges: z
      .array(
        z.strictObject({
          what: z.enum(['name', 'address', 'legalRepresentative', 'principal']),
          changedOn: day,
          appliedOn: day.optional(),
        }),
      )
      .default([]),
    rectification: z
      .strictObject({
        from: day,
        to: day,
        reason: z.enum(['standards', 'papers', 'other']).optional(),
      })
      .optional()
      .meta({ description: '限期整改通知书 · rectification notice' }),
  })
  .meta({ description: '办理过程 · the procedure' });

const previous = z
  .strictObject({
    outlets: z
      .array(z.strictObject({ id: text, mode: text.optional(), destination: text.optional() }))
      .default([]),
    limits: z
      .array(
        z.strictObject({
          outlet: text,
          pollutant: text,
          value: figure.optional(),
          annual: figure.optional().meta({ description: '第一年，吨 · tonnes in year 1' }),
        }),
      )
      .default([]),
  })
  .meta({ description: '上一版本 · the version before' });

/** What a permit rests on and how it came about: not part of the certificate, but what the checks compare it with. */
export const permitContext = {
  attachments: z
    .array(z.enum(['flowChart', 'layout', 'monitoringMap', 'commitment', 'disclosureNote']))
    .optional()
    .meta({ description: '附图附件 · annexes and drawings' }),
  basis: basis.optional(),
  procedure: procedure.optional(),
  previous: previous.optional(),
  changes: z
    .array(day)
    .default([])
    .meta({ description: '历次变更日期，含本次 · days of this permit’s changes, this one among them' }),
};
