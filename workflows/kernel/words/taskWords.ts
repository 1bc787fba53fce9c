import type { JsonObject } from '../../messages/json.js';
import type { Place, TaskChange, TaskOpened } from '../../messages/step.js';
import { ClockWords } from './clockWords.js';

/** The words about human tasks. */
export abstract class TaskWords<Facts extends JsonObject> extends ClockWords<Facts> {
  /** Opens a human task for a role of an organ, in the next round of its kind. Answers with the task's round. */
  openTask(
    kind: string,
    role: string,
    organ: Place,
    more: { clock?: string; assignee?: string; limit?: string } = {},
  ): number {
    const round = this.rounds(kind) + 1;
    const clock = more.clock ?? (more.limit === undefined ? undefined : `${kind}.${round}`);
    if (more.limit !== undefined && clock !== undefined) this.startClock(clock, more.limit, this.on);
    this.draft.tasks.push({
      type: 'opened',
      id: `${this.caseId}#${kind}.${round}`,
      kind,
      round,
      role,
      organ: this.organ(organ),
      ...(clock === undefined ? {} : { clock }),
      ...(more.assignee === undefined ? {} : { assignee: more.assignee }),
    });
    this.countRound(kind);
    return round;
  }

  /** Counts a round of something that is not a task. */
  countRound(kind: string): void {
    this.draft.facts['rounds'] = { ...this.roundsByKind, [kind]: this.rounds(kind) + 1 };
  }

  changeTask(change: TaskChange): void {
    this.draft.tasks.push(change);
  }

  /** How many rounds of this kind of task there have been. */
  rounds(kind: string): number {
    return this.roundsByKind[kind] ?? 0;
  }

  private get roundsByKind(): Readonly<Record<string, number>> {
    return ({ ...this.state.facts, ...this.draft.facts }['rounds'] ?? {}) as Record<string, number>;
  }

  /** The open tasks whose kind is one of these; all of them when none is named. This step's own changes are counted in. */
  openTasks(...kinds: readonly string[]): readonly TaskOpened[] {
    const open = new Map(Object.entries(this.state.tasks));
    for (const change of this.draft.tasks) {
      if (change.type === 'opened') open.set(change.id, change);
      else if (change.type !== 'assigned') open.delete(change.id);
    }
    return [...open.values()].filter((task) => kinds.length === 0 || kinds.includes(task.kind));
  }

  /** Closes tasks that events have overtaken, with the clocks that belong to them. */
  overtakeTasks(...kinds: readonly string[]): void {
    for (const task of this.openTasks(...kinds)) {
      this.draft.tasks.push({ type: 'overtaken', id: task.id });
      this.stopTaskClock(task);
    }
  }

  /** Stops the clock that was started for this task alone. */
  stopTaskClock({ clock, kind, round }: TaskOpened): void {
    if (
      clock !== `${kind}.${round}` ||
      this.state.clocks[clock]?.state === 'stopped' ||
      this.isStopping(clock)
    )
      return;
    this.draft.clocks.push({ clock, type: 'stopped', on: this.on });
  }
}
