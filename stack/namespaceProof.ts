import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto, { type temporal } from '@temporalio/proto';
import type { NamespaceOptions, SearchAttribute } from './namespace.js';
import { messageOf, StackError } from './stackError.js';

const limitMillis = 60_000;

/**
 * Proves that the namespace works by using it: one workflow is started with all the search attributes, worked on
 * by hand (which sets them again, in the service that judges that), listed by them and deleted. Only this passes through all four
 * services; that one of them describes the namespace says nothing about the others.
 * @throws StackError when it does not work within a minute, with the last error.
 */
export async function proveUsable(connection: Connection, options: NamespaceOptions): Promise<void> {
  const limit = Date.now() + limitMillis;
  for (;;) {
    try {
      await connection.withDeadline(Date.now() + 10_000, () => useOnce(connection, options));
      return;
    } catch (error) {
      options.signal?.throwIfAborted();
      if (Date.now() > limit) {
        throw new StackError(
          `Namespace ${options.namespace} did not become usable within ${limitMillis / 1000} s: ${messageOf(error)}`,
        );
      }
      await pause(100);
    }
  }
}

async function useOnce(
  connection: Connection,
  { namespace, searchAttributes }: NamespaceOptions,
): Promise<void> {
  const service = connection.workflowService;
  const id = `stack-proof/${randomUUID()}`;
  const indexedFields = Object.fromEntries(searchAttributes.map((each) => [each.name, samplePayload(each)]));
  const { runId } = await service.startWorkflowExecution({
    namespace,
    requestId: id,
    workflowId: id,
    workflowType: { name: 'stackProof' },
    taskQueue: { name: id },
    workflowExecutionTimeout: msToTs(limitMillis),
    searchAttributes: { indexedFields },
  });
  const workflowExecution = { workflowId: id, runId };
  try {
    const { taskToken } = await service.pollWorkflowTaskQueue({ namespace, taskQueue: { name: id } });
    const { CommandType } = proto.temporal.api.enums.v1;
    await service.respondWorkflowTaskCompleted({
      namespace,
      taskToken,
      commands: [
        // The server refuses an empty one.
        ...(searchAttributes.length === 0
          ? []
          : [
              {
                commandType: CommandType.COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
                upsertWorkflowSearchAttributesCommandAttributes: { searchAttributes: { indexedFields } },
              },
            ]),
        {
          commandType: CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
          completeWorkflowExecutionCommandAttributes: {},
        },
      ],
    });
    const query = [
      `WorkflowId = '${id}'`,
      ...searchAttributes.map((each) => `${each.name} IS NOT NULL`),
    ].join(' AND ');
    await service.listWorkflowExecutions({ namespace, query });
  } finally {
    await service.deleteWorkflowExecution({ namespace, workflowExecution }).catch(() => undefined);
  }
}

/** A value of the attribute's type, as the SDK would send it. */
function samplePayload({ type }: SearchAttribute): temporal.api.common.v1.IPayload {
  const samples = {
    TEXT: ['Text', 'proof'],
    KEYWORD: ['Keyword', 'proof'],
    INT: ['Int', 0],
    DOUBLE: ['Double', 0],
    BOOL: ['Bool', false],
    DATETIME: ['Datetime', '2000-01-01T00:00:00Z'],
    KEYWORD_LIST: ['KeywordList', ['proof']],
  } as const;
  const [typeName, value] = samples[type];
  return {
    metadata: { encoding: Buffer.from('json/plain'), type: Buffer.from(typeName) },
    data: Buffer.from(JSON.stringify(value)),
  };
}
