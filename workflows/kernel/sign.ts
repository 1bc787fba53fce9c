import { signingChainOf } from '../../rules/pack.js';
import type { TaskForms } from '../messages/catalogue.js';
import type { TaskOpened } from '../messages/step.js';
import type { AnyProcedure } from './procedure.js';
import type { Step } from './step.js';

/** A chain under way: what it signs, its steps by the pack, and who has signed so far. */
export type Signing = {
  readonly subject: string;
  readonly chain: readonly { readonly step: string; readonly role: string }[];
  readonly signed: readonly { readonly step: string; readonly by: string; readonly at: string }[];
};

/**
 * Puts a draft on the signing chain of the deciding organ's pack: drafting officer, section head, legal review where due,
 * signing deputy head. Who drafted has signed the first step with the draft. Sealing is not a signature: the signed
 * document's seal is an act of its own.
 */
export function startSigning(step: Step, subject: string, due: { readonly legalReview: boolean }): void {
  const chain = signingChainOf(step.pack, step.organ('deciding'))
    .filter((link) => link.role !== 'sealKeeper' && (link.when === 'always' || due.legalReview))
    .map((link) => ({ step: link.step, role: link.role }));
  const drafted = { step: chain[0]?.step ?? 'drafting', by: step.actor.id, at: step.at };
  openSignature(step, { subject, chain, signed: [drafted] }, 1);
}

/** A signature was given, or the draft sent back to an earlier step of the chain. */
export function completeSignature(
  step: Step,
  procedure: AnyProcedure,
  task: TaskOpened,
  form: TaskForms['sign'],
): void {
  const signing = step.facts['signing'] as Signing | null | undefined;
  const position = signing?.chain.findIndex((link) => task.kind === `sign.${link.step}`) ?? -1;
  if (signing === null || signing === undefined || position < 0) {
    step.refuse('task.closed', { what: 'nothing is being signed', where: step.caseId });
  }
  if (form.outcome === 'return') {
    const earlier = signing.chain.findIndex((link) => link.step === form.to);
    if (earlier < 0 || earlier >= position) {
      step.refuse('rule.refused', {
        what: 'a draft goes back to an earlier step of the chain',
        where: 'to',
        expected: signing.chain
          .slice(0, position)
          .map((link) => link.step)
          .join(' | '),
        found: form.to,
      });
    }
    step.record('decision.returned', { from: task.kind, to: form.to, reason: form.reason });
    if (earlier > 0) openSignature(step, { ...signing, signed: signing.signed.slice(0, earlier) }, earlier);
    else {
      step.remember({ signing: null });
      procedure.redrafted?.[signing.subject]?.(step);
    }
    return;
  }
  const twice = signing.signed.find((signature) => signature.by === step.actor.id);
  if (twice !== undefined) {
    step.refuse('rule.refused', {
      what: 'one person signs one step of a chain',
      where: task.id,
      found: twice.step,
    });
  }
  const signed = [
    ...signing.signed,
    { step: task.kind.slice('sign.'.length), by: step.actor.id, at: step.at },
  ];
  step.record('decision.signed', {
    step: task.kind,
    subject: signing.subject,
    onBehalfOf: step.actor.onBehalfOf ?? null,
  });
  if (position + 1 < signing.chain.length) {
    openSignature(step, { ...signing, signed }, position + 1);
    return;
  }
  step.remember({ signing: null, lastSigned: { ...signing, signed } });
  procedure.signed?.[signing.subject]?.(step);
}

function openSignature(step: Step, signing: Signing, position: number): void {
  const link = signing.chain[position];
  if (link === undefined)
    step.refuse('internal', { what: 'the pack has an empty signing chain', where: step.caseId });
  step.remember({ signing: signing });
  step.openTask(`sign.${link.step}`, link.role, 'deciding', { limit: 'sign' });
}
