import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** The claims of an ID token. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * A real provider of identities (`oidc-provider`, certified) on a free port, with its own pages for signing in. Before it
 * stands a door of ours: it lets everything through as it is, unless a test has it change an ID token, or shut.
 */
export interface IdentityProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What happens to ID tokens on their way; undefined leaves them alone. */
  tamper: ((token: string) => string) | undefined;
  /** Paths that begin so get no answer; undefined while all do. */
  shut: string | undefined;
  /** Claims signed with the provider's own key: what only the provider itself could issue. */
  signed(claims: Claims): string;
  close(): Promise<void>;
}

/** Starts a provider for one client; whoever signs in is called what he types, and has the claims of `peopleOf`. */
export async function openProvider(
  redirectUri: string,
  peopleOf: (subject: string) => Claims,
): Promise<IdentityProvider> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const [clientId, clientSecret] = ['yizheng', 'a secret between the two, for tests only'];
  const behind = createServer();
  const door = createServer((incoming, outgoing) => {
    void pass(incoming, outgoing, behind, idp);
  });
  await listen(door);
  await listen(behind);
  const issuer = urlOf(door);
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] },
        ...{ grant_types: ['authorization_code'], response_types: ['code'] },
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }] },
    pkce: { required: () => true },
    conformIdTokenClaims: false,
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
    cookies: { keys: ['a key of the tests'] },
    findAccount: (_context, subject) => ({
      accountId: subject,
      claims: () => Promise.resolve({ sub: subject, ...peopleOf(subject) }),
    }),
  });
  provider.proxy = true;
  const handle = provider.callback();
  behind.on('request', (incoming, outgoing) => void handle(incoming, outgoing));
  const idp: IdentityProvider = {
    ...{ issuer, clientId, clientSecret, tamper: undefined, shut: undefined },
    signed: (claims) => signedWith(privateKey, claims),
    async close() {
      for (const server of [door, behind]) {
        server.closeAllConnections();
        await new Promise((closed) => server.close(closed));
      }
    },
  };
  return idp;
}

const kid = 'test';

/** Hands a request on, and its answer back. */
async function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  behind: Server,
  idp: IdentityProvider,
): Promise<void> {
  const { method = 'GET', url = '/', headers } = incoming;
  if (idp.shut !== undefined && url.startsWith(idp.shut)) {
    incoming.socket.destroy();
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { host = '', connection: _, 'content-length': __, ...kept } = headers;
  const answer = await fetch(urlOf(behind) + url, {
    method,
    headers: { ...(kept as Record<string, string>), 'x-forwarded-host': host, 'x-forwarded-proto': 'http' },
    redirect: 'manual',
    ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
  });
  const text = await answer.text();
  const { tamper } = idp;
  outgoing.statusCode = answer.status;
  for (const [name, value] of answer.headers)
    if (!['content-length', 'connection', 'set-cookie', 'transfer-encoding'].includes(name))
      outgoing.setHeader(name, value);
  outgoing.setHeader('set-cookie', answer.headers.getSetCookie());
  if (url.startsWith('/token') && answer.ok && tamper !== undefined) {
    const tokens = JSON.parse(text) as { readonly id_token: string };
    outgoing.end(JSON.stringify({ ...tokens, id_token: tamper(tokens.id_token) }));
  } else outgoing.end(text);
}

function signedWith(key: KeyObject, claims: Claims): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signing = `${part({ alg: 'RS256', typ: 'JWT', kid })}.${part(claims)}`;
  return `${signing}.${sign('sha256', Buffer.from(signing), key).toString('base64url')}`;
}

const listen = (server: Server): Promise<void> =>
  new Promise((listening) => server.listen(0, '127.0.0.1', listening));

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
