import { dateOf } from '../../rules/date.js';
import { packOfArea } from '../../rules/packs/index.js';
import { raiseMismatch, settleMismatch } from '../classMismatch.js';
import { runCase } from '../kernel/case.js';
import { type Procedure, procedure } from '../kernel/procedure.js';
import type { CaseMessages } from '../messages/between.js';
import type { CaseInput } from '../messages/state.js';
import { changeByAuthority, endByAuthority } from './authority.js';
import { cleanUp, closeRegistration, giveWay } from './conversion.js';
import { applyForCancellation, cancel, endCancellation, succeed } from './endings.js';
import { end, reviewHeld } from './expiry.js';
import { placeHold, releaseHold } from './holds.js';
import { correctImported, takeOver } from './imported.js';
import {
  closeWindow,
  confirmRenewal,
  decideLateRenewal,
  endRenewal,
  fileRenewal,
  grantRenewal,
  remind,
} from './renewal.js';
import { type PermitFacts, type PermitStep, addVersion, startTerm } from './term.js';
import {
  endReapplication,
  fileReapplication,
  grantChange,
  grantReapplication,
  grantReplacement,
} from './versions.js';

/** REG 14: five years from the first day. The holder is reminded; sixty days before the end is the last day to renew. */
function issue(step: PermitStep, body: CaseMessages['permit.issue']): void {
  const { permitNo, unitId, permitClass, area, applicationId, contentId, validFrom, platform, former } = body;
  step.open(packOfArea(area, dateOf(step.at)), { area, procedure: 'renewal', unitId, permitNo });
  const empty = { renewal: null, deemed: null, cancellations: 0, holds: {} };
  step.remember({ permitNo, unitId, contentId, state: 'valid', ...empty });
  step.enter('valid');
  step.record('permit.begun', { permitNo, validFrom, applicationId });
  if (former !== undefined) {
    const { permitNo: formerPermitNo, heldFrom } = former;
    step.record('permit.takenOver', { permitNo, formerPermitNo, heldFrom, from: validFrom });
  }
  step.permit({ type: 'issued', permitNo, unitId, permitClass, area, applicationId, contentId, validFrom });
  addVersion(step, { kind: 'first', contentId, caseId: applicationId, platform });
  startTerm(step, () => step.startClock('validity', 'permit.validity', validFrom));
  closeRegistration(step, body);
}

/** Which of the two is right, a person finds: neither our record nor the platform's is changed for it. */
function reconcilePlatform(step: PermitStep, body: CaseMessages['permit.platformDiffers']): void {
  const { businessNo, business, differences } = body;
  step.record('platform.listDiffers', { businessNo, business, differences: [...differences] });
  step.openTask('reconciliation', 'officer', 'accepting', { limit: 'platform.record' });
}

/**
 * The life of a permit, from its issue to its end: it is valid, and reminds; at its last day it is renewed by law, held, or
 * lapses; once cancelled, its case closes.
 */
const definition: Procedure<PermitFacts> = {
  kind: 'permit',
  opens: { 'permit.issue': issue, 'permit.import': takeOver },
  requests: {
    'permit.import': correctImported,
    'renewal.filed': fileRenewal,
    'renewal.progress': reviewHeld,
    'renewal.ended': endRenewal,
    'renewal.granted': grantRenewal,
    'permit.hold': placeHold,
    'permit.release': releaseHold,
    'permit.platformDiffers': reconcilePlatform,
    'permit.annotate': (step, { element, note }) => step.record('permit.annotated', { element, note }),
    'permit.changedByAuthority': changeByAuthority,
    'permit.endedByAuthority': endByAuthority,
    'permit.replaced': giveWay,
    'permit.classMismatch': raiseMismatch,
    'permit.cleanUp': cleanUp,
    'permit.cancelled': cancel,
    'permit.succeeded': succeed,
    'reapplication.filed': fileReapplication,
    'reapplication.ended': endReapplication,
    'reapplication.granted': grantReapplication,
    'change.granted': grantChange,
    'replacement.granted': grantReplacement,
    'cancellation.apply': applyForCancellation,
    'cancellation.ended': endCancellation,
  },
  tasks: {
    confirmRenewal,
    lateRenewal: decideLateRenewal,
    classMismatch: settleMismatch,
    reconciliation: (step, { outcome }) => step.record('platform.reconciled', { outcome }),
  },
  lapses: { validity: end, renewalApply: closeWindow },
  // Each year is a quiet point: the history begins anew.
  moments: { 'validity/anniversary': (step) => step.quietPoint(), 'validity/remind': remind },
};

/** The workflow of a permit: `permit/<permit number>`. */
export async function permit(input: CaseInput): Promise<void> {
  await runCase(procedure(definition), input);
}
