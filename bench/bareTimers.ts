import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { atOnce } from './measure.js';
import { bareTaskQueue, type Servers } from './servers.js';

/** What a bare life is started with: whether it inserts its row at once, and until which wall-clock millisecond it waits. */
export interface BareTimer {
  readonly id: string;
  readonly armed: boolean;
  readonly until: number;
}

/** Starts so many bare lives, as many at once as there are callers. */
export async function startBareTimers(
  { connection, stack }: Servers,
  count: number,
  life: Omit<BareTimer, 'id'>,
): Promise<void> {
  const client = new Client({ connection, namespace: stack.namespace });
  const ids = Array.from({ length: count }, () => randomUUID());
  await atOnce(ids, async (id) => {
    await client.workflow.start<(timer: BareTimer) => Promise<void>>('bareTimer', {
      ...{ workflowId: `bareTimer/${id}`, taskQueue: bareTaskQueue },
      args: [{ id, ...life }],
    });
  });
}
