import { type ApplicationFacts, holds } from './facts.js';
import type { Gate, RulePack } from './pack.js';

/** What a person found about a gate, with the papers that show it. */
export interface GateFinding {
  readonly gate: string;
  readonly met: boolean;
  readonly evidence: readonly unknown[];
}

/** What a gate comes to. */
export interface GateVerdict {
  readonly gate: Gate;
  /** `open` has no finding yet, or is called met without any evidence. */
  readonly outcome: 'met' | 'open' | 'supplement' | 'refuse';
}

/** The conditions that a decision on this application must meet. */
export function gatesFor(pack: RulePack, facts: ApplicationFacts): readonly Gate[] {
  return pack.gates.filter((gate) => holds(gate.applies, facts));
}

/**
 * Judges every gate that applies. A gate not met for want of a paper is first a supplement; once the paper was asked for
 * (`askedFor` names the gate), or where there is a paper and it does not convince, it is a refusal on the gate's citation.
 */
export function judgeGates(
  pack: RulePack,
  facts: ApplicationFacts,
  findings: readonly GateFinding[],
  askedFor: readonly string[] = [],
): readonly GateVerdict[] {
  return gatesFor(pack, facts).map((gate) => {
    const finding = findings.find((candidate) => candidate.gate === gate.id);
    return { gate, outcome: outcomeOf(gate, finding, askedFor.includes(gate.id)) };
  });
}

function outcomeOf(gate: Gate, finding: GateFinding | undefined, asked: boolean): GateVerdict['outcome'] {
  if (finding === undefined) return 'open';
  const shown = finding.evidence.length > 0;
  if (finding.met) return shown ? 'met' : 'open';
  return shown || asked ? 'refuse' : gate.missing;
}
