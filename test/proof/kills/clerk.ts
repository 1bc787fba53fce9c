import { randomUUID } from 'node:crypto';
import { demonstrationPassword } from '../../../cli/demonstration.js';

/** What a write came to in the end. */
export interface Acknowledged {
  readonly requestId: string;
  readonly caseId: string;
  readonly revision: number;
}

/** How often the office had to try again, by what it met. */
export type Setbacks = Record<string, number>;

/** For how long somebody goes on asking, in milliseconds. */
const patience = 300_000;

/**
 * People who work carefully: each act has an idempotency key, and is asked for again under the same key, whatever goes wrong,
 * until it is answered. A 202 is followed to its request. Only a refusal, which nobody here should meet, is an error.
 */
export class Clerks {
  readonly setbacks: Setbacks = {};
  private readonly tokens = new Map<string, Promise<string>>();

  constructor(private readonly url: string) {}

  /** Does something; with `twice`, as an impatient hand does that clicks again before the first click is answered. */
  async act(username: string, path: string, body: object, twice = false): Promise<Acknowledged> {
    const key = randomUUID();
    const [first, second] = await Promise.all([
      this.insist(username, path, body, key),
      twice ? this.insist(username, path, body, key) : undefined,
    ]);
    if (second !== undefined && (second.requestId !== first.requestId || second.revision !== first.revision))
      throw new Error(`${path} was done twice: ${JSON.stringify([first, second])}`);
    return first;
  }

  /** Reads something, as often as it takes. */
  async read(username: string, path: string): Promise<Record<string, unknown>> {
    return await this.again(async () => {
      const response = await this.call(username, 'GET', path);
      return response.status === 200 ? response.body : undefined;
    }, path);
  }

  /** Writes something that is no act in a case and may be repeated, such as a content. */
  async store(username: string, path: string, body: object): Promise<Record<string, unknown>> {
    return await this.again(async () => {
      const response = await this.call(username, 'POST', path, body);
      return response.status === 201 || response.status === 200 ? response.body : undefined;
    }, path);
  }

  private async insist(username: string, path: string, body: object, key: string): Promise<Acknowledged> {
    return await this.again(async () => {
      const { status, body: answer } = await this.call(username, 'POST', path, body, key);
      if (status === 200 || status === 201) return acknowledged(answer);
      if (status !== 202) throw new Error(`${username} ${path}: ${status} ${JSON.stringify(answer)}`);
      this.count('202');
      return await this.follow(username, String(answer['requestId']));
    }, path);
  }

  /** A 202 says where to look; after a while without an answer, the same act is asked for once more. */
  private async follow(username: string, requestId: string): Promise<Acknowledged | undefined> {
    const end = Date.now() + 5000;
    while (Date.now() < end) {
      const { status, body } = await this.call(username, 'GET', `/requests/${requestId}`);
      if (status === 200 && body['status'] === 'done') {
        const answer = body['answer'] as Record<string, unknown>;
        return acknowledged({ requestId, caseId: body['caseId'], ...answer });
      }
      if (status === 200 && body['status'] === 'refused')
        throw new Error(`${requestId}: ${JSON.stringify(body)}`);
      await pause(200);
    }
    return undefined;
  }

  private async again<Result>(attempt: () => Promise<Result | undefined>, what: string): Promise<Result> {
    const end = Date.now() + patience;
    for (let wait = 100; Date.now() < end; wait = Math.min(wait * 2, 1000)) {
      try {
        const result = await attempt();
        if (result !== undefined) return result;
      } catch (error) {
        if (!(error instanceof Setback)) throw error;
        this.count(error.message);
      }
      await pause(wait);
    }
    throw new Error(`nobody answered ${what}`);
  }

  private async call(
    username: string,
    method: string,
    path: string,
    body?: object,
    key: string = randomUUID(),
  ) {
    const token = path === '/sign-in' ? '' : await this.tokenOf(username);
    const response = await fetch(this.url + path, {
      method,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': key,
        authorization: `Bearer ${token}`,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    })
      .then(async (answer) => ({ status: answer.status, text: await answer.text() }))
      .catch((error: unknown) => {
        throw new Setback(error instanceof Error && error.name === 'TimeoutError' ? 'no answer' : 'cut off');
      });
    if (response.status >= 500 || response.status === 429) throw new Setback(String(response.status));
    return { status: response.status, body: JSON.parse(response.text) as Record<string, unknown> };
  }

  private async tokenOf(username: string): Promise<string> {
    const known = this.tokens.get(username);
    if (known !== undefined) return await known;
    const body = { username, password: demonstrationPassword };
    const signedIn = this.again(async () => {
      const answer = await this.call(username, 'POST', '/sign-in', body);
      if (answer.status !== 200) throw new Error(`${username} can not sign in: ${JSON.stringify(answer)}`);
      return String(answer.body['token']);
    }, '/sign-in');
    this.tokens.set(username, signedIn);
    return await signedIn;
  }

  private count(what: string): void {
    this.setbacks[what] = (this.setbacks[what] ?? 0) + 1;
  }
}

/** Something that asking again may mend: a connection that was cut, no answer in time, a 5xx, a 429. */
class Setback extends Error {}

const acknowledged = (answer: Record<string, unknown>): Acknowledged => ({
  requestId: String(answer['requestId']),
  caseId: String(answer['caseId']),
  revision: Number(answer['revision']),
});

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
