import { selfCheckRule } from '../../rules/selfCheck.js';
import type { IssueStep } from './facts.js';

/**
 * Where the problem was that a unit left its self-check undone: the checks that have become this issue, of whichever period,
 * wait for nothing any more.
 */
export function endSilence(step: IssueStep, outcome: 'closedOut' | 'noFault' | 'ended'): void {
  const { tier, rule, permitNo } = step.facts.finding;
  if (tier !== 'selfCheck' || rule !== selfCheckRule.id) return;
  step.tellCasesOf(permitNo, ['selfCheck'], 'selfCheck.silenceOver', { issueId: step.caseId, outcome });
}
