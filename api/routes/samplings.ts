import { z } from 'zod';
import { DomainError } from '../../rules/errors.js';
import { sampledKinds, sampleStates } from '../../rules/samplingWords.js';
import { packById } from '../../rules/packs/index.js';
import { findCase } from '../../db/queries/cases.js';
import { caseById } from '../../db/queries/caseById.js';
import { forecastOf } from '../../db/queries/samplingForecast.js';
import {
  countsEntered,
  findRound,
  itemsOfRound,
  populationOfRound,
  roundsOf,
  type SamplingRound,
  sharesOf,
} from '../../db/queries/samplings.js';
import { readPlatformCounts } from '../../import/platformCounts.js';
import { recipe } from '../../sampling/recipe.js';
import { requestSchemas } from '../../workflows/messages/catalogue.js';
import { attachment } from '../attachment.js';
import type { Context } from '../context.js';
import { applicationPath, committedSchema, instant, writeAnswers } from '../fields.js';
import { organsOf } from '../filers.js';
import { actorOf, type Person, requireGrants, scopeOf } from '../policy.js';
import { type Resource, route } from '../route.js';
import { carryFile, optionsOf, populationFile, resultOf } from '../samplingFiles.js';
import { samplingList } from '../samplingList.js';
import { addShares } from '../samplingShares.js';
import { ask, record } from '../writes.js';
import { importFileTypes } from './imports.js';

const kind = z.enum(sampledKinds);
const roundPath = applicationPath.extend({ round: z.coerce.number<string>().int().min(1).max(999) });

const roundSchema = z
  .object({
    round: z.int(),
    seedHash: z.string().meta({ description: 'SHA-256 of the seed, told before the population was frozen' }),
    committedAt: instant,
    beaconSource: z.string().nullable(),
    beacon: z.string().nullable(),
    asOf: z.string().nullable(),
    populationHash: z.string().nullable(),
    frozenAt: instant.nullable(),
    drawnAt: instant.nullable(),
    publishedAt: instant.nullable(),
    seed: z.string().nullable().meta({ description: 'null until the publication' }),
  })
  .meta({ id: 'SamplingRound' });

const resultSchema = roundSchema.extend({
  options: z.array(z.string()).meta({ description: 'what `yizheng sample` takes beside the files' }),
  result: z.object({
    populationHash: z.string().nullable(),
    draws: z.array(
      z.object({
        ...{ city: z.string(), kind: z.string(), population: z.int(), size: z.int() },
        permits: z.array(z.string()),
      }),
    ),
  }),
  items: z.array(
    z.object({
      ...{ permitNo: z.string(), kind, issuedOn: z.string(), state: z.enum(sampleStates) },
      reason: z.string().nullable().meta({ description: 'why it was replaced' }),
      replaces: z.string().nullable().meta({ description: 'the cancelled one whose place it takes' }),
    }),
  ),
  recipe: z.object({ zh: z.string(), en: z.string() }),
});

const share = { kind, population: z.int(), drawn: z.int(), wanted: z.int() };
const sharesSchema = z.object({
  region: z.array(z.object(share)),
  cities: z.array(z.object({ city: z.string(), ...share })),
  organs: z.array(z.object({ organ: z.string(), ...share })),
  supervising: z.array(z.object({ supervising: z.string(), ...share })),
});

/** A campaign that the person may look into; without the case in his scope, he sees what is published. */
async function campaignFor({ db }: Context, person: Person, number: string) {
  const campaign = `sampling/${number}`;
  const scope = scopeOf(requireGrants(person, 'sampling.read'));
  const own = await findCase(db, scope, campaign);
  const found = own ?? (await caseById(db, campaign));
  if (found === undefined)
    throw new DomainError('not.found', { what: 'there is no such sampling', found: campaign });
  return {
    campaign,
    pack: packById(found.packId),
    year: Number(found.facts['year']),
    inside: own !== undefined,
  };
}

/** A round that is published, or the person's to see already. */
async function roundFor(
  context: Context,
  person: Person,
  number: string,
  round: number,
): Promise<SamplingRound> {
  const { campaign, inside } = await campaignFor(context, person, number);
  const found = await findRound(context.db, campaign, round);
  if (found === undefined || (!inside && found.publishedAt === null))
    throw new DomainError('not.found', { what: 'there is no such round', found: `${campaign}, ${round}` });
  return found;
}

const viewOf = ({ campaign: _, sealedSeed: __, shares: ___, carry: ____, ...round }: SamplingRound) => round;

const csv = (name: string, text: string) => ({
  status: 200,
  body: Buffer.from(text),
  headers: { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': attachment(name, name) },
});

const csvAnswers = { 200: { description: 'CSV, UTF-8', mediaType: 'text/csv; charset=utf-8' } };

/** The provincial sampling (省级抽查). */
export const samplings: Resource = {
  name: 'samplings',
  description: '省级抽查 / the region’s sampling of a year: rounds that anybody can draw again',
  routes: [
    route({
      method: 'post',
      path: '/samplings',
      summary: '启动年度抽查 / open a region’s sampling of the running year',
      description: 'One a region and year: `sampling/<region>-<year>`. Its rounds are tasks of the case.',
      access: 'sampling.open',
      body: requestSchemas['sampling.open'],
      write: true,
      answers: {
        201: { description: 'Opened; `Location` names the case', schema: committedSchema },
        202: writeAnswers[202],
      },
      async handle(context, person, { body, idempotencyKey, instance }) {
        const { accepting: organ } = await organsOf(context, body.region, 'sampling');
        const actor = actorOf(person, [
          { role: 'inspector', organ },
          { role: 'sectionHead', organ },
        ]);
        const caseId = `sampling/${body.region}-${body.year}`;
        const asked = { name: 'sampling.open', caseId, body, idempotencyKey, instance } as const;
        return await record(context, person, actor, asked, { opens: true });
      },
    }),
    samplingList,
    route({
      method: 'get',
      path: '/samplings/{number}/rounds',
      summary: '抽取轮次 / the rounds: commitments, hashes, times; each seed once it is published',
      access: 'sampling.read',
      params: applicationPath,
      answers: { 200: { description: 'The rounds', schema: z.object({ items: z.array(roundSchema) }) } },
      async handle(context, person, { path: { number } }) {
        const { campaign, inside } = await campaignFor(context, person, number);
        const rounds = await roundsOf(context.db, campaign);
        const items = rounds.filter(({ publishedAt }) => inside || publishedAt !== null).map(viewOf);
        return { status: 200, body: { items } };
      },
    }),
    route({
      method: 'get',
      path: '/samplings/{number}/rounds/{round}',
      summary: '抽取结果 / a published round: seed, result in the form of `yizheng sample --json`, recipe',
      access: 'sampling.read',
      params: roundPath,
      answers: { 200: { description: 'The round', schema: resultSchema } },
      async handle(context, person, { path: { number, round } }) {
        const found = await roundFor(context, person, number, round);
        const { campaign } = found;
        const told = found.publishedAt !== null;
        const items = told ? await itemsOfRound(context.db, campaign, round) : [];
        const population = told ? await populationOfRound(context.db, campaign, round) : [];
        const body = {
          ...viewOf(found),
          options: told ? optionsOf(found) : [],
          result: resultOf(found, population, items),
          items: items.map(({ permitNo, kind: of, issuedOn, state, reason, replaces }) => ({
            ...{ permitNo, kind: of, issuedOn, state, reason, replaces },
          })),
          recipe: { zh: recipe.zh, en: recipe.en },
        };
        return { status: 200, body };
      },
    }),
    route({
      method: 'get',
      path: '/samplings/{number}/rounds/{round}/population',
      summary: '冻结的总体 / the frozen population: `--population`',
      access: 'sampling.read',
      logs: true,
      params: roundPath,
      answers: csvAnswers,
      async handle(context, person, { path: { number, round } }) {
        const { campaign } = await roundFor(context, person, number, round);
        return csv('population.csv', populationFile(await populationOfRound(context.db, campaign, round)));
      },
    }),
    route({
      method: 'get',
      path: '/samplings/{number}/rounds/{round}/carry',
      summary: '以前各轮 / what the earlier rounds come to: `--carry`',
      access: 'sampling.read',
      logs: true,
      params: roundPath,
      answers: csvAnswers,
      async handle(context, person, { path: { number, round } }) {
        return csv('carry.csv', carryFile(await roundFor(context, person, number, round)));
      },
    }),
    route({
      method: 'get',
      path: '/samplings/{number}/shares',
      summary: '抽查比例 / population, sample and share of the published rounds, by city and organ',
      access: 'sampling.read',
      params: applicationPath,
      answers: { 200: { description: 'The shares', schema: sharesSchema } },
      async handle(context, person, { path: { number } }) {
        const { campaign, pack } = await campaignFor(context, person, number);
        const parts = await sharesOf(context.db, campaign, { publishedOnly: true });
        return { status: 200, body: addShares(parts, pack.settings.sampling) };
      },
    }),
    route({
      method: 'get',
      path: '/samplings/{number}/counts',
      summary: '与平台核对 / the platform’s counts as they were entered, beside ours',
      access: 'sampling.read',
      params: applicationPath,
      answers: {
        200: {
          description: 'Every count that was entered',
          schema: z.object({
            items: z.array(
              z.object({
                ...{ task: z.string(), organ: z.string(), kind, asOf: z.string(), ours: z.int() },
                ...{ platform: z.int(), source: z.string(), enteredBy: z.string(), at: instant },
              }),
            ),
          }),
        },
      },
      async handle(context, person, { path: { number } }) {
        const { campaign, inside } = await campaignFor(context, person, number);
        const items = inside ? await countsEntered(context.db, campaign) : [];
        return { status: 200, body: { items: items.map(({ campaign: _, ...count }) => count) } };
      },
    }),
    route({
      method: 'post',
      path: '/samplings/{number}/counts',
      summary: '读取平台核发数文件 / reads the platform’s counts from Excel or CSV, for the form of the task',
      description:
        'Columns 审批部门, 业务类型 (首次申请, 重新申请) and 核发数. Enters nothing: `counts` is what the forms of samplingCounts and samplingProof take.',
      access: 'sampling.open',
      params: applicationPath,
      body: z.instanceof(Buffer).refine((bytes) => bytes.length > 0, 'the file is empty'),
      documentedBody: z.string().meta({ format: 'binary' }),
      bodyMediaType: importFileTypes[2],
      fileTypes: importFileTypes,
      answers: {
        200: {
          description: 'The counts, and the rows that say none',
          schema: z.object({
            counts: z.array(z.object({ organ: z.string(), kind, count: z.int() })),
            errors: z.array(
              z.object({ row: z.int(), column: z.string(), value: z.string(), reason: z.string() }),
            ),
          }),
        },
      },
      async handle(context, person, { path: { number }, body }) {
        const { pack } = await campaignFor(context, person, number);
        const { counts, errors } = readPlatformCounts(body, pack);
        return { status: 200, body: { counts: [...counts], errors: [...errors] } };
      },
    }),
    route({
      method: 'get',
      path: '/samplings/{number}/forecast',
      summary: '年末预测 / what is missing to the shares of 31 December, with all that may still be decided',
      access: 'sampling.read',
      params: applicationPath,
      answers: {
        200: {
          description: 'By city and kind',
          schema: z.object({
            items: z.array(
              z.object({
                ...{ city: z.string(), kind, issued: z.int(), expected: z.int() },
                ...{ drawn: z.int(), missing: z.int() },
              }),
            ),
          }),
        },
      },
      async handle(context, person, { path: { number } }) {
        const { campaign, pack, year, inside } = await campaignFor(context, person, number);
        const items = inside ? await forecastOf(context.db, pack, campaign, year) : [];
        return { status: 200, body: { items } };
      },
    }),
    route({
      method: 'post',
      path: '/samplings/{number}/replacements',
      summary: '替换已终止的 / a drawn issuance whose permit has ended is replaced by the next rank',
      access: 'sampling.replace',
      params: applicationPath,
      body: requestSchemas['sampling.replace'],
      write: true,
      answers: writeAnswers,
      async handle(context, person, { path: { number }, body, idempotencyKey, instance }) {
        const asked = { name: 'sampling.replace', caseId: `sampling/${number}`, body } as const;
        return await ask(context, person, { ...asked, idempotencyKey, instance });
      },
    }),
  ],
};
