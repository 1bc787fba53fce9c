import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { type Instant, millisOf } from '../../rules/date.js';
import type { NextMoment } from '../messages/step.js';

/**
 * A case's one timer. It wakes at the next moment of all the case's clocks, and is set anew only when that moment comes to
 * lie before the one it was set to. When it moves away, as it does with most steps that close a task, the timer still wakes
 * at the old one, finds that nothing is due yet and is set to the new one: one wake for any number of steps between.
 */
export class OneTimer {
  private scope: CancellationScope | undefined;
  /** What the case waits for. */
  private wanted: NextMoment | null = null;
  /** What the timer that runs was set to. */
  private armedFor: Instant | undefined;
  private fired = false;

  /** `rearming`: sets the timer anew with every change of the moment, as runs of older releases did. */
  constructor(
    private readonly now: () => number,
    private readonly rearming: boolean,
  ) {}

  /** Whether the moment that it was set to has come. */
  get due(): boolean {
    return this.fired;
  }

  set(next: NextMoment | null): void {
    if (next?.at === this.wanted?.at) return;
    this.wanted = next;
    this.fired = false;
    if (this.rearming || (next !== null && this.armedFor !== undefined && next.at < this.armedFor))
      this.cancel();
    this.arm();
  }

  private cancel(): void {
    this.scope?.cancel();
    this.scope = undefined;
    this.armedFor = undefined;
  }

  /** Sets the timer, unless one runs that wakes in time. */
  private arm(): void {
    const next = this.wanted;
    if (next === null || this.armedFor !== undefined) return;
    const wait = millisOf(next.at) - this.now();
    if (wait <= 0) {
      this.fired = true;
      return;
    }
    const scope = new CancellationScope({ cancellable: true });
    this.scope = scope;
    this.armedFor = next.at;
    void scope
      .run(async () => {
        await sleep(wait, { summary: `${next.clock}/${next.moment}` });
        this.wake(next.at);
      })
      .catch((error: unknown) => {
        if (!isCancellation(error)) throw error;
      });
  }

  private wake(at: Instant): void {
    this.scope = undefined;
    this.armedFor = undefined;
    if (this.wanted !== null && this.wanted.at <= at) this.fired = true;
    else this.arm();
  }
}
