import { gatesMet } from '../rehearsal/office.js';
import { elements } from '../workflows/messages/elements.js';
import type { JsonObject } from '../workflows/messages/json.js';

/** One thing that a person does in a case: to a task (`<kind>.<round>`), or to a document by its count. */
export interface HumanStep {
  /** The account of the demonstration region. */
  readonly username: string;
  readonly role: string;
  readonly does:
    | { readonly act: 'claim'; readonly task: string }
    | { readonly act: 'complete'; readonly task: string; readonly form: JsonObject }
    | { readonly act: 'seal'; readonly document: number; readonly seal: string; readonly by: string };
}

const step = (username: string, role: string, does: HumanStep['does']): HumanStep => ({
  username,
  role,
  does,
});
const complete = (task: string, form: JsonObject): HumanStep['does'] => ({ act: 'complete', task, form });

/** The demonstration's accounts of the six sections. */
const sections: Readonly<Record<string, string>> = { solidWaste: 'waste', selfMonitoring: 'monitoring' };

const approve = { outcome: 'approve', opinion: '同意' };

/**
 * What people do in an ordinary first application, from the claim at the desk to the seal under the decision: heavy steps
 * (the acceptance opens eight tasks) and light ones (an opinion closes one), as they come in life.
 */
export const humanSteps: readonly HumanStep[] = [
  step('desk', 'acceptance', { act: 'claim', task: 'completeness.1' }),
  step('desk', 'acceptance', complete('completeness.1', { outcome: 'accept', corrected: [] })),
  ...elements.map((element) =>
    step(
      sections[element] ?? element,
      `element.${element}`,
      complete(`opinion.${element}.1`, { outcome: 'agree', opinion: '同意', demands: [] }),
    ),
  ),
  step('officer', 'officer', complete('visitDecision.1', { outcome: 'notNeeded', reason: '无需现场核查' })),
  step(
    'officer',
    'officer',
    complete('merge.1', {
      ...{ outcome: 'draft', conclusion: 'grant', opinion: '拟准予', gates: gatesMet() },
      ...{ settled: {}, grounds: [] },
    }),
  ),
  step('head', 'sectionHead', complete('sign.sectionHead.1', approve)),
  step('deputy', 'deputyHead', complete('sign.deputyHead.1', approve)),
  // The receipt of the file and the notice of acceptance came before the decision.
  step('seal', 'sealKeeper', { act: 'seal', document: 3, seal: '行政许可专用章', by: '印管员' }),
];
