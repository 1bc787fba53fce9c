import { z } from 'zod';
import { type Judgement, judgeChange } from '../../rules/changes/judge.js';
import { contentDifferences, type Difference } from '../../rules/changes/contentDifference.js';
import { verdicts } from '../../rules/changes/row.js';
import { readPermitContent } from '../../rules/content/permit.js';
import { fieldTerm } from '../../rules/content/terms.js';
import { DomainError } from '../../rules/errors.js';
import type { Database } from '../../db/database.js';
import { findCase } from '../../db/queries/cases.js';
import { contentAsJson } from '../../db/queries/contents.js';
import { currentContentOf, findPermit, versionsOf } from '../../db/queries/permits.js';
import { applicationPath, integerQuery, permitPath } from '../fields.js';
import { scopeFor } from '../policy.js';
import { type Resource, route } from '../route.js';

/** A version's number in a path. */
const versionNumber = z.coerce.number<string>().int().min(1).max(100_000).meta({ type: 'integer' });

const differenceSchema = z.object({
  path: z.array(z.string()).meta({ description: 'fields, and what the entries of a list are known by' }),
  zh: z.string(),
  en: z.string(),
  change: z.enum(['added', 'altered', 'removed']),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});

const judgedSchema = differenceSchema.extend({
  row: z.object({
    id: z.string(),
    zh: z.string(),
    en: z.string(),
    article: z.string().nullable(),
    standing: z.string(),
    verdict: z.enum(verdicts),
    uncertain: z.boolean(),
  }),
});

const comparisonSchema = z.object({
  from: z.string().nullable().meta({ description: 'the id of the content before; null for none' }),
  to: z.string(),
  comparable: z.boolean().meta({ description: 'false where one of the contents is no JSON' }),
  items: z.array(differenceSchema),
});

const applicationSchema = comparisonSchema.extend({
  judgement: z
    .object({ verdict: z.enum(verdicts), uncertain: z.boolean(), items: z.array(judgedSchema) })
    .nullable()
    .meta({ description: 'what the table of REG 14 and 15 says; null where it has nothing to say' }),
});

const shown = ({ path, change, before, after }: Difference) => {
  const words = path.map(fieldTerm);
  return {
    path: [...path],
    zh: words.map(({ zh }) => zh).join('·'),
    en: words.map(({ en }) => en).join(', '),
    change,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
};

const shownJudgement = ({ verdict, uncertain, items }: Judgement) => ({
  ...{ verdict, uncertain },
  items: items.map(
    ({ difference, row: { id, zh, en, citation, standing, verdict: leadsTo, uncertain: unsure } }) => ({
      ...shown(difference),
      row: {
        ...{ id, zh, en, standing, verdict: leadsTo },
        article: citation?.short ?? null,
        uncertain: unsure === true,
      },
    }),
  ),
});

async function compare(db: Database, from: string | null, to: string) {
  const before = from === null ? {} : await contentAsJson(db, from);
  const after = await contentAsJson(db, to);
  const comparable = before !== undefined && after !== undefined;
  const items = comparable ? contentDifferences(before, after).map(shown) : [];
  return { before, after, body: { from, to, comparable, items } };
}

/** What was added, altered and removed: between the versions of a permit, and in what is asked for. */
export const differences: Resource = {
  name: 'differences',
  description: '内容比对 / what differs between versions of a permit’s content',
  routes: [
    route({
      method: 'get',
      path: '/permits/{no}/versions/{version}/differences',
      summary: '版本比对 / what a version added, altered and removed, against the one before or `from`',
      access: 'permit.read',
      logs: true,
      params: permitPath.extend({ version: versionNumber }),
      query: z.object({
        from: integerQuery(0, 100_000, 0, 'the version to compare with; 0 for the one before'),
      }),
      answers: { 200: { description: 'The differences', schema: comparisonSchema } },
      async handle({ db }, person, { path: { no, version }, query: { from } }) {
        const permit = await findPermit(db, scopeFor(person, 'permit.read'), no);
        const versions = permit === undefined ? [] : await versionsOf(db, no);
        const contentOf = (wanted: number) => versions.find((one) => one.version === wanted)?.contentId;
        const to = contentOf(version);
        const before = from === 0 ? (contentOf(version - 1) ?? null) : contentOf(from);
        if (to === undefined || before === undefined)
          throw new DomainError('not.found', {
            what: 'there is no such version',
            where: no,
            found: String(version),
          });
        return { status: 200, body: (await compare(db, before, to)).body };
      },
    }),
    route({
      method: 'get',
      path: '/applications/{number}/differences',
      summary:
        '申请内容比对 / what is asked for against the version in force, and what the table makes of it',
      access: 'content.read',
      logs: true,
      params: applicationPath,
      answers: { 200: { description: 'The differences', schema: applicationSchema } },
      async handle({ db }, person, { path: { number } }) {
        const caseId = `application/${number}`;
        const found = await findCase(db, scopeFor(person, 'content.read'), caseId);
        const { contentId, kind, judgement } = found?.facts ?? {};
        if (found === undefined || typeof contentId !== 'string')
          throw new DomainError('not.found', { what: 'there is no such case', found: caseId });
        const from = (await comparedWith(db, found.permitNo, judgement)) ?? null;
        const { before, after, body } = await compare(db, from, contentId);
        const isJudged = from !== null && (kind === 'change' || kind === 'reapplication');
        return {
          status: 200,
          body: {
            ...body,
            judgement: isJudged
              ? shownJudgement(judgeChange(readPermitContent(before), readPermitContent(after)))
              : null,
          },
        };
      },
    }),
  ],
};

/** The version that the application was compared with, or, where it was not, the permit's newest. */
async function comparedWith(
  db: Database,
  permitNo: string | null,
  judgement: unknown,
): Promise<string | undefined> {
  const against =
    typeof judgement === 'object' && judgement !== null && 'against' in judgement ? judgement.against : null;
  if (typeof against === 'string') return against;
  return permitNo === null ? undefined : await currentContentOf(db, permitNo);
}
