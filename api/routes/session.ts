import { z } from 'zod';
import { shortText } from '../../workflows/messages/fields.js';
import { SHORTEST_PASSWORD } from '../auth.js';
import { kindOf, textOf } from '../policy.js';
import { publicRoute, type Resource, route } from '../route.js';
import { changePassword, signInWithPassword, signOut } from '../signIn.js';

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
        401: { description: 'The username or the password is wrong', mediaType: 'application/problem+json' },
        429: {
          description: 'The username or the address is locked for a while',
          mediaType: 'application/problem+json',
        },
      },
      handle: async (context, { body, ...call }) => await signInWithPassword(context, body, call),
    }),
    route({
      method: 'post',
      path: '/sign-out',
      summary: '退出 / sign out: the session ends',
      access: 'signedIn',
      answers: { 204: { description: 'The session has ended' } },
      handle: async (context, person, call) => await signOut(context, person, call),
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
      answers: {
        204: { description: 'Changed' },
        429: { description: 'Too many wrong passwords', mediaType: 'application/problem+json' },
      },
      handle: async (context, person, { body, ...call }) => await changePassword(context, person, body, call),
    }),
  ],
};
