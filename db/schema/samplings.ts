import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { SampledKind, SampleState } from '../../rules/samplingWords.js';
import type { CarriedRow } from '../../workflows/messages/samplings.js';
import { bytes, calendarDate, instant } from '../columns.js';

/** The rounds of the provincial samplings (省级抽查): commitment, frozen population, beacon, result. Only `commit` writes here. */
export const samplingRounds = pgTable(
  'sampling_rounds',
  {
    campaign: text().notNull(),
    round: integer().notNull(),
    /** SHA-256 of the seed's bytes: published before the population is frozen. */
    seedHash: text('seed_hash').notNull(),
    committedAt: instant('committed_at').notNull(),
    /** The seed under the keys that payloads are encrypted with, until it is published. */
    sealedSeed: bytes('sealed_seed').notNull(),
    /** In hex; null before the publication. */
    seed: text(),
    /** What public value of a later time is mixed in; null for none. */
    beaconSource: text('beacon_source'),
    beacon: text(),
    /** The last day whose issuances the round holds. */
    asOf: calendarDate('as_of'),
    populationHash: text('population_hash'),
    frozenAt: instant('frozen_at'),
    /** What the earlier rounds come to, as the draw took it. */
    carry: jsonb().$type<readonly CarriedRow[]>(),
    /** The shares that the round was drawn with: decimals. */
    shares: jsonb().$type<{ readonly first: string; readonly reapplication: string }>().notNull(),
    drawnAt: instant('drawn_at'),
    publishedAt: instant('published_at'),
  },
  (table) => [primaryKey({ columns: [table.campaign, table.round] })],
);

const issuance = {
  campaign: text().notNull(),
  permitNo: text('permit_no').notNull(),
  kind: text().$type<SampledKind>().notNull(),
  issuedOn: calendarDate('issued_on').notNull(),
};

/** The frozen populations: each issuance of the year once, in the round that froze it. */
export const samplingPopulation = pgTable(
  'sampling_population',
  {
    ...issuance,
    round: integer().notNull(),
    city: text().notNull(),
    permitClass: text('permit_class').notNull(),
    industry: text().notNull(),
    /** The organ that decided, and the one that supervises. */
    organ: text().notNull(),
    supervising: text().notNull(),
    area: text().notNull(),
    unitId: text('unit_id').notNull(),
    /** The permit's version that the issuance made. */
    version: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.campaign, table.permitNo, table.kind, table.issuedOn] }),
    index('sampling_population_round').on(table.campaign, table.round),
  ],
);

/** The samples: what was drawn, what took the place of what was cancelled, and the reviews that were opened for it. */
export const samplingItems = pgTable(
  'sampling_items',
  {
    ...issuance,
    round: integer().notNull(),
    /** Its place in the round's result; replacements come after. */
    position: integer().notNull(),
    /** Reviewed by two people, neither knowing of the other. */
    twice: boolean().notNull(),
    state: text().$type<SampleState>().notNull(),
    /** Why it was replaced. */
    reason: text(),
    /** The permit whose cancelled issuance it takes the place of. */
    replaces: text(),
    /** The cases that review it. */
    reviews: jsonb().$type<readonly string[]>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.campaign, table.permitNo, table.kind, table.issuedOn] }),
    index('sampling_items_round').on(table.campaign, table.round, table.position),
  ],
);

/** What the platform counts, per organ and kind, as a person has entered it, beside what we count. */
export const samplingCounts = pgTable(
  'sampling_counts',
  {
    campaign: text().notNull(),
    /** The task in which it was entered. */
    task: text().notNull(),
    organ: text().notNull(),
    kind: text().$type<SampledKind>().notNull(),
    asOf: calendarDate('as_of').notNull(),
    ours: integer().notNull(),
    platform: integer().notNull(),
    source: text().notNull(),
    enteredBy: text('entered_by').notNull(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.campaign, table.task, table.organ, table.kind] })],
);
