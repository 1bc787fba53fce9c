import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isRole } from '../../api/accounts.js';
import { resources } from '../../api/app.js';
import { type Grant, grantsFor, kindOf, type Role, roles } from '../../api/policy.js';
import type { Route } from '../../api/route.js';
import { demonstrationPassword } from '../../cli/demonstration.js';

/**
 * Makes the people of `npm run fuzz` ready: `node fuzzed.js URL FOLDER`. The demonstration's drafting officer is given every
 * officer's role; everybody is signed in, and his token and the operations that the policy lets him use are left in the
 * folder. The process fails when somebody cannot sign in, and when there is an operation that none of them may use: grants
 * are looked at before input, and a well-formed refusal would pass for well-fuzzed.
 */
const [api, folder] = z.tuple([z.url(), z.string()]).parse(process.argv.slice(2));

const people = ['officer', 'steel', 'system', 'security', 'audit'];
const routes = resources.flatMap((resource) => resource.routes);
const nameOf = ({ method, path }: Route): string => `${method.toUpperCase()} ${path}`;

// Of a city, whose case the tour leaves, and of the region, which alone samples and takes issues up.
const everyOffice: readonly Grant[] = ['yunchuan', 'province']
  .flatMap((organ) => roles.map((role) => ({ role, organ })))
  .filter((grant) => kindOf([grant]) === 'officer');
const security = await signIn('security');
await send('PUT', '/accounts/officer/grants', { grants: everyOffice }, security);

const missed = new Set(routes.map(nameOf));
for (const username of people) {
  const token = await signIn(username);
  const mine = await usableBy(token);
  for (const name of mine) missed.delete(name);
  writeFileSync(join(folder, `${username}.token`), token);
  writeFileSync(join(folder, `${username}.operations`), mine.map((name) => `${name}\n`).join(''));
}
if (missed.size > 0) {
  throw new Error(`none of the people of the fuzz may use ${[...missed].join(', ')}`);
}

/** The operations that the policy lets somebody use with what he is in fact granted. */
async function usableBy(token: string): Promise<readonly string[]> {
  const grant = z.object({
    role: z.custom<Role>((value) => typeof value === 'string' && isRole(value)),
    organ: z.string(),
  });
  const person = z
    .object({ id: z.string(), username: z.string(), name: z.string(), grants: z.array(grant) })
    .parse(await send('GET', '/me', undefined, token));
  const may = ({ access }: Route) =>
    access === 'public' || access === 'signedIn' || grantsFor({ ...person, covering: [] }, access).length > 0;
  return routes.filter(may).map(nameOf);
}

async function signIn(username: string): Promise<string> {
  const body = { username, password: demonstrationPassword };
  return z.object({ token: z.string().min(1) }).parse(await send('POST', '/sign-in', body)).token;
}

async function send(method: string, path: string, body?: object, token?: string): Promise<unknown> {
  const response = await fetch(api + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) {
    const who = body !== undefined && 'username' in body ? ` for ${String(body.username)}` : '';
    throw new Error(`${method} ${path}${who} answered ${String(response.status)}: ${text}`);
  }
  return JSON.parse(text);
}
