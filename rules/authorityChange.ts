import type { Citation, Standing } from './citation.js';
import { DomainError } from './errors.js';
import { cite } from './instruments.js';
import type { LimitId } from './limit.js';

/** What has happened that might lead to a change of the permit by the authority. */
export const changeTriggers = [
  'standardsChanged',
  'totalQuantityChanged',
  'ownError',
  'monitoringFindings',
  'inspectionFindings',
  'retrofitFinished',
  'holderAsks',
  'holderBuilds',
] as const;

/** A trigger, by its name. */
export type ChangeTrigger = (typeof changeTriggers)[number];

/** Where a trigger leads: to the authority's own change, or to another procedure. */
export type TriggerRule = { readonly citation: Citation; readonly standing: Standing } & (
  | {
      readonly starts: true;
      /** The articles that the decision rests on. */
      readonly articles: readonly string[];
      /** By when to have decided, counted from the day on which the demand takes effect. Recalled: it warns, no more. */
      readonly aim: LimitId | null;
    }
  | { readonly starts: false; readonly instead: 'urging' | 'change' | 'reapplication' }
);

const law = { citation: cite('REG', '16'), standing: 'seen', starts: true, articles: ['REG 16'] } as const;
/** M32 has these cases, as we recall it; the decision rests on what REG 13 wants the permit to say. */
const recalled = { citation: cite('M32'), standing: 'recalled', starts: true, aim: null } as const;
const holders = { citation: cite('REG', '14'), standing: 'seen', starts: false } as const;

/** REG 16 and what goes with it, a row each. A finished retrofit and an inspection start the holder's own change. */
export const triggerRules: Readonly<Record<ChangeTrigger, TriggerRule>> = {
  standardsChanged: { ...law, aim: 'authorityChange.standard' },
  totalQuantityChanged: { ...law, aim: 'authorityChange.quota' },
  ownError: { ...recalled, articles: ['REG 13'] },
  monitoringFindings: { ...recalled, articles: ['REG 13(8)'] },
  inspectionFindings: { ...holders, instead: 'urging' },
  retrofitFinished: { ...holders, instead: 'urging' },
  holderAsks: { ...holders, instead: 'change' },
  holderBuilds: { ...holders, citation: cite('REG', '15'), instead: 'reapplication' },
};

/** The rule of a trigger that starts the authority's change. Throws `rule.refused`, naming the procedure to take instead. */
export function startingRule(trigger: ChangeTrigger): Extract<TriggerRule, { starts: true }> {
  const rule = triggerRules[trigger];
  if (rule.starts) return rule;
  throw new DomainError('rule.refused', {
    what: 'this does not start a change by the authority',
    where: 'trigger',
    expected: rule.instead,
    found: trigger,
  });
}
