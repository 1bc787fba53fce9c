import type { Request } from 'express';
import type { Logger } from 'pino';
import { RateLimiterDrizzle, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '../db/database.js';
import { rates } from '../db/schema/index.js';
import { DomainError } from '../rules/errors.js';

/** How much one may ask; 0 is without a limit. */
export interface RateOptions {
  /** Requests a minute of one person, or of one address where nobody has signed in. */
  readonly requests: number;
  /** Failed sign-ins of one address in a quarter of an hour, whatever the usernames. */
  readonly signInFailures: number;
}

/** Somebody asks too often: a 429 with `Retry-After`. */
export class RateLimited extends DomainError {
  /** In whole seconds, at least one. */
  readonly retryAfter: number;

  constructor({ msBeforeNext }: RateLimiterRes, where: string) {
    const retryAfter = Math.max(1, Math.ceil(msBeforeNext / 1000));
    super('rate.limited', { what: `too many requests; try again in ${retryAfter} seconds`, where });
    this.retryAfter = retryAfter;
  }
}

/** The limits at work. */
export interface Rates {
  /** Counts a request of whoever this is and says in the response's headers what is left. Throws `RateLimited`. */
  count(request: Request, who: { readonly person?: string }): Promise<void>;
  /** Throws `RateLimited` while an address has failed too often. */
  requireFewFailures(address: string): Promise<void>;
  countFailure(address: string): Promise<void>;
}

const minute = 60;
const quarter = 15 * minute;

/**
 * The limits, counted in the database, so that they hold over all processes; while it is away, each process counts for
 * itself. One that is off is said in the log at the start.
 */
export function createRates(
  db: Database,
  logger: Logger,
  { requests, signInFailures }: RateOptions = { requests: 0, signInFailures: 0 },
): Rates {
  const asking = limiterOf(db, 'requests', requests, minute);
  const failing = limiterOf(db, 'failures', signInFailures, quarter);
  if (asking === undefined || failing === undefined) {
    logger.warn({ requests, signInFailures }, 'rate limits are off: 0 is without a limit');
  }
  return {
    async count(request, { person }) {
      if (asking === undefined) return;
      const key = person === undefined ? `address ${networkOf(request.ip)}` : `person ${person}`;
      const state = await asking.consume(key).catch(stateOf);
      request.res?.setHeader('RateLimit-Policy', `"requests";q=${requests};w=${minute}`);
      const seconds = Math.ceil(state.msBeforeNext / 1000);
      request.res?.setHeader('RateLimit', `"requests";r=${state.remainingPoints};t=${seconds}`);
      if (state.consumedPoints > requests) throw new RateLimited(state, 'requests');
    },
    async requireFewFailures(address) {
      const state = await failing?.get(networkOf(address));
      if (state && state.consumedPoints >= signInFailures) throw new RateLimited(state, 'sign-in');
    },
    async countFailure(address) {
      await failing?.consume(networkOf(address)).catch(stateOf);
    },
  };
}

function limiterOf(db: Database, keyPrefix: string, points: number, duration: number) {
  if (points === 0) return undefined;
  const options = { keyPrefix, points, duration };
  const insuranceLimiter = new RateLimiterMemory(options);
  return new RateLimiterDrizzle({ ...options, storeClient: db, schema: rates, insuranceLimiter });
}

/** What the library throws where the limit is passed; anything else is an error. */
function stateOf(thrown: unknown): RateLimiterRes {
  if (thrown instanceof RateLimiterRes) return thrown;
  throw thrown;
}

/** An address as it is counted: of IPv6 the network, since its owner has the rest to choose from. */
function networkOf(address = ''): string {
  const isMapped = address.startsWith('::ffff:');
  return address.includes(':') && !isMapped ? address.split(':').slice(0, 4).join(':') : address;
}
