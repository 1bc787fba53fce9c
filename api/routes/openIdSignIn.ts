import { APIError } from 'better-auth/api';
import { fromNodeHeaders } from 'better-auth/node';
import { z } from 'zod';
import { DomainError } from '../../rules/errors.js';
import type { Context } from '../context.js';
import type { OpenId } from '../openId.js';
import { accountOfIdentity } from '../openIdAccount.js';
import { publicRoute, type Resource } from '../route.js';
import { noteSession, signInRefusal } from '../signIn.js';

const options = z
  .object({
    password: z.literal(true),
    oidc: z.object({ href: z.string(), issuer: z.string() }).nullable(),
  })
  .meta({ id: 'SignInOptions' });

/** A path of ours, so that nobody is sent elsewhere from our door. */
const returnTo = z
  .string()
  .regex(/^\/(?![/\\])[\w./?=&%~-]*$/, 'expected a path of this API')
  .max(500)
  .default('/me');

function requireOpenId({ openId }: Context): OpenId {
  if (openId !== undefined) return openId;
  throw new DomainError('not.found', {
    what: 'no identity provider is configured; sign in by password',
    where: 'OIDC_ISSUER',
  });
}

/** Single sign-on with an identity provider (OpenID Connect), beside the password. */
export const openIdSignIn: Resource = {
  name: 'single sign-on',
  description: '单点登录 / single sign-on by OpenID Connect, where it is configured',
  routes: [
    publicRoute({
      method: 'get',
      path: '/sign-in/options',
      summary: '登录方式 / the ways to sign in',
      answers: { 200: { description: 'The ways', schema: options } },
      handle({ authOptions: { oidc } }) {
        const offered = oidc === undefined ? null : { href: '/sign-in/oidc', issuer: oidc.issuer };
        return Promise.resolve({ status: 200, body: { password: true, oidc: offered } });
      },
    }),
    publicRoute({
      method: 'get',
      path: '/sign-in/oidc',
      summary: '去身份提供方登录 / sends the browser to the identity provider',
      query: z.object({ returnTo }),
      answers: {
        302: { description: 'To the provider' },
        404: { description: 'None is configured', mediaType: 'application/problem+json' },
      },
      async handle(context, { query }) {
        const { location, cookie } = await requireOpenId(context).begin(query.returnTo);
        const headers = { Location: location, 'Set-Cookie': cookie, 'Cache-Control': 'no-store' };
        return { status: 302, headers };
      },
    }),
    publicRoute({
      method: 'get',
      path: '/sign-in/oidc/callback',
      summary: '身份提供方返回 / the browser comes back: a session as a cookie, or why not',
      // Providers add parameters of their own.
      query: z.looseObject({
        code: z.string().optional(),
        state: z.string().optional(),
        error: z.string().optional(),
      }),
      answers: {
        303: { description: 'Signed in; on to where the sign-in began' },
        401: { description: 'The answer proves nothing', mediaType: 'application/problem+json' },
        403: { description: 'No account, or a disabled one', mediaType: 'application/problem+json' },
        404: { description: 'None is configured', mediaType: 'application/problem+json' },
      },
      async handle(context, { query, headers, requestId }) {
        const openId = requireOpenId(context);
        const { identity, returnTo: to } = await openId.finish(query, headers.cookie);
        const userId = await accountOfIdentity(context.db, identity, requestId);
        const cookies = await openSession(context, userId, headers);
        await noteSession(context, 'signIn.succeeded', userId, requestId, { by: 'oidc' });
        context.logger.info({ person: userId }, 'signed in');
        return {
          status: 303,
          headers: { Location: to, 'Set-Cookie': [...cookies, openId.spent], 'Cache-Control': 'no-store' },
        };
      },
    }),
  ],
};

async function openSession(
  { auth }: Context,
  userId: string,
  headers: Parameters<typeof fromNodeHeaders>[0],
): Promise<readonly string[]> {
  try {
    const opened = await auth.api.signInExternally({
      body: { userId },
      headers: fromNodeHeaders(headers),
      returnHeaders: true,
    });
    return opened.headers.getSetCookie();
  } catch (error) {
    if (!(error instanceof APIError) || error.statusCode >= 500) throw error;
    throw signInRefusal(error);
  }
}
