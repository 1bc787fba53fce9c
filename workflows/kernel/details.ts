import { nameOf } from '../messages/family.js';
import type { CaseState } from '../messages/state.js';

/** What the Temporal UI shows of a case: its stage, open tasks and clocks. Ids and dates only, no personal data. */
export function describeCase(state: CaseState): string {
  const tasks = Object.values(state.tasks).map((task) => `- ${task.kind} (${task.role}, ${task.organ})`);
  const clocks = Object.entries(state.clocks)
    .filter(([, clock]) => clock.state !== 'stopped')
    .map(
      ([id, clock]) => `- ${nameOf(id)}: ${clock.state === 'paused' ? '扣除中 / paused' : (clock.due ?? '')}`,
    );
  return [
    `**${state.caseId}** · ${state.stage} · r${state.revision}`,
    '',
    '**任务 / tasks**',
    ...tasks,
    '',
    '**期限 / clocks**',
    ...clocks,
    '',
    state.next === null ? '' : `下一时刻 / next: ${state.next.clock}/${state.next.moment} ${state.next.at}`,
  ].join('\n');
}
