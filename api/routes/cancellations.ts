import { requestSchemas, taskForms } from '../../workflows/messages/catalogue.js';
import { permitCaseId } from '../../workflows/messages/caseId.js';
import { applicationPath, permitPath, writeAnswers } from '../fields.js';
import { type Resource, route } from '../route.js';
import { completeTaskOfKind } from '../taskWrites.js';
import { ask } from '../writes.js';

/** Cancellations (注销): opened by a permit's expiry, heard and recorded here. */
export const cancellations: Resource = {
  name: 'cancellations',
  description:
    '注销 / cancellation of a permit that expired, whose holder asks for it, or whose plant has a new holder',
  routes: [
    route({
      method: 'post',
      path: '/permits/{no}/cancellation-application',
      summary:
        '申请注销 / the holder asks for the end of its permit: opens the cancellation that `result` names',
      access: 'cancellation.apply',
      params: permitPath,
      body: requestSchemas['cancellation.apply'],
      write: true,
      answers: writeAnswers,
      handle: async (context, person, { path: { no }, body, idempotencyKey, instance }) => {
        const asked = { name: 'cancellation.apply', caseId: permitCaseId(no), body } as const;
        return await ask(context, person, { ...asked, idempotencyKey, instance });
      },
    }),
    route({
      method: 'post',
      path: '/cancellations/{number}/withdrawal',
      summary: '撤回注销申请 / the holder takes its wish back, before the decision',
      access: 'cancellation.withdraw',
      params: applicationPath,
      body: requestSchemas['cancellation.withdraw'],
      write: true,
      answers: writeAnswers,
      handle: async (context, person, { path: { number }, body, idempotencyKey, instance }) => {
        const asked = { name: 'cancellation.withdraw', caseId: `cancellation/${number}`, body } as const;
        return await ask(context, person, { ...asked, idempotencyKey, instance });
      },
    }),
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
