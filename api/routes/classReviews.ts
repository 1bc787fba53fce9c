import { z } from 'zod';
import { dateOf, yearOf } from '../../rules/date.js';
import { DomainError } from '../../rules/errors.js';
import { legalNow } from '../../db/legalClock.js';
import { beginClassReview, type ClassReview, findClassReview } from '../../db/queries/classReviews.js';
import { instant } from '../fields.js';
import { type Person, scopeFor } from '../policy.js';
import { type Resource, route } from '../route.js';

const count = z.int();
const reviewSchema = z
  .object({
    id: z.uuid(),
    year: count,
    area: z.string(),
    status: z.enum(['running', 'done']),
    startedAt: instant,
    finishedAt: instant.nullable(),
    holders: count.meta({ description: 'how many were looked at' }),
    mismatches: count,
    unreadable: count.meta({ description: 'holders whose content is not structured: nobody judged them' }),
  })
  .meta({ id: 'ClassReview' });

const asked = z.object({ area: z.string().regex(/^\d{2,6}$/, 'a division, or its leading digits') }).strict();

const viewOf = ({ id, year, area, status, startedAt, finishedAt, ...counts }: ClassReview) => {
  const { holders, mismatches, unreadable } = counts;
  return { id, year, area, status, startedAt, finishedAt, holders, mismatches, unreadable };
};

/** Whether the area lies within what the person's organs see. */
const sees = (person: Person, area: string): boolean => {
  const { everything, areas } = scopeFor(person, 'class.review');
  return everything || areas.some((digits) => area.startsWith(digits));
};

/** The yearly re-run of the class rules over all holders. */
export const classReviews: Resource = {
  name: 'class-reviews',
  description:
    '管理类别年度复核 / the class rules, run once a year over all permits and registration forms. Needs no Idempotency-Key: a year’s review of an area is one',
  routes: [
    route({
      method: 'post',
      path: '/class-reviews',
      summary: '启动本年度复核 / begin this year’s review of an area, or find it',
      description:
        'A worker carries it out; each mismatch becomes one task of the holder’s case, once a year.',
      access: 'class.review',
      body: asked,
      answers: { 202: { description: 'Begun; `Location` names the review', schema: reviewSchema } },
      async handle({ db, logger }, person, { body: { area } }) {
        if (!sees(person, area)) {
          throw new DomainError('auth.forbidden', {
            what: 'the area is not your organ’s',
            where: 'body.area',
            found: area,
          });
        }
        const year = yearOf(dateOf(await legalNow(db)));
        const review = await beginClassReview(db, { year, area, requestedBy: person.id });
        logger.info({ person: person.id, review: review.id }, 'class review begun');
        return { status: 202, body: viewOf(review), headers: { Location: `/class-reviews/${review.id}` } };
      },
    }),
    route({
      method: 'get',
      path: '/class-reviews/{id}',
      summary: '复核进度与结果 / how far a review has come, and what it came to',
      access: 'class.review',
      params: z.object({ id: z.uuid() }),
      answers: { 200: { description: 'The review', schema: reviewSchema } },
      async handle({ db }, person, { path: { id } }) {
        const review = await findClassReview(db, id);
        if (review === undefined || !sees(person, review.area))
          throw new DomainError('not.found', { what: 'there is no such review', found: id });
        return { status: 200, body: viewOf(review) };
      },
    }),
  ],
};
