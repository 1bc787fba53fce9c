import { z } from 'zod';
import { DomainError } from '../../rules/errors.js';
import { addUnit, listUnits } from '../../db/queries/units.js';
import { shortText } from '../../workflows/messages/fields.js';
import { pageOfSchema } from '../fields.js';
import { type Resource, route } from '../route.js';

const division = z.string().regex(/^\d{6}$/, 'expected the six digits of a division');
const unitSchema = z
  .object({
    id: z.string().regex(/^[\w.-]{1,64}$/, 'expected letters, digits, dots, dashes or underscores'),
    /** 统一社会信用代码, or the older code of HJ 608; the permit numbers of the unit begin with it. */
    creditCode: z.string().regex(/^[0-9A-Za-z]{18}$/, 'expected 18 letters or digits'),
    name: shortText,
    area: division,
    contact: shortText.meta({ description: 'where notices go' }),
  })
  .strict()
  .meta({ id: 'Unit' });

const unitOnRecord = unitSchema
  .extend({ contact: z.string().meta({ description: 'empty where none is known yet' }) })
  .meta({ id: 'UnitOnRecord' });

/** Discharge units: master data, so that an application has somebody to be of. */
export const units: Resource = {
  name: 'units',
  description: '排污单位 / discharge units. Writing one down needs no Idempotency-Key: its id is its key',
  routes: [
    route({
      method: 'get',
      path: '/units',
      summary: '排污单位清单 / units by their id',
      access: 'unit.manage',
      query: z.object({
        area: z
          .string()
          .regex(/^\d{1,6}$/)
          .optional()
          .meta({ description: 'a division, or its leading digits' }),
        limit: z.coerce.number<string>().int().min(1).max(500).default(50).meta({ type: 'integer' }),
        cursor: shortText.optional(),
      }),
      answers: { 200: { description: 'A page of units', schema: pageOfSchema(unitOnRecord) } },
      async handle({ db }, _person, { query: { area, limit, cursor } }) {
        const items = await listUnits(db, { area, after: cursor, limit });
        const next = items.length < limit ? null : (items.at(-1)?.id ?? null);
        return { status: 200, body: { items, next } };
      },
    }),
    route({
      method: 'post',
      path: '/units',
      summary: '登记排污单位 / write a unit down; an id that stands for another unit is refused',
      access: 'unit.manage',
      body: unitSchema,
      answers: { 201: { description: 'The unit', schema: unitSchema } },
      async handle({ db, logger }, person, { body }) {
        const standing = await addUnit(db, body);
        if (JSON.stringify(unitSchema.parse(standing)) !== JSON.stringify(body)) {
          throw new DomainError('rule.refused', {
            what: 'this id stands for another unit',
            where: 'body.id',
            found: body.id,
          });
        }
        logger.info({ person: person.id, unit: body.id }, 'unit written down');
        return { status: 201, body: standing };
      },
    }),
  ],
};
