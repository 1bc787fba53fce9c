import { z } from 'zod';
import { parseDate } from '../../rules/date.js';
import { DomainError } from '../../rules/errors.js';
import type { Transaction } from '../../db/database.js';
import {
  type Account,
  findAccount,
  listAccounts,
  listCovers,
  placeCover,
  removeCover,
} from '../../db/queries/people.js';
import { type Doer, writeAudit } from '../../db/queries/audit.js';
import { calendarDate, shortText } from '../../workflows/messages/fields.js';
import { createAccount, isRole, replaceGrants } from '../accounts.js';
import { disableAccount, enableAccount, endSessions, resetPassword } from '../accountActs.js';
import { SHORTEST_PASSWORD } from '../auth.js';
import type { Context } from '../context.js';
import { pageOfSchema, pageQuery, textQuery } from '../fields.js';
import { maskName } from '../masking.js';
import { InvalidInput } from '../parse.js';
import { grantsFor, kindOf, roles } from '../policy.js';
import { doerOf, type Resource, route } from '../route.js';

const grant = z
  .object({
    role: z.enum(roles),
    organ: shortText.meta({ description: 'an organ, `unit:<id>`, or `*` for administrators' }),
  })
  .strict();
const accountSchema = z
  .object({
    id: z.string(),
    username: z.string(),
    name: z.string().meta({ description: 'masked; GET /accounts/{id}/person tells it, and is logged' }),
    disabledAt: z
      .string()
      .nullable()
      .meta({ description: 'since when it may not sign in; the wall clock, UTC' }),
    grants: z.array(z.object({ role: z.string(), organ: z.string() })),
  })
  .meta({ id: 'Account' });
const accountPath = z.object({ id: shortText.meta({ description: 'an id or a username' }) });

/** An account as its administrators see it: they manage what it may do, and seldom need to know whose it is. */
const accountView = ({ name, disabledAt, ...account }: Account): z.infer<typeof accountSchema> => ({
  ...account,
  name: maskName(name),
  disabledAt: disabledAt?.toISOString() ?? null,
  grants: [...account.grants],
});
const coverSchema = z
  .object({ userId: shortText, coveredBy: shortText, from: calendarDate, to: calendarDate })
  .strict()
  .meta({ id: 'Cover', description: 'AB 角: who is covered, by whom, from day to day, both included' });

async function requireAccount({ db }: Context, id: string, where: string): Promise<Account> {
  const account = await findAccount(db, id);
  if (account === undefined)
    throw new DomainError('not.found', { what: 'there is no such account', where, found: id });
  return account;
}

/** Only an officer is covered, and only by an officer: cover never lends an administrator or a unit a say in a case. */
async function requireOfficer(context: Context, id: string, where: string): Promise<string> {
  const account = await requireAccount(context, id, where);
  const held = account.grants.flatMap(({ role, organ }) => (isRole(role) ? [{ role, organ }] : []));
  if (held.length > 0 && kindOf(held) === 'officer') return account.id;
  throw new InvalidInput([
    {
      path: where,
      what: 'cover is between officers',
      expected: 'an account with an officer’s role',
      found: id,
    },
  ]);
}

/** Who may do what for whom has changed: the covered person is the subject. */
const auditCover = (
  tx: Transaction,
  action: 'cover.placed' | 'cover.removed',
  { userId, ...detail }: { readonly userId: string; readonly coveredBy: string; readonly from: string },
  by: Doer,
): Promise<void> => writeAudit(tx, { category: 'change', action, subject: userId, ...by, detail });

/** An act on an account that takes no more than the account. */
const act = (
  path: 'disable' | 'enable',
  summary: string,
  perform: (context: Context, id: string, by: Doer) => Promise<void>,
) =>
  route({
    method: 'post',
    path: `/accounts/{id}/${path}`,
    summary,
    access: 'account.manage',
    params: accountPath,
    body: z.object({}).strict(),
    answers: { 200: { description: 'The account', schema: accountSchema } },
    async handle(context, person, { path: of, requestId }) {
      const { id } = await requireAccount(context, of.id, 'path.id');
      await perform(context, id, doerOf(person, { requestId }));
      return { status: 200, body: accountView(await requireAccount(context, id, 'path.id')) };
    },
  });

/** Accounts, what they are granted, and who covers whom: the security administrator's desk. */
export const accounts: Resource = {
  name: 'accounts',
  description:
    '账号、授权与 AB 角 / accounts, grants and covers. These writes need no Idempotency-Key: they repeat harmlessly',
  routes: [
    route({
      method: 'get',
      path: '/accounts',
      summary: '账号清单 / accounts by username',
      access: 'account.manage',
      query: pageQuery.extend({ role: textQuery, organ: textQuery, search: textQuery }),
      answers: { 200: { description: 'A page of accounts', schema: pageOfSchema(accountSchema) } },
      async handle({ db }, _person, { query: { limit, cursor, ...filter } }) {
        const page = await listAccounts(db, filter, { limit, cursor });
        return { status: 200, body: { ...page, items: page.items.map(accountView) } };
      },
    }),
    route({
      method: 'post',
      path: '/accounts',
      summary: '新建账号 / create an account with its grants',
      access: 'account.manage',
      body: z
        .object({
          username: shortText,
          name: shortText,
          password: z.string().min(SHORTEST_PASSWORD).max(128),
          grants: z.array(grant).max(100),
        })
        .strict(),
      answers: { 201: { description: 'Created', schema: accountSchema } },
      async handle(context, person, { body, requestId }) {
        const by = doerOf(person, { requestId });
        const id = await createAccount(context.db, context.authOptions, body, by);
        context.logger.info({ person: person.id, account: id }, 'account created');
        return { status: 201, body: accountView(await requireAccount(context, id, 'path.id')) };
      },
    }),
    route({
      method: 'put',
      path: '/accounts/{id}/grants',
      summary: '授权 / replace what an account is granted; an empty list leaves it nothing to do',
      access: 'account.manage',
      params: accountPath,
      body: z.object({ grants: z.array(grant).max(100) }).strict(),
      answers: { 200: { description: 'The account', schema: accountSchema } },
      async handle(context, person, { path, body, requestId }) {
        const { id } = await requireAccount(context, path.id, 'path.id');
        await replaceGrants(context.db, id, body.grants, doerOf(person, { requestId }));
        context.logger.info({ person: person.id, account: id, grants: body.grants }, 'grants replaced');
        return { status: 200, body: accountView(await requireAccount(context, id, 'path.id')) };
      },
    }),
    act(
      'disable',
      '停用 / the account may not sign in any more, and is signed out everywhere',
      ({ db }, id, by) => disableAccount(db, id, by),
    ),
    act('enable', '启用 / the account may sign in again', ({ db }, id, by) => enableAccount(db, id, by)),
    route({
      method: 'post',
      path: '/accounts/{id}/password',
      summary: '重置密码 / give an account a new password; all its sessions end',
      access: 'account.manage',
      params: accountPath,
      body: z.object({ newPassword: z.string().min(SHORTEST_PASSWORD).max(128) }).strict(),
      answers: { 204: { description: 'The new password is in force' } },
      async handle(context, person, { path, body, requestId }) {
        const { id } = await requireAccount(context, path.id, 'path.id');
        const by = doerOf(person, { requestId });
        await resetPassword(context.db, context.auth, id, body.newPassword, by);
        return { status: 204 };
      },
    }),
    route({
      method: 'delete',
      path: '/accounts/{id}/sessions',
      summary: '强制退出 / end every session of an account',
      access: 'account.manage',
      params: accountPath,
      answers: { 200: { description: 'How many there were', schema: z.object({ ended: z.int() }) } },
      async handle(context, person, { path, requestId }) {
        const { id } = await requireAccount(context, path.id, 'path.id');
        return {
          status: 200,
          body: { ended: await endSessions(context.db, id, doerOf(person, { requestId })) },
        };
      },
    }),
    route({
      method: 'get',
      path: '/accounts/{id}/person',
      summary: '查看姓名 / whose account it is; the audit log keeps that it was asked',
      access: 'person.reveal',
      logs: true,
      params: accountPath,
      answers: {
        200: {
          description: 'The person',
          schema: z.object({ id: z.string(), username: z.string(), name: z.string() }),
        },
      },
      async handle(context, _person, { path }) {
        const { id, username, name } = await requireAccount(context, path.id, 'path.id');
        return { status: 200, body: { id, username, name } };
      },
    }),
    route({
      method: 'get',
      path: '/covers',
      summary: 'AB 角 / covers that are not over: all for the security administrator, one’s own for others',
      access: 'signedIn',
      query: pageQuery,
      answers: { 200: { description: 'A page of covers', schema: pageOfSchema(coverSchema) } },
      async handle({ db }, person, { query }) {
        const all = grantsFor(person, 'account.manage').length > 0;
        return { status: 200, body: await listCovers(db, all ? undefined : person.id, query) };
      },
    }),
    route({
      method: 'post',
      path: '/covers',
      summary: '设置 AB 角 / let an officer cover another',
      access: 'account.manage',
      body: coverSchema,
      answers: {
        201: { description: 'In force from its first day', schema: coverSchema },
        404: { description: 'No such account', mediaType: 'application/problem+json' },
      },
      async handle(context, person, { body, requestId }) {
        const userId = await requireOfficer(context, body.userId, 'body.userId');
        const coveredBy = await requireOfficer(context, body.coveredBy, 'body.coveredBy');
        const [from, to] = [parseDate(body.from, 'body.from'), parseDate(body.to, 'body.to')];
        if (to < from) {
          throw new InvalidInput([
            {
              path: 'body.to',
              what: 'the last day lies before the first',
              expected: `>= ${from}`,
              found: to,
            },
          ]);
        }
        if (userId === coveredBy) {
          throw new InvalidInput([
            {
              path: 'body.coveredBy',
              what: 'nobody covers himself',
              expected: 'somebody else',
              found: body.coveredBy,
            },
          ]);
        }
        const cover = { userId, coveredBy, from, to };
        await context.db.transaction(async (tx) => {
          await placeCover(tx, cover);
          await auditCover(tx, 'cover.placed', cover, doerOf(person, { requestId }));
        });
        context.logger.info({ person: person.id, ...cover }, 'cover placed');
        return { status: 201, body: cover };
      },
    }),
    route({
      method: 'delete',
      path: '/covers/{userId}/{coveredBy}/{from}',
      summary: '撤销 AB 角 / end a cover at once',
      access: 'account.manage',
      params: z.object({ userId: shortText, coveredBy: shortText, from: calendarDate }),
      answers: { 204: { description: 'Gone' } },
      async handle({ db, logger }, person, { path, requestId }) {
        const cover = { ...path, from: parseDate(path.from, 'path.from') };
        await db.transaction(async (tx) => {
          if (!(await removeCover(tx, cover))) {
            throw new DomainError('not.found', {
              what: 'there is no such cover',
              found: `${path.userId}/${path.coveredBy}/${path.from}`,
            });
          }
          await auditCover(tx, 'cover.removed', cover, doerOf(person, { requestId }));
        });
        logger.info({ person: person.id, ...cover }, 'cover removed');
        return { status: 204 };
      },
    }),
  ],
};
