import type { FigureCount } from './bulletinFigures.js';
import { type Tier, tiers } from './issueWords.js';

/** What a bulletin says of one of the three tiers: told apart, since each looks at something else. */
export interface TierStanding {
  readonly tier: Tier;
  /** Issuances sampled and reviewed, permits swept, self-checks signed. */
  readonly looked: number;
  /** Those of them with problems. */
  readonly faulty: number;
  /** 自查自纠: only told as a number, since what was mended in time is the unit's own. */
  readonly selfCorrected: number;
  /** Self-checks past their term. */
  readonly silent: number;
  readonly problems: number;
  readonly closedInTime: number;
  readonly closedLate: number;
  readonly overdue: number;
  readonly open: number;
}

/** The three tiers as these counts have them. */
export function tierStandings(counts: readonly FigureCount[]): readonly TierStanding[] {
  const sum = (figure: string, ...parts: readonly string[]): number =>
    counts
      .filter((each) => each.figure === figure && (parts.length === 0 || parts.includes(each.part)))
      .reduce((total, { count }) => total + count, 0);
  const looked = {
    sampling: [sum('reviewed'), sum('faulty')],
    sweep: [sum('swept'), sum('swept', 'problems')],
    selfCheck: [sum('selfChecked', 'sound', 'selfCorrected', 'problems'), sum('selfChecked', 'problems')],
  } as const satisfies Record<Tier, readonly [looked: number, faulty: number]>;
  return tiers.map((tier) => ({
    ...{ tier, looked: looked[tier][0], faulty: looked[tier][1] },
    selfCorrected: tier === 'selfCheck' ? sum('selfChecked', 'selfCorrected') : 0,
    silent: tier === 'selfCheck' ? sum('selfChecked', 'silent') : 0,
    problems: sum('tier', tier),
    closedInTime: sum('tierClosed', `${tier}.inTime`),
    closedLate: sum('tierClosed', `${tier}.late`),
    overdue: sum('tierClosed', `${tier}.overdue`),
    open: sum('tierClosed', `${tier}.open`),
  }));
}
