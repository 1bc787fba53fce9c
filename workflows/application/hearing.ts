import { reissueDocument, issueDocument } from '../kernel/documents.js';
import { requestHearing as request } from '../kernel/hearing.js';
import type { DocumentRef } from '../kernel/procedure.js';
import type { RequestBodies } from '../messages/catalogue.js';
import type { ApplicationStep } from './facts.js';

/** ALL 36, 47: others whose major interests are touched are told that they may ask for a hearing. */
export function announceHearing(step: ApplicationStep, body: RequestBodies['hearing.announce']): void {
  step.require('review', 'revision');
  if (step.facts.hearing !== 'none') {
    step.refuse('case.stage', {
      what: 'a hearing was announced before',
      where: step.caseId,
      found: step.facts.hearing,
    });
  }
  step.remember({ hearing: 'announced' });
  step.record('hearing.announced', { parties: body.parties.length });
  issueDocument(step, 'hearingRightsNotice', { matter: body.matter, parties: body.parties });
}

/** Nobody can ask on a notice that is void: it is drawn up anew. */
export function redrawRightsNotice(step: ApplicationStep, document: DocumentRef): void {
  if (step.facts.hearing === 'announced') reissueDocument(step, document);
}

/** Somebody asked: see the kernel's hearing. */
export function requestHearing(step: ApplicationStep, body: RequestBodies['hearing.request']): void {
  step.require('review', 'revision');
  request(step, body);
}
