import { z } from 'zod';
import { checkPermit } from '../../rules/checks/permitCheck.js';
import { checkSettings } from '../../rules/checks/settings.js';
import { readPermitContent } from '../../rules/content/permit.js';
import { dateOf } from '../../rules/date.js';
import { DomainError } from '../../rules/errors.js';
import { packOfArea } from '../../rules/packs/index.js';
import { legalNow } from '../../db/legalClock.js';
import { findCase } from '../../db/queries/cases.js';
import { checkOfCase, findingsByRule } from '../../db/queries/checks.js';
import { contentAsJson } from '../../db/queries/contents.js';
import { findPermit, versionsOf } from '../../db/queries/permits.js';
import { applicationPath, areaQuery, permitPath } from '../fields.js';
import { findingsSchema, findingsView } from '../findingsView.js';
import { scopeFor } from '../policy.js';
import { type Resource, route } from '../route.js';

const nothingHere = (what: string, found: string): DomainError =>
  new DomainError('not.found', { what, found });

const countsSchema = z
  .object({
    checked: z.int().meta({ description: 'permits that were checked at their present version' }),
    unreadable: z.int().meta({ description: 'of these, those without structured content' }),
    rules: z.array(z.object({ rule: z.string(), permits: z.int(), suspicions: z.int() })),
  })
  .meta({ id: 'FindingCounts' });

/** The automatic checks: shown, and never a reason to refuse. */
export const findings: Resource = {
  name: 'findings',
  description: '辅助校核 / what the automatic checks find: warnings and suspicions, for people to judge',
  routes: [
    route({
      method: 'get',
      path: '/applications/{number}/findings',
      summary: '申请内容校核 / what the rules found in the content as it was handed in last',
      access: 'content.read',
      logs: true,
      params: applicationPath,
      answers: { 200: { description: 'The findings', schema: findingsSchema } },
      async handle({ db }, person, { path: { number } }) {
        const caseId = `application/${number}`;
        const found = await findCase(db, scopeFor(person, 'content.read'), caseId);
        const checked = found === undefined ? undefined : await checkOfCase(db, caseId);
        if (checked === undefined) throw nothingHere('no content of such an application was checked', caseId);
        return { status: 200, body: findingsView(checked) };
      },
    }),
    route({
      method: 'get',
      path: '/permits/{no}/versions/{version}/findings',
      summary: '许可证校核 / what the rules find in a version of a permit, as of today',
      access: 'permit.read',
      logs: true,
      params: permitPath.extend({ version: z.coerce.number<string>().int().min(1).max(100_000) }),
      answers: { 200: { description: 'The findings', schema: findingsSchema } },
      async handle({ db, calendars }, person, { path: { no, version } }) {
        const permit = await findPermit(db, scopeFor(person, 'permit.read'), no);
        const versions = permit === undefined ? [] : await versionsOf(db, no);
        const contentId = versions.find((one) => one.version === version)?.contentId;
        if (permit === undefined || contentId === undefined)
          throw nothingHere('there is no such version', `${no} ${version}`);
        const checkedOn = dateOf(await legalNow(db));
        const checked = checkPermit(readPermitContent(await contentAsJson(db, contentId)), {
          ...{ on: checkedOn, calendar: await calendars.current(db) },
          ...{ pack: packOfArea(permit.area, checkedOn), settings: checkSettings },
        });
        return { status: 200, body: findingsView({ checkedOn, ...checked }) };
      },
    }),
    route({
      method: 'get',
      path: '/findings/counts',
      summary: '辖区校核计数 / findings by rule, over the permits of an area that campaigns have checked',
      description: 'By the newest check of each permit at its present version.',
      access: 'review.read',
      query: z.object({ area: areaQuery }),
      answers: { 200: { description: 'Counts', schema: countsSchema } },
      async handle({ db }, person, { query: { area = '' } }) {
        return { status: 200, body: await findingsByRule(db, scopeFor(person, 'review.read'), area) };
      },
    }),
  ],
};
