import { type RequestName, requestSchemas } from '../../workflows/messages/catalogue.js';
import type { z } from 'zod';
import { shortText } from '../../workflows/messages/fields.js';
import { caseIdOf, casePath, writeAnswers } from '../fields.js';
import { type Resource, route } from '../route.js';
import { ask } from '../writes.js';

const act = (
  name: Extract<RequestName, `clock.${string}`>,
  path: string,
  body: z.ZodObject,
  summary: string,
) =>
  route({
    method: 'post',
    path: `/cases/{kind}/{number}/clocks/{clock}/${path}`,
    summary,
    access: name,
    params: casePath.extend({ clock: shortText.meta({ example: 'decision' }) }),
    body,
    write: true,
    answers: writeAnswers,
    handle: async (context, person, { path: { clock, ...of }, body: act, idempotencyKey, instance }) =>
      await ask(context, person, {
        name,
        caseId: caseIdOf(of),
        body: { clock, ...act },
        idempotencyKey,
        instance,
      }),
  });

const idInPath = { clock: true } as const;

/** Stopping, resuming and extending a statutory clock. */
export const clocks: Resource = {
  name: 'clocks',
  description: '期限 / the written decisions that stop, resume and extend a clock',
  routes: [
    act(
      'clock.pause',
      'pause',
      requestSchemas['clock.pause'].omit(idInPath),
      '扣除时间 / stop the clock (ALL 45)',
    ),
    act(
      'clock.resume',
      'resume',
      requestSchemas['clock.resume'].omit(idInPath),
      '恢复计时 / the clock runs again',
    ),
    act(
      'clock.extend',
      'extend',
      requestSchemas['clock.extend'].omit(idInPath),
      '延长期限 / extend, where the law allows it',
    ),
  ],
};
