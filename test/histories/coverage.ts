import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { DataConverter, Payload } from '@temporalio/common';
import { defaultPayloadConverter } from '@temporalio/common';
import { z } from 'zod';
import { fromProject } from '../../db/projectFolder.js';
import { registrationStates } from '../../workflows/messages/register.js';
import { permitStates } from '../../workflows/messages/step.js';
import type { NamedHistory } from '../rig/replay.js';

/** The types of workflow that there are, each with the file that has it. */
export function workflowTypes(): ReadonlyMap<string, string> {
  const index = readFileSync(fromProject('workflows/index.ts'), 'utf8');
  return new Map(
    [...index.matchAll(/export \{ (\w+) \} from '\.\/(.+)\.js';/g)].map(([, name = '', file = '']) => [
      name,
      join('workflows', `${file}.ts`),
    ]),
  );
}

/**
 * The stages that a kind's state names, where the sources enter them by a variable; but those by whose step the case closes,
 * so that it never stands there.
 */
const byState: Readonly<Record<string, readonly string[]>> = {
  permit: permitStates,
  registration: registrationStates,
};
const closing: Readonly<Record<string, readonly string[]>> = {
  permit: ['cancelled'],
  registration: ['expired', 'closed'],
};

/** Every stage that a kind of case may stand at between two of its steps, read from the sources of its procedure. */
export function stagesOfSources(kind: string, file: string): readonly string[] {
  const named = [...sourcesFrom(file)].flatMap((source) =>
    [...source.matchAll(/(?:\.enter\(|\bsetState\(\w+, )'(\w+)'/g)].map(([, stage = '']) => stage),
  );
  const all = new Set([...named, ...(byState[kind] ?? [])]);
  return [...all].filter((stage) => closing[kind]?.includes(stage) !== true).sort();
}

/** The sources of a procedure: its file, and what that imports of its own folder or of others beside the kernel. */
function sourcesFrom(file: string, seen = new Map<string, string>()): Iterable<string> {
  if (seen.has(file)) return seen.values();
  const source = readFileSync(fromProject(file), 'utf8');
  seen.set(file, source);
  for (const [, path = ''] of source.matchAll(/from '(\.{1,2}\/[^']+)\.js'/g)) {
    const imported = `${relative(fromProject('.'), join(dirname(fromProject(file)), path))}.ts`;
    if (/^workflows\/(?!kernel\/|messages\/)/.test(imported)) sourcesFrom(imported, seen);
  }
  return seen.values();
}

const committed = z.object({ steps: z.array(z.object({ stage: z.string() })) });

/** The stages that the steps of a recorded history led to: what its commits answered. */
export async function stagesOfHistory(
  { history }: NamedHistory,
  { payloadCodecs = [] }: DataConverter,
): Promise<readonly string[]> {
  const answers = (history.events ?? []).flatMap((event): readonly Payload[] => [
    ...(event.markerRecordedEventAttributes?.details?.['result']?.payloads ?? []),
    ...(event.activityTaskCompletedEventAttributes?.result?.payloads ?? []),
  ]);
  let decoded: Payload[] = [...answers];
  for (const codec of payloadCodecs) decoded = await codec.decode(decoded);
  return decoded.flatMap((payload) => {
    const result = committed.safeParse(defaultPayloadConverter.fromPayload(payload));
    return result.success ? result.data.steps.map(({ stage }) => stage) : [];
  });
}
