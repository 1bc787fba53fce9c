import { Socket } from 'node:net';

type Done = (error?: Error | null) => void;

/**
 * A connection that gathers what is written to it in one go of the event loop and sends it as one: the statements of a
 * transaction that leave together, each of which the driver writes by itself.
 */
export class GatheringSocket extends Socket {
  private gathering = false;

  override write(chunk: string | Uint8Array, done?: Done): boolean;
  override write(chunk: string | Uint8Array, encoding?: BufferEncoding, done?: Done): boolean;
  override write(chunk: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done): boolean {
    if (!this.gathering) {
      this.gathering = true;
      this.cork();
      process.nextTick(() => {
        this.gathering = false;
        this.uncork();
      });
    }
    return typeof encoding === 'string'
      ? super.write(chunk, encoding, done)
      : super.write(chunk, encoding ?? done);
  }
}
