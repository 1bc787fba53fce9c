import { Socket } from 'node:net';

/**
 * A socket on which everything that is written in one go leaves in one go. The driver sends each statement by itself, and
 * statements that leave together cost one call of the system instead of one each, on both sides.
 */
export class GatheringSocket extends Socket {
  private gathering = false;

  override cork(): void {
    if (!this.gathering) {
      this.gathering = true;
      super.cork();
      // After the promises that are on their way: a transaction's statements come from several.
      process.nextTick(() => {
        this.gathering = false;
        super.uncork();
      });
    }
    super.cork();
  }
}
