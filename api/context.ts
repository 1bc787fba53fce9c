import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Database } from '../db/database.js';
import { HeadTreeSource } from '../ledger/anchoredHeads.js';
import { CalendarSource } from '../db/queries/calendarSource.js';
import { createMetrics, type Metrics } from '../observe/metrics.js';
import type { TargetRules } from '../webhooks/target.js';
import { type Auth, type AuthOptions, createAuth } from './auth.js';
import { OpenId } from './openId.js';
import { createRates, type RateOptions, type Rates } from './rates.js';
import { SessionTokens } from './sessionTokens.js';

/** What the API is made from. */
export interface AppOptions {
  readonly db: Database;
  readonly client: Client;
  readonly taskQueue: string;
  readonly namespace: string;
  readonly logger: Logger;
  readonly auth: AuthOptions;
  /** Where calls are counted; metrics of its own unless told. */
  readonly metrics?: Metrics;
  /** Absent: no limits. */
  readonly rates?: RateOptions;
  /** How many proxies stand before the API and name the caller’s address; 0 unless told. */
  readonly proxies?: number;
  /** Aborted when the server is about to close: calls that wait for something to happen answer then. */
  readonly closing?: AbortSignal;
  /** Milliseconds for which a write waits for its case before it answers 202; 5,000 unless told. */
  readonly deadline?: number;
  /** How large a content may be, in bytes; ten megabytes unless told. */
  readonly contentLimit?: number;
  /** Where webhooks may go; to public addresses by https unless told. */
  readonly webhookRules?: TargetRules;
  /** The origin of Temporal's UI, whose pages may ask the codec; none may where it is absent. */
  readonly uiOrigin?: string;
}

/** What every route works with. */
export interface Context extends Omit<
  AppOptions,
  | 'auth'
  | 'deadline'
  | 'metrics'
  | 'contentLimit'
  | 'closing'
  | 'rates'
  | 'proxies'
  | 'uiOrigin'
  | 'webhookRules'
> {
  readonly auth: Auth;
  readonly authOptions: AuthOptions;
  readonly sessionTokens: SessionTokens;
  /** The identity provider, where one is configured. */
  readonly openId: OpenId | undefined;
  readonly calendars: CalendarSource;
  readonly headTrees: HeadTreeSource;
  readonly deadline: number;
  readonly metrics: Metrics;
  readonly contentLimit: number;
  readonly closing: AbortSignal;
  readonly rates: Rates;
  readonly webhookRules: TargetRules;
}

/** Sets up what the routes share. */
export function createContext({
  auth,
  deadline = 5000,
  metrics = createMetrics(),
  contentLimit = 10 * 1024 * 1024,
  closing = new AbortController().signal,
  rates,
  webhookRules = { privateTargets: false },
  uiOrigin: _,
  ...rest
}: AppOptions): Context {
  const signIn = createAuth(rest.db, auth);
  return {
    ...rest,
    auth: signIn,
    authOptions: auth,
    sessionTokens: new SessionTokens(signIn),
    openId: auth.oidc && new OpenId(auth.oidc, auth.baseUrl, auth.secret),
    calendars: new CalendarSource(),
    headTrees: new HeadTreeSource(),
    deadline,
    metrics,
    contentLimit,
    closing,
    webhookRules,
    rates: createRates(rest.db, rest.logger, rates),
  };
}
