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

/** Somebody of the demonstration region, and what he does. */
export const step = (username: string, role: string, does: HumanStep['does']): HumanStep => ({
  username,
  role,
  does,
});
/** Completes a task with its form. */
export const complete = (task: string, form: JsonObject): HumanStep['does'] => ({
  act: 'complete',
  task,
  form,
});

/** The demonstration's accounts of the six sections. */
const sections: Readonly<Record<string, string>> = { solidWaste: 'waste', selfMonitoring: 'monitoring' };

const approve = { outcome: 'approve', opinion: '同意' };

/** The six sections agree. */
export const opinions: readonly HumanStep[] = elements.map((element) =>
  step(
    sections[element] ?? element,
    `element.${element}`,
    complete(`opinion.${element}.1`, { outcome: 'agree', opinion: '同意', demands: [] }),
  ),
);

/** From the opinions to the signed decision. */
export const decision: readonly HumanStep[] = [
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
];

/** The desk accepts, in this round of its task. */
export const accept = (round: number): HumanStep =>
  step('desk', 'acceptance', complete(`completeness.${round}`, { outcome: 'accept', corrected: [] }));

/** The seal keeper seals the case's document of this count. */
export const seal = (document: number): HumanStep =>
  step('seal', 'sealKeeper', { act: 'seal', document, seal: '行政许可专用章', by: '印管员' });

/**
 * What people do in an ordinary first application, from the claim at the desk to the seal under the decision: heavy steps
 * (the acceptance opens eight tasks) and light ones (an opinion closes one), as they come in life.
 */
export const humanSteps: readonly HumanStep[] = [
  step('desk', 'acceptance', { act: 'claim', task: 'completeness.1' }),
  accept(1),
  ...opinions,
  ...decision,
  // The receipt of the file and the notice of acceptance came before the decision.
  seal(3),
];
