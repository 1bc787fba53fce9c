import { z } from 'zod';
import { caseKinds } from '../workflows/messages/caseId.js';
import { calendarDate, permitNo, shortText } from '../workflows/messages/fields.js';

/** Parts of URLs and answers that several routes share. */

/** RFC 3339 with +08:00. */
export const instant = z
  .string()
  .meta({ description: 'RFC 3339, +08:00', example: '2026-01-05T09:00:00.000+08:00' });

/** A case in a path: `/cases/application/2026000001`. */
export const casePath = z.object({
  kind: z.enum(caseKinds),
  number: shortText.meta({ example: '2026000001' }),
});

/** A task in a path: its id with `/` for `#`. */
export const taskPath = casePath.extend({ task: shortText.meta({ example: 'opinion.water.1' }) });

/** A document in a path: its id as it stands. */
export const documentPath = casePath.extend({ document: shortText.meta({ example: 'document-1' }) });

export const applicationPath = z.object({ number: shortText.meta({ example: '2026000001' }) });
export const permitPath = z.object({ no: permitNo });

/** A whole number in a query, between two others, both included; `otherwise` where it is absent. */
export const integerQuery = (minimum: number, maximum: number, otherwise: number, description?: string) =>
  z.coerce
    .number<string>()
    .int()
    .min(minimum)
    .max(maximum)
    .default(otherwise)
    .meta({ type: 'integer', minimum, maximum, ...(description === undefined ? {} : { description }) });

/** A page of a list: `limit` items after `cursor`. */
export const pageQuery = z.object({
  limit: integerQuery(1, 500, 50),
  cursor: z.string().max(2000).optional().meta({ description: 'the `next` of the page before' }),
});

export const dateQuery = calendarDate.optional();
export const textQuery = shortText.optional();
export const areaQuery = z
  .string()
  .regex(/^\d{1,6}$/, 'expected up to six digits of a division')
  .optional()
  .meta({ description: 'a division, or its leading digits: 9901 is a city with its counties' });
export const searchQuery = textQuery.meta({
  description: 'a part of the unit’s name, or of the number of what is looked for',
});
export const colourQuery = z.enum(['green', 'yellow', 'red']).optional().meta({
  description:
    '颜色，有承诺的按承诺届满日，否则按法定届满日 / of the card, which follows the promised day where one is promised, else the statutory one',
});

/** Counts by the values of some columns, and how many there are in all. */
export const tallySchema = <Name extends string>(...names: readonly Name[]) =>
  z.object({
    all: z.int(),
    ...(Object.fromEntries(names.map((name) => [name, z.record(z.string(), z.int())])) as Record<
      Name,
      z.ZodRecord<z.ZodString, z.ZodInt>
    >),
  });

/** A page as it is answered. */
export const pageOfSchema = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().meta({ description: 'the cursor of the next page' }),
  });

/** The id of the case that a path names. */
export const caseIdOf = ({ kind, number }: { readonly kind: string; readonly number: string }): string =>
  `${kind}/${number}`;

/** What a write answers once its step is committed. */
export const committedSchema = z
  .object({
    requestId: z.string(),
    caseId: z.string(),
    revision: z.int(),
    stage: z.string(),
    result: z.looseObject({}),
  })
  .meta({ id: 'Committed', description: 'The step that the request became is committed.' });

/** What a write answers while its case has not answered yet. */
const receivedSchema = z
  .object({ requestId: z.string(), caseId: z.string(), status: z.literal('open'), receivedAt: instant })
  .meta({
    id: 'Received',
    description: 'Received at this legal instant and under way: ask GET /requests/{id}.',
  });

/** The answers that every write to a case has beside its problems. */
export const writeAnswers = {
  200: { description: 'Done: what the step committed', schema: committedSchema },
  202: { description: 'Received, not answered yet; `Location` names the request', schema: receivedSchema },
} as const;
