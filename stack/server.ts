import type { ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { type Command, endGroup, hasExited, prepare, release } from './childProcess.js';
import { lastLines, limitLog, openLog } from './logFile.js';
import { StackError } from './stackError.js';
import type { Supervisor } from './supervisor.js';

/** A program that runs for as long as the stack. */
export interface ServerCommand extends Command {
  /** Both its outputs go to this file. */
  logFile: string;
  /** The signal on which it ends in good order. */
  stopSignal: 'SIGINT' | 'SIGTERM';
  /** What is to be done right before each start of it. */
  beforeStart?: () => Promise<void>;
  /** Whether it does its work; asked until it says true. */
  ready: () => Promise<boolean>;
  /** How long that may take. */
  readyWithinMillis: number;
}

const patienceMillis = 10_000;

/** One server of a stack. Made by `Supervisor.start`. */
export class Server {
  private child: ChildProcess | undefined;
  private wanted = false;
  private stopLimitingLog: () => void = () => undefined;

  constructor(
    private readonly command: ServerCommand,
    private readonly supervisor: Supervisor,
  ) {}

  get name(): string {
    return this.command.name;
  }

  /** The process id of the running server; undefined while it is stopped. */
  get pid(): number | undefined {
    return this.wanted ? this.child?.pid : undefined;
  }

  /** Starts it (again, after `stop`) and resolves when it is ready. */
  async start(): Promise<void> {
    const { command } = this;
    const guardian = await this.supervisor.watchedByGuardian();
    await command.beforeStart?.();
    const log = await openLog(command.logFile);
    this.supervisor.signal.throwIfAborted(); // nothing may come between this and what `stop` looks at
    const child = prepare(command, log);
    this.child = child;
    this.wanted = true;
    closeSync(log);
    child.once('exit', (code, signal) => this.onExit(signal ?? `exit code ${code ?? '?'}`));
    this.stopLimitingLog = limitLog(command.logFile);
    await release(child, guardian, command.stopSignal);
    await this.supervisor.until(command.name, command.readyWithinMillis, command.ready);
  }

  /**
   * Stops it and resolves when it is gone; the other servers go on. A test of a power cut passes SIGKILL.
   * @param signal by default the one on which it ends in good order; KILL follows after ten seconds.
   */
  async stop(signal: NodeJS.Signals = this.command.stopSignal): Promise<void> {
    this.wanted = false;
    this.stopLimitingLog();
    if (this.child && !hasExited(this.child)) await endGroup(this.child, signal, patienceMillis);
  }

  private onExit(how: string): void {
    if (!this.wanted) return;
    this.wanted = false;
    this.stopLimitingLog();
    const lines = lastLines(this.command.logFile);
    this.supervisor.fail(
      new StackError(`${this.name} ended by itself (${how}). The end of ${this.command.logFile}:\n${lines}`),
    );
  }
}
