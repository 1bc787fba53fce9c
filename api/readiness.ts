import proto from '@temporalio/proto';
import { sql } from 'drizzle-orm';
import type { Context } from './context.js';

/** A part without which nothing can be decided. */
export interface Part {
  readonly part: 'database' | 'temporal' | 'worker';
  readonly ready: boolean;
  readonly zh: string;
  readonly en: string;
}

/** How long each part may take to answer, in milliseconds. */
const patience = 3000;

/** A worker that has asked for work in this time is at work. A worker asks at least once a minute. */
const polledWithin = 60_000;

/**
 * Whether the database answers and a worker polls the task queue. Wall-clock time: this is about machines, and the server
 * tells when it was last asked by its own clock.
 */
export async function readiness(context: Context): Promise<readonly Part[]> {
  const [database, pollers] = await Promise.all([
    answers(() => context.db.execute(sql`select 1`)),
    lastPolls(context),
  ]);
  const polling = pollers?.some((at) => Date.now() - at < polledWithin) ?? false;
  return [
    { part: 'database', ready: database, ...words('数据库', 'The database', database) },
    {
      part: 'temporal',
      ready: pollers !== undefined,
      ...words('工作流服务', 'The Temporal server', pollers !== undefined),
    },
    {
      part: 'worker',
      ready: polling,
      ...(polling
        ? { zh: '执行进程在轮询。', en: 'A worker is polling.' }
        : {
            zh: `没有执行进程在轮询任务队列 ${context.taskQueue}。`,
            en: `No worker polls the task queue ${context.taskQueue}.`,
          }),
    },
  ];
}

const words = (zh: string, en: string, ready: boolean) =>
  ready
    ? { zh: `${zh}有应答。`, en: `${en} answers.` }
    : { zh: `${zh}无应答。`, en: `${en} does not answer.` };

/** When the workers of our queue last asked for work, in milliseconds; undefined when the server does not answer. */
async function lastPolls({ client, namespace, taskQueue }: Context): Promise<readonly number[] | undefined> {
  try {
    const { pollers } = await client.withDeadline(Date.now() + patience, () =>
      client.workflowService.describeTaskQueue({
        namespace,
        taskQueue: { name: taskQueue },
        taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
      }),
    );
    return pollers.map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000);
  } catch {
    return undefined;
  }
}

async function answers(question: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((settle) => (timer = setTimeout(() => settle(false), patience)));
  const answer = question().then(
    () => true,
    () => false,
  );
  return await Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
}
