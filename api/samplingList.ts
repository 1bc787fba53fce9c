import { z } from 'zod';
import { dateOf } from '../rules/date.js';
import { type ListedSampling, listSamplings } from '../db/queries/samplings.js';
import { pageOfSchema, pageQuery } from './fields.js';
import { requireGrants, scopeOf } from './policy.js';
import { route } from './route.js';

const samplingSchema = z
  .object({
    ...{ number: z.string(), caseId: z.string(), href: z.string(), region: z.string(), year: z.int() },
    ...{ stage: z.string(), outcome: z.string().nullable(), openedOn: z.string() },
    rounds: z
      .int()
      .meta({ description: 'the rounds that you may see: outside the region’s organ, the published' }),
  })
  .meta({ id: 'Sampling' });

function samplingListed({ row, rounds }: ListedSampling) {
  const number = row.id.slice('sampling/'.length);
  return {
    ...{ number, caseId: row.id, href: `/samplings/${number}/rounds`, region: row.area },
    ...{ year: Number(row.facts['year']), stage: row.stage, outcome: row.outcome },
    ...{ openedOn: dateOf(row.openedAt), rounds },
  };
}

/** The list of the samplings. */
export const samplingList = route({
  method: 'get',
  path: '/samplings',
  summary: '抽查清单 / samplings by number: your region’s, and those that have published a round',
  access: 'sampling.read',
  query: pageQuery,
  answers: { 200: { description: 'A page of samplings', schema: pageOfSchema(samplingSchema) } },
  async handle({ db }, person, { query }) {
    const found = await listSamplings(db, scopeOf(requireGrants(person, 'sampling.read')), query);
    return { status: 200, body: { ...found, items: found.items.map(samplingListed) } };
  },
});
