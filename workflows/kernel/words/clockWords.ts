import type { JsonObject } from '../../messages/json.js';
import { nameOf } from '../../messages/family.js';
import type { ClockChange, ClockView, Day } from '../../messages/step.js';
import { EffectWords } from './effectWords.js';

/** The words about clocks. */
export abstract class ClockWords<Facts extends JsonObject> extends EffectWords<Facts> {
  /** The clock as the case knows it, or undefined when it was never started. */
  clock(id: string): ClockView | undefined {
    return this.state.clocks[id];
  }

  startClock(clock: string, limit: string, on: Day): void {
    this.draft.clocks.push({ clock, type: 'started', limit, on });
  }

  changeClock(change: ClockChange): void {
    this.draft.clocks.push(change);
  }

  /** Stops the clocks that still run and whose name is one of these, whatever their round. */
  stopClocks(...names: readonly string[]): void {
    for (const [id, clock] of Object.entries(this.state.clocks)) {
      if (clock.state === 'stopped' || this.isStopping(id) || !names.includes(nameOf(id))) continue;
      this.draft.clocks.push({ clock: id, type: 'stopped', on: this.on });
    }
  }

  /** A clock goes on though this step has completed the task that it was started for: what it bounds is not done. */
  keepClock(clock: string): void {
    this.draft.clocks = this.draft.clocks.filter(
      (change) => change.clock !== clock || change.type !== 'stopped',
    );
  }

  protected isStopping(clock: string): boolean {
    return this.draft.clocks.some((change) => change.clock === clock && change.type === 'stopped');
  }

  /** Whether the clock's last lawful day is not over yet on the day of this step. A paused clock can not run out. */
  isInTime(clock: string): boolean {
    const view = this.state.clocks[clock];
    if (view === undefined || view.lapsed || view.state === 'stopped') return false;
    return view.due === null ? view.state === 'paused' : this.on <= view.due;
  }
}
