import { type Client, WithStartWorkflowOperation } from '@temporalio/client';
import { type CaseRequest, REQUEST_UPDATE } from '../workflows/messages/request.js';
import type { Unopened } from './subject.js';

/** A workflow that is opened with its first request and takes the others: how the product's relay calls it, and bare's. */
export function caseOf(
  client: Client,
  start: {
    readonly type: string;
    readonly caseId: string;
    readonly taskQueue: string;
    readonly input: object;
  },
  [opening, ...others]: readonly CaseRequest[],
): Unopened {
  const { type, caseId, taskQueue, input } = start;
  if (opening === undefined) throw new Error(`${caseId} has no request to open it`);
  const sent = (request: CaseRequest) => ({ args: [request] as [CaseRequest], updateId: request.id });
  return {
    open: () =>
      client.workflow.executeUpdateWithStart<(input: object) => Promise<void>, unknown, [CaseRequest]>(
        REQUEST_UPDATE,
        {
          ...sent(opening),
          startWorkflowOperation: new WithStartWorkflowOperation<(input: object) => Promise<void>>(type, {
            ...{ workflowId: caseId, taskQueue, args: [input] },
            workflowIdConflictPolicy: 'USE_EXISTING',
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
          }),
        },
      ),
    steps: others.map(
      (request) => () =>
        client.workflow
          .getHandle(caseId)
          .executeUpdate<unknown, [CaseRequest]>(REQUEST_UPDATE, sent(request)),
    ),
  };
}
