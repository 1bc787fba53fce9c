import { join } from 'node:path';
import { fromProject } from '../db/projectFolder.js';
import type { Server, Stack } from '../stack/index.js';

/** The parts of the product that are processes of their own, as in production. */
export type Part = 'worker' | 'api';

/** The environment that lets a part find a stack and the installation's own files. */
export function partEnvironment(
  stack: Pick<Stack, 'databaseUrl' | 'temporalAddress' | 'namespace'>,
  more: Readonly<Record<string, string | undefined>>,
): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DATABASE_URL: stack.databaseUrl,
    TEMPORAL_ADDRESS: stack.temporalAddress,
    TEMPORAL_NAMESPACE: stack.namespace,
    ...more,
  };
}

/** Starts a part under the stack's supervisor; resolves when `ready` says so. Its log is in the data folder. */
export async function startPart(
  { supervisor }: Pick<Stack, 'supervisor'>,
  name: Part,
  {
    dataFolder,
    environment,
    ready = () => Promise.resolve(true),
  }: {
    readonly dataFolder: string;
    readonly environment: NodeJS.ProcessEnv;
    readonly ready?: () => Promise<boolean>;
  },
): Promise<Server> {
  return await supervisor.start({
    ...{ name, environment, ready },
    file: process.execPath,
    args: [fromProject('dist/cli/main.js'), name],
    folder: fromProject('.'),
    logFile: join(dataFolder, 'logs', `${name}.log`),
    stopSignal: 'SIGTERM',
    readyWithinMillis: 60_000,
  });
}

/** Whether a URL answers with a success. */
export async function answersAt(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
