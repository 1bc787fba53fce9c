import type { Citation } from './citation.js';
import { cite } from './instruments.js';

/** How a renewal stands at 24:00 of the permit's last day, as far as the law cares. */
export interface RenewalAtExpiry {
  /**
   * `received`: the completeness limit runs, also after a supplement. `supplement`: a supplement is asked for and not here.
   * `accepted`: accepted or deemed accepted, not decided. `granted`: decided for the holder. `ended`: withdrawn, denied,
   * returned or lapsed.
   */
  readonly stage: 'received' | 'supplement' | 'accepted' | 'granted' | 'ended';
  /** Received no later than the day that REG 14 leaves for it. */
  readonly inTime: boolean;
}

/** What becomes of the permit, and of its cancellation. */
export interface ExpiryOutcome {
  readonly outcome: 'renewed' | 'deemedRenewed' | 'held' | 'lapsedHeld' | 'lapsed';
  /** `held` waits for a person; a hold stops the cancellation, never the lapse. */
  readonly cancellation: 'none' | 'held' | 'opens';
  readonly zh: string;
  readonly en: string;
  readonly citation: Citation;
}

/**
 * What happens to a permit at 24:00 of its last day (ALL 50, ALL 70, REG 14). `held` is asked again when the completeness
 * limit has come to its result. `cancellationHeld`: a re-application is under way, a review or lawsuit, or a recorded hold.
 */
export function renewalAtExpiry(renewal: RenewalAtExpiry | null, cancellationHeld = false): ExpiryOutcome {
  switch (renewal?.stage) {
    case 'granted':
      return {
        outcome: 'renewed',
        cancellation: 'none',
        zh: '已作出准予延续决定，许可证继续有效。',
        en: 'The renewal is granted: the permit goes on.',
        citation: cite('REG', '14'),
      };
    case 'accepted':
      return renewal.inTime ? deemedRenewed() : lapsedHeld();
    case 'received':
      return {
        outcome: 'held',
        cancellation: 'none',
        zh: '延续申请已收到，补正告知期限尚未届满，待其结果后再作认定。',
        en: 'The renewal is received and its completeness limit still runs: what follows waits for its result.',
        citation: cite('REG', '9(4)'),
      };
    case 'supplement':
    case 'ended':
    case undefined:
      return lapsed(cancellationHeld);
  }
}

function deemedRenewed(): ExpiryOutcome {
  return {
    outcome: 'deemedRenewed',
    cancellation: 'none',
    zh: '按期提出延续申请，行政机关逾期未作决定，视为准予延续；新有效期自原有效期届满之日起算，待人工确认。',
    en: 'A timely renewal was not decided before the expiry and is deemed granted, from the old expiry; a person is to confirm it.',
    citation: cite('ALL', '50'),
  };
}

function lapsedHeld(): ExpiryOutcome {
  return {
    outcome: 'lapsedHeld',
    cancellation: 'held',
    zh: '逾期提出的延续申请尚未办结：许可证到期失效，暂缓注销，由法制人员决定；排污单位不得继续排污。',
    en: 'A late renewal is undecided: the permit lapses, its cancellation is held for a legal officer, and the unit may not discharge.',
    citation: cite('REG', '14'),
  };
}

function lapsed(cancellationHeld: boolean): ExpiryOutcome {
  return {
    outcome: 'lapsed',
    cancellation: cancellationHeld ? 'held' : 'opens',
    zh: `许可证有效期届满未延续，自行失效；${cancellationHeld ? '因存在暂缓事由，暂缓注销' : '启动注销程序'}。`,
    en: `The permit has expired without renewal and lapses; its cancellation ${cancellationHeld ? 'is held' : 'case opens'}.`,
    citation: cite('ALL', '70'),
  };
}
