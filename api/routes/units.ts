import { z } from 'zod';
import { DomainError } from '../../rules/errors.js';
import { addUnit, countUnits, findUnitIn, listUnits, type Unit } from '../../db/queries/units.js';
import { shortText } from '../../workflows/messages/fields.js';
import { areaQuery, pageOfSchema, pageQuery, searchQuery, tallySchema } from '../fields.js';
import { maskContact, readsPersons } from '../masking.js';
import { type Person, scopeFor } from '../policy.js';
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

/** A unit that an import has written down has no contact until somebody adds one. */
const unitOnRecord = unitSchema
  .extend({ contact: z.string().meta({ description: 'empty where none is known yet' }) })
  .meta({ id: 'UnitOnRecord' });

const unitFilter = { area: areaQuery, search: searchQuery } as const;

/** A unit as a person sees it. */
const unitView = (unit: Unit, person: Person): Unit => ({
  ...unit,
  contact: readsPersons(person) ? unit.contact : maskContact(unit.contact),
});

/** Discharge units: master data, so that an application has somebody to be of. */
export const units: Resource = {
  name: 'units',
  description: '排污单位 / discharge units. Writing one down needs no Idempotency-Key: its id is its key',
  routes: [
    route({
      method: 'get',
      path: '/units',
      summary:
        '排污单位清单 / units by their id: of one’s area, or with a case of one’s organ; a unit sees itself',
      access: 'unit.read',
      query: pageQuery.extend(unitFilter),
      answers: { 200: { description: 'A page of units', schema: pageOfSchema(unitOnRecord) } },
      async handle({ db }, person, { query: { limit, cursor, ...filter } }) {
        const page = { limit, cursor };
        const found = await listUnits(db, scopeFor(person, 'unit.read'), filter, page);
        return { status: 200, body: { ...found, items: found.items.map((unit) => unitView(unit, person)) } };
      },
    }),
    route({
      method: 'get',
      path: '/units/counts',
      summary: '排污单位计数 / how many units there are, by area',
      description: 'Takes the filters of the list.',
      access: 'unit.read',
      query: z.object(unitFilter),
      answers: { 200: { description: 'Counts', schema: tallySchema('areas') } },
      async handle({ db }, person, { query }) {
        return { status: 200, body: await countUnits(db, scopeFor(person, 'unit.read'), query) };
      },
    }),
    route({
      method: 'get',
      path: '/units/{id}',
      summary: '一个排污单位 / one unit, with the addresses of its permits, cases and documents',
      access: 'unit.read',
      params: z.object({ id: shortText }),
      answers: {
        200: {
          description: 'The unit',
          schema: unitOnRecord.extend({
            permits: z.string().meta({ description: 'the list of its permits' }),
            cases: z.string(),
            documents: z.string(),
          }),
        },
      },
      async handle({ db }, person, { path: { id } }) {
        const unit = await findUnitIn(db, scopeFor(person, 'unit.read'), id);
        if (unit === undefined)
          throw new DomainError('not.found', { what: 'there is no such unit', found: id });
        const ofUnit = (list: string): string => `/${list}?unit=${encodeURIComponent(id)}`;
        const lists = { permits: ofUnit('permits'), cases: ofUnit('cases'), documents: ofUnit('documents') };
        return { status: 200, body: { ...unitView(unit, person), ...lists } };
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
        const { everything, areas } = scopeFor(person, 'unit.manage');
        if (!everything && !areas.some((digits) => body.area.startsWith(digits))) {
          throw new DomainError('auth.forbidden', {
            what: 'a unit is written down by the desk of its own area',
            where: 'body.area',
            expected: areas.map((digits) => `${digits}…`).join(' | '),
            found: body.area,
          });
        }
        const standing = await addUnit(db, body);
        if (JSON.stringify(unitOnRecord.parse(standing)) !== JSON.stringify(body)) {
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
