import { z } from 'zod';
import { checklists } from '../../rules/checks/checklists.js';
import type { ActToJudge } from '../../rules/checks/permitCheck.js';
import { DomainError } from '../../rules/errors.js';
import { tiers } from '../../rules/issueWords.js';
import { findReview } from '../../db/queries/reviews.js';
import { reviewOutcomes, reviewStates } from '../../workflows/messages/reviews.js';
import { applicationPath } from '../fields.js';
import { findingsSchema, findingsView } from '../findingsView.js';
import { scopeFor } from '../policy.js';
import { type Resource, route } from '../route.js';

const reviewSchema = z
  .object({
    ...{ number: z.string(), caseId: z.string(), campaign: z.string(), tier: z.enum(tiers) },
    ...{ permitNo: z.string(), version: z.int(), unitId: z.string(), organ: z.string() },
    ...{ kind: z.string().nullable(), issuedOn: z.string().nullable() },
    second: z
      .boolean()
      .nullable()
      .meta({ description: 'the blind second review of two; told once all reviews of the permit are done' }),
    state: z.enum(reviewStates),
    outcome: z
      .enum(reviewOutcomes)
      .nullable()
      .meta({ description: 'not told while another review of the permit in the campaign is open' }),
    problems: z.int().nullable(),
    checked: findingsSchema.nullable(),
    acts: z.array(z.looseObject({})).meta({ description: 'to be confirmed or dismissed, each once' }),
    checklist: z
      .array(
        z.object({ id: z.string(), test: z.string(), method: z.string(), zh: z.string(), en: z.string() }),
      )
      .meta({ description: 'what the rules leave to people, in the four tests: each is answered once' }),
  })
  .meta({ id: 'QualityReview' });

/** Reviews of permits in the campaigns of the quality assurance. The work itself is a task. */
export const qualityReviews: Resource = {
  name: 'quality-reviews',
  description: '质量核查 / reviews of permits: what the rules found, and what they leave to people',
  routes: [
    route({
      method: 'get',
      path: '/quality-reviews/{number}',
      summary: '核查内容 / a review: the findings of the rules, the acts to judge, the checklist',
      access: 'review.read',
      logs: true,
      params: applicationPath,
      answers: { 200: { description: 'The review', schema: reviewSchema } },
      async handle({ db }, person, { path: { number } }) {
        const caseId = `qualityReview/${number}`;
        const found = await findReview(db, scopeFor(person, 'review.read'), caseId);
        if (found === undefined)
          throw new DomainError('not.found', { what: 'there is no such review', found: number });
        const { item, row, checked, blind } = found;
        const { campaign, tier, permitNo, version, unitId, organ, kind, issuedOn, state } = item;
        const { acts } = row.facts as unknown as { readonly acts: readonly ActToJudge[] };
        const told = blind
          ? { outcome: null, problems: null, second: null }
          : { outcome: item.outcome, problems: item.problems, second: item.second };
        return {
          status: 200,
          body: {
            ...{
              number,
              caseId,
              campaign,
              tier,
              permitNo,
              version,
              unitId,
              organ,
              kind,
              issuedOn,
              state,
            },
            ...told,
            checked: checked === null ? null : findingsView(checked),
            acts,
            checklist: checklists.permit.map(({ id, test, method, zh, en }) => ({
              id,
              test,
              method,
              zh,
              en,
            })),
          },
        };
      },
    }),
  ],
};
