import { createServer } from 'node:net';
import { StackError } from './stackError.js';

/** The servers whose port a person may choose, and the environment variable that chooses it. */
export const portVariables = {
  postgres: 'POSTGRES_PORT',
  temporal: 'TEMPORAL_PORT',
  ui: 'TEMPORAL_UI_PORT',
} as const;

export type PortName = keyof typeof portVariables;

const titles: Record<PortName, string> = {
  postgres: 'PostgreSQL',
  temporal: 'the Temporal server',
  ui: "Temporal's UI",
};

// Below the ranges from which systems take the ports of outgoing connections, so that none of those takes the
// port between our look and the server's start.
const lowest = 15_000;
const highest = 32_000;

/**
 * Free TCP ports on the loopback address, all different. They are not held: start what needs them soon.
 * @param except ports that are meant for something else which does not listen yet.
 * @throws StackError when there are none.
 */
export async function freePorts(count: number, except: readonly number[] = []): Promise<number[]> {
  const found = new Set<number>();
  for (let attempt = 0; attempt < 50 * count && found.size < count; attempt++) {
    const candidate = lowest + Math.floor(Math.random() * (highest - lowest));
    if (!except.includes(candidate) && (await listenOnce(candidate)) === null) found.add(candidate);
  }
  if (found.size < count) throw new StackError(`No ${count} free ports between ${lowest} and ${highest}.`);
  return [...found];
}

/**
 * The ports for the servers: the configured ones, and a free one for each that is configured as 0.
 * @throws StackError naming a port and the variable that sets it, when another program has it.
 */
export async function choosePorts(configured: Record<PortName, number>): Promise<Record<PortName, number>> {
  const { postgres, temporal, ui } = configured;
  const taken: number[] = [];
  const choose = async (name: PortName, port: number): Promise<number> => {
    if (port !== 0) await ensureFree(name, port);
    const [chosen = port] = port === 0 ? await freePorts(1, [postgres, temporal, ui, ...taken]) : [port];
    taken.push(chosen);
    return chosen;
  };
  return {
    postgres: await choose('postgres', postgres),
    temporal: await choose('temporal', temporal),
    ui: await choose('ui', ui),
  };
}

async function ensureFree(name: PortName, port: number): Promise<void> {
  const problem = await listenOnce(port);
  if (problem === null) return;
  const why =
    problem === 'EADDRINUSE'
      ? 'is taken by another program'
      : problem === 'EACCES'
        ? 'may not be used by this user'
        : `can not be used (${problem})`;
  throw new StackError(
    `Port ${port} for ${titles[name]} ${why}. Set ${portVariables[name]} to a free port, or end that program.`,
  );
}

/** Tries the port for a moment; null when it is free, otherwise the system's error code. */
function listenOnce(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => resolve(null));
    });
  });
}
