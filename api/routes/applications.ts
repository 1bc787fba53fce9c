import type { z } from 'zod';
import { dateOf, yearOf } from '../../rules/date.js';
import { legalNow } from '../../db/legalClock.js';
import { nextApplicationNumber } from '../../db/queries/cases.js';
import { requestOfKey } from '../../relay/insert.js';
import { type RequestName, requestSchemas, taskForms } from '../../workflows/messages/catalogue.js';
import type { Context } from '../context.js';
import { applicationPath, committedSchema, writeAnswers } from '../fields.js';
import { filersOf } from '../filers.js';
import { actorOf } from '../policy.js';
import { type Resource, type Route, route } from '../route.js';
import { completeTaskOfKind } from '../taskWrites.js';
import { ask, record } from '../writes.js';

async function nextCaseId({ db }: Context): Promise<string> {
  const year = String(yearOf(dateOf(await legalNow(db))));
  return `application/${await nextApplicationNumber(db, year)}`;
}

const submit = route({
  method: 'post',
  path: '/applications',
  summary:
    '提交申请 / file an application: a first one, or a renewal, re-application, change or replacement of the permit it names',
  description:
    'The case gets the next number; the same Idempotency-Key finds the same case. 201 once it is received.',
  access: 'application.submit',
  body: requestSchemas['application.submit'],
  write: true,
  answers: {
    201: { description: 'Received; `Location` names the case', schema: committedSchema },
    202: writeAnswers[202],
  },
  async handle(context, person, { body, idempotencyKey, instance }) {
    const actor = actorOf(person, await filersOf(context, body, body.kind));
    // Sent again, it takes no further number.
    const known = await requestOfKey(context.db, person.id, idempotencyKey);
    const caseId = known?.caseId ?? (await nextCaseId(context));
    const asked = { name: 'application.submit', caseId, body, idempotencyKey, instance } as const;
    return await record(context, person, actor, asked, { opens: true, permitNo: body.permitNo });
  },
});

/** An operation on an application: its path below the number, its request, and what it is. */
function operation(path: string, name: RequestName, summary: string): Route {
  return route({
    method: 'post',
    path: `/applications/{number}/${path}`,
    summary,
    access: name,
    params: applicationPath,
    body: requestSchemas[name] as z.ZodType<object>,
    write: true,
    answers: writeAnswers,
    handle: async (context, person, { path: { number }, body, idempotencyKey, instance }) =>
      await ask(context, person, { name, caseId: `application/${number}`, body, idempotencyKey, instance }),
  });
}

/** Applications: what the applicant files, and what officers record outside their tasks. */
export const applications: Resource = {
  name: 'applications',
  description:
    '申请 / applications for a permit, and for its renewal, re-application, change and replacement',
  routes: [
    submit,
    operation('supplement', 'application.supplement', '补正 / hand in what the supplement notice asked for'),
    operation('revision', 'application.revise', '按审查意见修改 / hand in the revised content'),
    operation('withdrawal', 'application.withdraw', '撤回申请 / withdraw, until the decision'),
    operation(
      'visit-decision',
      'application.requireVisit',
      '决定现场核查 / decide whether a visit is needed',
    ),
    operation(
      'off-site-check',
      'application.offSiteCheck',
      '非现场核查 / record a check by video, photos or data',
    ),
    operation(
      'hearing-notice',
      'hearing.announce',
      '告知听证权利 / tell others that they may ask for a hearing',
    ),
    operation('hearing-request', 'hearing.request', '申请听证 / ask for a hearing'),
    route({
      method: 'post',
      path: '/applications/{number}/platform-record',
      summary:
        '登记平台编号与时间 / enter the national platform’s number and time: completes the `platform` task',
      access: 'task.complete',
      params: applicationPath,
      body: taskForms.platform,
      write: true,
      answers: writeAnswers,
      handle: async (context, person, { path: { number }, body, idempotencyKey, instance }) =>
        await completeTaskOfKind(context, person, `application/${number}`, 'platform', body, {
          idempotencyKey,
          instance,
        }),
    }),
  ],
};
