const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Calls `stop` on Ctrl-C, on SIGTERM and when the terminal closes. A second Ctrl-C ends the process at once; the
 * guardian then ends the servers. Returns the function that takes the handlers away.
 */
export function onStopSignal(stop: (signal: NodeJS.Signals) => void): () => void {
  let asked = false;
  const handle = (signal: NodeJS.Signals): void => {
    if (asked && signal === 'SIGINT') process.exit(130);
    if (asked) return;
    asked = true;
    stop(signal);
  };
  for (const signal of signals) process.on(signal, handle);
  return () => {
    for (const signal of signals) process.off(signal, handle);
  };
}
