import { familyOf } from '../messages/family.js';
import { end } from './ending.js';
import { type CancellationStep, groundOf } from './facts.js';

/** What holds the case, and whether there is still a permit to cancel, is read in the step's own transaction. */
export function unlessStopped(step: CancellationStep, goOn: (step: CancellationStep) => void): void {
  const ground = groundOf(step);
  step.dependOn(
    'cancellationHolds',
    { permitNo: step.facts.permitNo, ground },
    {
      free: goOn,
      held: stop,
      moot: (branch) => end(branch, ground === 'expired' ? 'inForce' : 'hasEnded'),
      superseded: (branch) => end(branch, 'superseded'),
    },
  );
}

/** A review, a lawsuit, a re-application under way or a recorded hold stops the case until it is released. */
function stop(step: CancellationStep): void {
  if (step.stage === 'held') return;
  step.remember({ stoppedAt: step.stage });
  step.enter('held');
  step.record('cancellation.held', {});
  // Papers on their way are served, enforcement keeps its lead, whom no notice reached is told, a lever keeps its signer; every
  // other piece of work is taken up again afterwards.
  for (const { kind } of step.openTasks()) {
    if (!['seal', 'serve', 'lead', 'contact', 'lever'].includes(familyOf(kind))) step.overtakeTasks(kind);
  }
}
