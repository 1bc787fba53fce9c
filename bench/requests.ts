import { randomUUID } from 'node:crypto';
import { submission } from '../rehearsal/office.js';
import { applicantOf, officer } from '../rehearsal/people.js';
import type { Instant } from '../rules/date.js';
import type { JsonObject } from '../workflows/messages/json.js';
import type { Actor, CaseRequest } from '../workflows/messages/request.js';
import { type HumanStep, humanSteps } from './script.js';

/** All requests of one application, its submission first. The product and bare Temporal are sent the same. */
export function requestsOf(caseId: string, receivedAt: Instant): readonly CaseRequest[] {
  const request = (actor: Actor, name: string, body: JsonObject): CaseRequest => ({
    id: randomUUID(),
    ...{ name, receivedAt, actor, body },
  });
  return [
    request(applicantOf('steel'), 'application.submit', submission('steel')),
    ...humanSteps.map(({ username, role, does }) => {
      const { name, body } = askedOf(caseId, does);
      return request(officer(username, `${role}@yunchuan`), name, body);
    }),
  ];
}

function askedOf(caseId: string, does: HumanStep['does']): { name: string; body: JsonObject } {
  switch (does.act) {
    case 'claim':
      return { name: 'task.claim', body: { taskId: `${caseId}#${does.task}` } };
    case 'complete':
      return { name: 'task.complete', body: { taskId: `${caseId}#${does.task}`, form: does.form } };
    case 'seal': {
      const { document, seal, by } = does;
      return { name: 'document.seal', body: { documentId: `${caseId}/document-${document}`, seal, by } };
    }
  }
}
