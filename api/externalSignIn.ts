import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';

/**
 * Opens a session for a person whom somebody else has identified. Called by our own code alone: the library's HTTP handler
 * is not mounted.
 */
export const externalSignIn = () =>
  ({
    id: 'external-sign-in',
    endpoints: {
      signInExternally: createAuthEndpoint(
        '/sign-in/external',
        { method: 'POST', body: z.object({ userId: z.string() }), metadata: { SERVER_ONLY: true } },
        async (endpoint) => {
          const { internalAdapter } = endpoint.context;
          const user = await internalAdapter.findUserById(endpoint.body.userId);
          if (user === null) throw new APIError('NOT_FOUND');
          const session = await internalAdapter.createSession(user.id);
          await setSessionCookie(endpoint, { session, user });
          return endpoint.json({ token: session.token });
        },
      ),
    },
  }) satisfies BetterAuthPlugin;
