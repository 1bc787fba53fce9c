import { packById } from '../../rules/packs/index.js';
import type { RequestBodies, TaskForms } from '../messages/catalogue.js';
import { nameOf } from '../messages/family.js';
import { isHeld } from '../messages/held.js';
import type { JsonObject } from '../messages/json.js';
import type { AnyProcedure } from './procedure.js';
import type { Step } from './step.js';
import { openTask } from './tasks.js';

/** A lever that waits for its signature: what was asked for, and by whom. */
type AskedLever = RequestBodies['lever.ask'] & { readonly by: string };

/**
 * The levers of the system administrator. He asks; where the case is statutory, which all of today's are, a head of the
 * deciding organ signs, on a paper that the ledger names by its hash. Nobody pulls one alone, and one waits at a time.
 */
export const leverRequests = (procedure: AnyProcedure) => ({
  /** No legal effect: the case is woken, and what is still to be sent to it is sent. */
  'lever.retry': (step: Step, { reason }: RequestBodies['lever.retry']): void => {
    requireSystemAdministrator(step);
    step.record('lever.retried', { reason });
  },
  'lever.ask': (step: Step, asked: RequestBodies['lever.ask']): void => {
    requireSystemAdministrator(step);
    const [waiting] = step.openTasks('lever');
    if (waiting !== undefined) {
      step.refuse('case.stage', {
        what: 'another lever waits for its signature',
        where: step.caseId,
        found: waiting.id,
      });
    }
    requirePossible(step, procedure, asked);
    const { lever, reason, document, signer } = asked;
    step.remember({ lever: { ...asked, by: step.actor.id } });
    step.record('lever.asked', { lever: nameOfLever(lever), reason, document, signer, ...targetOf(asked) });
    step.openTask('lever', signer, 'deciding', { limit: 'sign' });
  },
});

/** The signer approves, and the lever takes effect in this very step; or refuses, and nothing has happened. */
export function completeLever(step: Step, procedure: AnyProcedure, form: TaskForms['lever']): void {
  const asked = step.facts['lever'] as AskedLever | null | undefined;
  if (asked === null || asked === undefined)
    step.refuse('task.closed', { what: 'no lever waits for a signature', where: step.caseId });
  const { lever, reason, document, by } = asked;
  step.remember({ lever: null });
  const common = { lever: nameOfLever(lever), askedBy: by, document, ...targetOf(asked) };
  if (form.outcome === 'refuse') {
    step.record('lever.refused', { ...common, reason: form.reason });
    return;
  }
  requirePossible(step, procedure, asked);
  step.record('lever.approved', { ...common, reason, opinion: form.opinion });
  pull(step, procedure, asked);
}

/** What is asked must be possible when it is asked, and still when it is signed. */
function requirePossible(step: Step, procedure: AnyProcedure, asked: RequestBodies['lever.ask']): void {
  const held = isHeld(step.facts);
  switch (asked.lever) {
    case 'reassign':
      openTask(step, asked.task);
      break;
    case 'hold':
    case 'release':
      if (held === (asked.lever === 'release')) break;
      step.refuse('case.stage', {
        what: held ? 'the case is held already' : 'the case is not held',
        where: step.caseId,
      });
      break;
    case 'end':
      if (procedure.ended === undefined) {
        step.refuse('rule.refused', {
          what: 'only the law ends this kind of case: by expiry, cancellation or annulment',
          where: step.caseId,
        });
      }
      step.require(...procedure.ended.stages);
      break;
    case 'move':
      requireMovable(step, asked.pack);
      break;
    case 'retime':
      break;
  }
}

/**
 * A running case keeps the pack that it started under. It is moved on purpose alone: to a pack of its own region that is in
 * force, that knows its organs, and under which each of its clocks can be counted on.
 */
function requireMovable(step: Step, id: string): void {
  const from = step.pack;
  const to = packById(id);
  const refuse = (what: string, expected: string, found: string) =>
    step.refuse('rule.refused', { what, where: 'pack', expected, found });
  if (to.id === from.id) refuse('the case follows this pack already', 'another pack', id);
  if (to.region !== from.region) refuse('the pack is of another region', from.region, to.region);
  if (step.on < to.effectiveFrom || (to.effectiveTo !== null && step.on > to.effectiveTo))
    refuse('the pack is not in force', `${to.effectiveFrom} – ${to.effectiveTo ?? ''}`, step.on);
  const organs = Object.values(step.opening.organs);
  const missing = organs.find((organ) => to.organs.every((known) => known.id !== organ));
  if (missing !== undefined) refuse('the pack does not know an organ of the case', missing, 'no such organ');
  for (const { limit, state } of Object.values(step.state.clocks)) {
    const [old, young] = [from.limits[limit], to.limits[limit]];
    const alike = young !== undefined && young.unit === old?.unit && young.direction === old.direction;
    if (state !== 'stopped' && !alike) refuse('a clock of the case can not be counted on', limit, id);
  }
}

function pull(step: Step, procedure: AnyProcedure, asked: AskedLever): void {
  const { reason, document } = asked;
  switch (asked.lever) {
    case 'reassign':
      step.changeTask({ type: 'assigned', id: asked.task, assignee: asked.assignee });
      step.record('task.reassigned', { task: asked.task, to: asked.assignee, reason });
      break;
    case 'hold':
      // The clocks run on and are seen to; `commit` lets no lapse of theirs come before the release.
      step.remember({ leverHold: { since: step.at, document } });
      break;
    case 'release':
      step.remember({ leverHold: null });
      break;
    case 'move':
      step.record('pack.moved', { from: step.pack.id, to: asked.pack, reason });
      step.moveTo(packById(asked.pack));
      retimeClocks(step);
      break;
    case 'retime':
      retimeClocks(step);
      break;
    case 'end':
      procedure.ended?.end(step, reason);
      break;
  }
}

/** Every clock that has not stopped, but that of the signature which is just given. */
function retimeClocks(step: Step): void {
  for (const [clock, { state }] of Object.entries(step.state.clocks)) {
    if (state !== 'stopped' && nameOf(clock) !== 'lever') step.changeClock({ clock, type: 'retimed' });
  }
}

/** What the glossary calls it. */
const nameOfLever = (lever: AskedLever['lever']): string => `lever.${lever}`;

/** Which task goes to whom, where the lever is about one; which pack a case is moved to. */
const targetOf = (asked: RequestBodies['lever.ask']): JsonObject =>
  asked.lever === 'reassign'
    ? { task: asked.task, assignee: asked.assignee }
    : asked.lever === 'move'
      ? { pack: asked.pack }
      : {};

function requireSystemAdministrator(step: Step): void {
  if (step.actor.roles.some((role) => role.startsWith('systemAdministrator@'))) return;
  step.refuse('auth.forbidden', { what: 'only the system administrator asks for this' });
}
