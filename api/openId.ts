import { symmetricDecodeJWT, symmetricEncodeJWT } from 'better-auth/crypto';
import { parseCookies } from 'better-auth/cookies';
import * as oidc from 'openid-client';
import { z } from 'zod';
import { DomainError } from '../rules/errors.js';

/** A provider of identities (OpenID Connect), as it is configured. */
export interface OpenIdOptions {
  /** Its issuer: `https`, or `http` on this machine. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The claim that holds our username; `preferred_username` as a rule. */
  readonly usernameClaim: string;
}

/** Whom the provider says it has signed in. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** Null where the provider gave none. */
  readonly username: string | null;
}

/** How long a sign-in at the provider may take, in seconds, and how long the provider may take to answer us. */
const signInLasts = 600;
const patience = 10;

/** What is kept in the browser, encrypted, while the person is at the provider. */
const pendingSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
});

const cookieName = 'yizheng.oidc';
const salt = 'yizheng oidc';

/**
 * Sign-in at another's door, by the code flow with PKCE, state and nonce, and one exact redirect URI. What is pending lies
 * in the browser's own cookie, so that any of our processes can finish what another began, and no other browser can.
 */
export class OpenId {
  readonly redirectUri: string;
  private found: Promise<oidc.Configuration> | undefined;

  /** `baseUrl` is where people reach the API; `secret` encrypts what is kept in the browser. */
  constructor(
    private readonly options: OpenIdOptions,
    baseUrl: string,
    private readonly secret: string,
  ) {
    this.redirectUri = `${baseUrl.replace(/\/$/, '')}/sign-in/oidc/callback`;
  }

  /** Where the browser is sent, and the cookie that it takes along. Throws `service.unavailable`. */
  async begin(returnTo: string): Promise<{ readonly location: string; readonly cookie: string }> {
    const configuration = await this.configuration();
    const pending = {
      ...{ state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() },
      returnTo,
    };
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.redirectUri,
      scope: 'openid profile',
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
    });
    const value = await symmetricEncodeJWT(pending, this.secret, salt, signInLasts);
    return { location: url.href, cookie: this.cookie(value, signInLasts) };
  }

  /**
   * What the provider's answer proves, once state, nonce, verifier, issuer, audience, times and signature all fit. Throws
   * `auth.required` for an answer that proves nothing, `service.unavailable` when the provider can not be asked.
   */
  async finish(
    query: Readonly<Record<string, unknown>>,
    cookies: string | undefined,
  ): Promise<{ readonly identity: Identity; readonly returnTo: string }> {
    const { state, nonce, verifier, returnTo } = await this.pending(cookies);
    const url = new URL(this.redirectUri);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    const configuration = await this.configuration();
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, url, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw refused('there is no ID token');
      const username = claims[this.options.usernameClaim];
      const name = typeof username === 'string' ? username.toLowerCase() : null;
      return { identity: { issuer: claims.iss, subject: claims.sub, username: name }, returnTo };
    } catch (error) {
      throw problemOfProvider(error);
    }
  }

  /** The cookie that takes back what was pending: a sign-in is finished once. */
  get spent(): string {
    return this.cookie('', 0);
  }

  private async pending(cookies: string | undefined): Promise<z.infer<typeof pendingSchema>> {
    const value = parseCookies(cookies ?? '').get(cookieName) ?? '';
    const parsed = pendingSchema.safeParse(await symmetricDecodeJWT(value, this.secret, salt));
    if (parsed.success) return parsed.data;
    throw refused('this browser has no sign-in under way, or it took too long; begin again');
  }

  private cookie(value: string, seconds: number): string {
    const { pathname, protocol } = new URL(this.redirectUri);
    const path = pathname.replace(/\/callback$/, '');
    const secure = protocol === 'https:' ? '; Secure' : '';
    return `${cookieName}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
  }

  /** The provider's own description, asked once; again as long as it did not answer. */
  private async configuration(): Promise<oidc.Configuration> {
    this.found ??= this.discover();
    try {
      return await this.found;
    } catch (error) {
      this.found = undefined;
      throw problemOfProvider(error, true);
    }
  }

  private async discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.options;
    const server = new URL(issuer);
    const insecure = server.protocol === 'http:' ? [allowInsecureRequests] : [];
    return await oidc.discovery(server, clientId, undefined, clientAuthentication(clientSecret), {
      // The token's signature is checked in any case, and not only the connection that it came by.
      execute: [oidc.enableNonRepudiationChecks, ...insecure],
      timeout: patience,
    });
  }
}

/** For a provider on this machine. The library marks it deprecated so that it stands out, not because it will go. */
const allowInsecureRequests = Reflect.get(oidc, 'allowInsecureRequests');

/** The secret in the header, as the standard has it by default; in the body where the provider takes it only there. */
function clientAuthentication(secret: string): oidc.ClientAuth {
  const [inHeader, inBody] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)];
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    (methods.includes('client_secret_basic') ? inHeader : inBody)(server, ...rest);
  };
}

const refused = (why: string): DomainError =>
  new DomainError('auth.required', {
    what: `the identity provider’s answer was not accepted: ${why}`,
    where: 'query',
  });

/** A provider that does not answer is away; an answer that does not fit proves nothing. The reason never quotes a token. */
function problemOfProvider(error: unknown, discovering = false): DomainError {
  if (error instanceof DomainError) return error;
  if (isAway(error) || discovering) {
    return new DomainError('service.unavailable', {
      what: 'the identity provider does not answer; sign in by password, or try again',
      where: 'oidc',
    });
  }
  if (error instanceof oidc.AuthorizationResponseError) return refused(error.error);
  if (error instanceof oidc.ResponseBodyError) return refused(error.error);
  return refused(error instanceof oidc.ClientError ? error.message : 'it can not be read');
}

/** Connections that fail are `TypeError`s of fetch; a time-out has its own code; a provider that is ill answers 5xx. */
function isAway(error: unknown): boolean {
  if (error instanceof oidc.ClientError)
    return error.code === 'OAUTH_TIMEOUT' || (error.cause instanceof Response && error.cause.status >= 500);
  return error instanceof TypeError && error.message === 'fetch failed';
}
