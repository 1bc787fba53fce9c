import { requestSchemas, taskForms } from '../../workflows/messages/catalogue.js';
import { applicationPath, writeAnswers } from '../fields.js';
import { type Resource, route } from '../route.js';
import { completeTaskOfKind } from '../taskWrites.js';
import { ask } from '../writes.js';

/** Cancellations (注销): opened by a permit's expiry, heard and recorded here. */
export const cancellations: Resource = {
  name: 'cancellations',
  description: '注销 / cancellation of a permit that expired unrenewed',
  routes: [
    route({
      method: 'post',
      path: '/cancellations/{number}/statement',
      summary: '陈述申辩 / the holder’s statement on the announced cancellation',
      access: 'cancellation.statement',
      params: applicationPath,
      body: requestSchemas['cancellation.statement'],
      write: true,
      answers: writeAnswers,
      handle: async (context, person, { path: { number }, body, idempotencyKey, instance }) => {
        const caseId = `cancellation/${number}`;
        return await ask(context, person, {
          name: 'cancellation.statement',
          caseId,
          body,
          idempotencyKey,
          instance,
        });
      },
    }),
    route({
      method: 'post',
      path: '/cancellations/{number}/platform-record',
      summary: '登记平台注销记录 / enter the platform’s record of the cancellation: completes its task',
      access: 'task.complete',
      params: applicationPath,
      body: taskForms.platformCancellation,
      write: true,
      answers: writeAnswers,
      handle: async (context, person, { path: { number }, body, idempotencyKey, instance }) => {
        const caseId = `cancellation/${number}`;
        const asking = { idempotencyKey, instance };
        return await completeTaskOfKind(context, person, caseId, 'platformCancellation', body, asking);
      },
    }),
  ],
};
