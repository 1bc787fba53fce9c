import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import type { Part as PartName } from '../../../cli/parts.js';

/** The worker or the API as a process of its own, started again whenever it ends, as a process manager does. */
export class Part {
  private child: ChildProcess | undefined;
  private wanted = false;
  /** How often it ended without being killed by us: it gave up by itself. */
  endedByItself = 0;

  constructor(
    private readonly command: string,
    private readonly name: PartName,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly logFile: string,
  ) {}

  start(): void {
    this.wanted = true;
    const log = openSync(this.logFile, 'a');
    const child = spawn(process.execPath, [this.command, this.name], {
      env: this.environment,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.child = child;
    child.once('exit', (code) => {
      if (!this.wanted || this.child !== child) return;
      if (code !== null) this.endedByItself += 1;
      setTimeout(() => {
        if (this.wanted && this.child === child) this.start();
      }, 300);
    });
  }

  get isAlive(): boolean {
    return this.child?.exitCode === null && this.child.signalCode === null;
  }

  /** kill -9; it comes back by itself. */
  async kill(): Promise<void> {
    const child = this.child;
    if (child === undefined || !this.isAlive) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  async end(): Promise<void> {
    this.wanted = false;
    await this.kill();
  }
}
