import { type ChildProcess, spawn } from 'node:child_process';

/**
 * What the guardian does, for any POSIX shell (a shell weighs a fortieth of a Node process, and needs no file).
 *
 * It reads `watch GROUP SIGNAL` and `forget GROUP` from its standard input. That input is a pipe whose other end
 * only our process holds: it closes when our process ends, however it ends, `kill -9` included. Then the guardian
 * ends the process groups that it still watches, the newest first: the group's own signal, up to ten seconds of
 * patience, then KILL.
 */
const script = `
trap '' HUP INT TERM
watched=''
while read -r verb group signal; do
  if [ "$verb" = watch ]; then
    watched="$group:$signal $watched"
  else
    rest=''
    for each in $watched; do [ "\${each%%:*}" = "$group" ] || rest="$rest$each "; done
    watched=$rest
  fi
done
for each in $watched; do
  group=\${each%%:*}
  kill -s "\${each##*:}" -- "-$group" 2>/dev/null
  tries=0
  while kill -s 0 -- "-$group" 2>/dev/null && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
  kill -s KILL -- "-$group" 2>/dev/null
done
`;

/** The name under which a guardian stands in the process list; the lock of a data folder looks for it. */
export const guardianName = 'yizheng-guardian';

/** A small process of its own that ends our servers when we can not do it any more. */
export class Guardian {
  private ending = false;

  private constructor(private readonly child: ChildProcess) {}

  /** Starts a guardian in its own session, so that Ctrl-C in the terminal does not reach it. */
  static start(onUnexpectedExit: () => void): Guardian {
    const child = spawn('/bin/sh', ['-c', script, guardianName], {
      detached: true,
      cwd: '/',
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const guardian = new Guardian(child);
    const onExit = (): void => {
      if (!guardian.ending) onUnexpectedExit();
    };
    child.stdin.on('error', onExit);
    child.once('error', onExit);
    child.once('exit', onExit);
    return guardian;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resolves when the order is in the pipe: from then on it is kept even if our process dies at once. */
  watch(group: number, signal: NodeJS.Signals): Promise<void> {
    return this.tell(`watch ${group} ${signal.replace(/^SIG/, '')}\n`);
  }

  forget(group: number): Promise<void> {
    return this.tell(`forget ${group}\n`);
  }

  /** Ends the guardian; what it still watches ends with it. Resolves when it is gone. */
  async end(): Promise<void> {
    this.ending = true;
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      this.child.once('exit', () => resolve());
      this.child.stdin?.end();
    });
  }

  private tell(line: string): Promise<void> {
    return new Promise((resolve) => {
      // A guardian that is gone is noticed by its exit; the caller can do nothing more about it here.
      if (this.child.stdin?.writable) this.child.stdin.write(line, () => resolve());
      else resolve();
    });
  }
}
