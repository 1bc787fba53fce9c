import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { millisOf } from '../../rules/date.js';
import type { NextMoment } from '../messages/step.js';

/**
 * A case's one timer. It is set to the next moment of all the case's clocks and touched again only when that moment
 * changes, so that a step that moves no deadline adds no event.
 */
export class OneTimer {
  private scope: CancellationScope | undefined;
  private waitingFor: string | undefined;
  private fired = false;

  constructor(private readonly now: () => number) {}

  /** Whether the moment that it was set to has come. */
  get due(): boolean {
    return this.fired;
  }

  set(next: NextMoment | null): void {
    const at = next?.at;
    if (at === this.waitingFor) return;
    this.scope?.cancel();
    this.scope = undefined;
    this.waitingFor = at;
    this.fired = false;
    if (next === null || at === undefined) return;
    const wait = millisOf(next.at) - this.now();
    if (wait <= 0) {
      this.fired = true;
      return;
    }
    const scope = new CancellationScope({ cancellable: true });
    this.scope = scope;
    void scope
      .run(async () => {
        await sleep(wait, { summary: `${next.clock}/${next.moment}` });
        this.fired = true;
      })
      .catch((error: unknown) => {
        if (!isCancellation(error)) throw error;
      });
  }
}
