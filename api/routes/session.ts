import { APIError } from 'better-auth/api';
import { fromNodeHeaders } from 'better-auth/node';
import { z } from 'zod';
import { DomainError } from '../../rules/errors.js';
import { shortText } from '../../workflows/messages/fields.js';
import { SHORTEST_PASSWORD } from '../auth.js';
import { countFailure, forgetFailures, lockedFor } from '../lockout.js';
import { kindOf, textOf } from '../policy.js';
import { problemOf } from '../problem.js';
import { publicRoute, type Resource, route } from '../route.js';

const password = z.string().min(1).max(128);

const me = z
  .object({
    id: z.string(),
    username: z.string(),
    name: z.string(),
    kind: z.enum(['officer', 'applicant', 'administrator']),
    grants: z.array(z.object({ role: z.string(), organ: z.string() })),
    covering: z
      .array(z.object({ userId: z.string(), roles: z.array(z.string()) }))
      .meta({ description: 'whom the person covers today, with their roles' }),
  })
  .meta({ id: 'Me' });

/** Signing in and out. */
export const session: Resource = {
  name: 'session',
  description: '登录与退出 / signing in and out',
  routes: [
    publicRoute({
      method: 'post',
      path: '/sign-in',
      summary: '登录 / sign in: a token for `Authorization: Bearer`, and the same session as a cookie',
      description:
        'Five failures in a row lock a username for fifteen minutes; many from one address lock the address (429, `Retry-After`).',
      body: z.object({ username: shortText, password }).strict(),
      answers: {
        200: {
          description: 'Signed in',
          schema: z.object({
            token: z.string(),
            user: z.object({ id: z.string(), username: z.string(), name: z.string() }),
          }),
        },
        429: {
          description: 'The username or the address is locked for a while',
          mediaType: 'application/problem+json',
        },
      },
      async handle({ auth, db, logger, rates }, { body, headers, instance, address }) {
        await rates.requireFewFailures(address);
        const username = body.username.toLowerCase();
        const locked = await lockedFor(db, username);
        if (locked > 0) {
          const detail = {
            what: `too many failed sign-ins; try again in ${locked} seconds`,
            where: 'body.username',
          };
          return {
            status: 429,
            headers: { 'Retry-After': String(locked) },
            body: problemOf('auth.locked', detail, instance),
          };
        }
        try {
          const answer = await auth.api.signInUsername({
            body: { username, password: body.password },
            headers: fromNodeHeaders(headers),
            returnHeaders: true,
          });
          await forgetFailures(db, username);
          const { token, user } = answer.response;
          logger.info({ person: user.id }, 'signed in');
          return {
            status: 200,
            headers: { 'Set-Cookie': answer.headers.getSetCookie(), 'Cache-Control': 'no-store' },
            body: { token, user: { id: user.id, username, name: user.name } },
          };
        } catch (error) {
          if (!(error instanceof APIError) || error.statusCode >= 500) throw error;
          await countFailure(db, username);
          await rates.countFailure(address);
          throw new DomainError('auth.required', {
            what: 'the username or the password is wrong',
            where: 'body',
          });
        }
      },
    }),
    route({
      method: 'post',
      path: '/sign-out',
      summary: '退出 / sign out: the session ends',
      access: 'signedIn',
      answers: { 204: { description: 'The session has ended' } },
      async handle({ auth }, _person, { headers }) {
        const answer = await auth.api.signOut({ headers: fromNodeHeaders(headers), returnHeaders: true });
        return { status: 204, headers: { 'Set-Cookie': answer.headers.getSetCookie() } };
      },
    }),
    route({
      method: 'get',
      path: '/me',
      summary: '我是谁 / who I am and what I am granted',
      access: 'signedIn',
      answers: { 200: { description: 'The person signed in', schema: me } },
      handle(_context, { id, username, name, grants, covering }) {
        const body: z.infer<typeof me> = {
          ...{ id, username, name, kind: kindOf(grants), grants: [...grants] },
          covering: covering.map(({ userId, grants: theirs }) => ({ userId, roles: theirs.map(textOf) })),
        };
        return Promise.resolve({ status: 200, body });
      },
    }),
    route({
      method: 'post',
      path: '/me/password',
      summary: '修改密码 / change my password; every other session of mine ends',
      access: 'signedIn',
      body: z.object({ currentPassword: password, newPassword: password.min(SHORTEST_PASSWORD) }).strict(),
      answers: { 204: { description: 'Changed' } },
      async handle({ auth }, _person, { body, headers }) {
        try {
          await auth.api.changePassword({
            body: { ...body, revokeOtherSessions: false },
            headers: fromNodeHeaders(headers),
          });
          await auth.api.revokeOtherSessions({ headers: fromNodeHeaders(headers) });
        } catch (error) {
          if (!(error instanceof APIError) || error.statusCode >= 500) throw error;
          throw new DomainError('input.invalid', {
            what: 'the password was not changed',
            where: 'body.currentPassword',
          });
        }
        return { status: 204 };
      },
    }),
  ],
};
