import type { ChildProcess } from 'node:child_process';
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { type Command, endGroup, prepare, release } from './childProcess.js';
import { lockDataFolder, unlockDataFolder } from './dataFolderLock.js';
import { Guardian } from './guardian.js';
import { Server, type ServerCommand } from './server.js';
import { StackError } from './stackError.js';

const keptOutput = 16 * 1024;

/**
 * Owns every process of a stack. Servers stop in the reverse of the order in which they were started; one that
 * dies by itself brings all the others down; and if our own process dies, a guardian ends them.
 */
export class Supervisor {
  private readonly servers: Server[] = [];
  private readonly commands = new Set<ChildProcess>();
  private readonly controller = new AbortController();
  private guardian: Guardian | undefined;
  private locked: Promise<void> | undefined;
  private stopping: Promise<void> | undefined;
  private failure: StackError | undefined;
  private resolveEnded: (failure: StackError | null) => void = () => undefined;

  /** Resolves when everything has been stopped: with the reason when a server died, with null when we were asked. */
  readonly ended = new Promise<StackError | null>((resolve) => {
    this.resolveEnded = resolve;
  });

  constructor(private readonly dataFolder: string) {
    setMaxListeners(0, this.signal); // each call to Temporal during the start listens to it for a while
  }

  /** Aborts as soon as the stack begins to stop; its reason is a StackError. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /**
   * Runs a program to its end.
   * @returns what it printed on both outputs (the last 16 KiB).
   * @throws StackError with its last lines when it fails.
   */
  async run(command: Command): Promise<string> {
    const guardian = await this.watchedByGuardian();
    this.signal.throwIfAborted(); // nothing may come between this and the list of what is to be stopped
    const child = prepare(command, 'pipe');
    this.commands.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-keptOutput);
      });
    }
    const closed = new Promise<string | null>((resolve) => {
      child.once('close', (code, signal) =>
        resolve(code === 0 ? null : (signal ?? `exit code ${code ?? '?'}`)),
      );
    });
    try {
      await release(child, guardian, 'SIGINT');
      const problem = await closed;
      this.signal.throwIfAborted();
      if (problem === null) return output;
      const last = output.trimEnd().split('\n').slice(-12).join('\n');
      throw new StackError(`${command.name} failed (${problem}):\n${last}`);
    } finally {
      this.commands.delete(child);
    }
  }

  /** Starts a server and resolves when it is ready. From then on its unexpected end is the end of the stack. */
  async start(command: ServerCommand): Promise<Server> {
    const server = new Server(command, this);
    this.servers.push(server);
    await server.start();
    return server;
  }

  /** Asks again and again until `ready` says true. @throws StackError after the limit, or when the stack stops. */
  async until(what: string, limitMillis: number, ready: () => Promise<boolean>): Promise<void> {
    const limit = Date.now() + limitMillis;
    for (;;) {
      this.signal.throwIfAborted();
      if (await ready()) return;
      if (Date.now() > limit)
        throw new StackError(`${what} did not get ready within ${limitMillis / 1000} s.`);
      await pause(50);
    }
  }

  /** Stops everything, the newest server first, and resolves when no process is left. May be called repeatedly. */
  stop(): Promise<void> {
    this.stopping ??= this.stopAll();
    return this.stopping;
  }

  /** Brings the stack down because of a failure, which `ended` then tells. */
  fail(failure: StackError): void {
    this.failure ??= failure;
    void this.stop();
  }

  /** The guardian, started together with the first process. @throws StackError when the stack is stopping. */
  async watchedByGuardian(): Promise<Guardian> {
    this.signal.throwIfAborted();
    this.guardian ??= Guardian.start(() => {
      this.fail(new StackError('The guardian process ended; without it a crash would leave servers behind.'));
    });
    this.locked ??= lockDataFolder(this.dataFolder, this.guardian.pid);
    await this.locked;
    return this.guardian;
  }

  private async stopAll(): Promise<void> {
    this.controller.abort(this.failure ?? new StackError('The stack was stopped.'));
    await Promise.all([...this.commands].map((child) => endGroup(child, 'SIGINT', 5_000)));
    for (const server of this.servers.toReversed()) await server.stop();
    if (this.guardian) {
      await this.guardian.end();
      await unlockDataFolder(this.dataFolder);
    }
    this.resolveEnded(this.failure ?? null);
  }
}
