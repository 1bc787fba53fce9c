import type { LimitId } from './limit.js';

/** To whom a moment speaks. */
export const levels = ['officer', 'sectionHead', 'deputyHead', 'applicant'] as const;
export type Level = (typeof levels)[number];

/** What a moment does. A `lapse` belongs to every clock by itself and is on no ladder. */
export type MomentAction = 'remind' | 'warn' | 'yellow' | 'red' | 'escalate' | 'anniversary' | 'lapse';

/** A distance from the due day. */
export interface Distance {
  readonly length: number;
  readonly unit: 'workingDay' | 'calendarDay';
}

/** One rung: something that happens before or after the due day, or every year of a term. Exactly one of the three is set. */
export interface LadderStep {
  readonly name: string;
  readonly before?: Distance;
  readonly after?: Distance;
  readonly every?: 'year';
  /** Counted from the promised due day (from the statutory one where nothing is promised), or from the statutory one. */
  readonly basis: 'promised' | 'statutory';
  /** The time of day, `HH:mm`, Asia/Shanghai. */
  readonly at: string;
  readonly action: Exclude<MomentAction, 'lapse'>;
  readonly level?: Level;
}

/** The rungs of each limit, in order. A limit without an entry only lapses. */
export type Ladders = Readonly<Record<LimitId, readonly LadderStep[]>>;
