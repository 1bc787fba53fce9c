import { runCase } from '../kernel/case.js';
import { conductHearing, noticeServed, startHearingTerm, waiveHearing } from '../kernel/hearing.js';
import { type Procedure, procedure } from '../kernel/procedure.js';
import type { CaseInput } from '../messages/state.js';
import { decideCompleteness, deemAccepted, receive, receiveSupplement } from './acceptance.js';
import { issueSupplementNotice, redrawSupplementNotice, startSupplementTerm } from './completeness.js';
import {
  decisionMade,
  decisionOverdue,
  decisionSigned,
  mergeOpinions,
  redraft,
  redrawDecision,
} from './decision.js';
import {
  endAsDeemed,
  endAsOvertaken,
  endAsPermitEnded,
  endByLever,
  lapse,
  undecided,
  withdraw,
} from './ending.js';
import type { ApplicationFacts } from './facts.js';
import { announceHearing, redrawRightsNotice, requestHearing } from './hearing.js';
import { reconcile, recordAct, recordPlatform } from './issuance.js';
import {
  decideVisit,
  missRevision,
  receiveRevision,
  redrawNotice,
  recordOffSiteCheck,
  recordOpinion,
  recordVisit,
  startRevisionTerm,
} from './review.js';

/**
 * The application for a permit (首次申请), and what its holder asks of it later: renewal (延续), re-application (重新申请),
 * change (变更), replacement (补领); key and simplified management.
 *
 *   received ⇄ supplement → review ⇄ revision → signing → sealing → awaitingPlatform → concluding → closed
 *
 * It ends early as not needed, not competent, refused, lapsed, withdrawn, denied, deemed (a renewal that the law made), or
 * overtaken (a renewal, by a re-application).
 */
const definition: Procedure<ApplicationFacts> = {
  kind: 'application',
  opens: { 'application.submit': receive },
  requests: {
    'application.supplement': receiveSupplement,
    'application.revise': receiveRevision,
    'application.withdraw': withdraw,
    'application.requireVisit': decideVisit,
    'application.offSiteCheck': recordOffSiteCheck,
    'hearing.announce': announceHearing,
    'hearing.request': requestHearing,
    'renewal.deemed': endAsDeemed,
    'application.permitEnded': endAsPermitEnded,
    'renewal.overtaken': endAsOvertaken,
  },
  tasks: {
    completeness: decideCompleteness,
    opinion: recordOpinion,
    visitDecision: decideVisit,
    verification: recordVisit,
    merge: mergeOpinions,
    hearing: conductHearing,
    platform: recordPlatform,
    reconciliation: reconcile,
    delivery: recordAct('permit.delivered', 'delivery'),
    publicity: recordAct('decision.published', 'publicity'),
  },
  lapses: {
    completeness: deemAccepted,
    supplement: lapse,
    revision: missRevision,
    hearingRequest: waiveHearing,
    decision: decisionOverdue,
  },
  issued: { supplementNotice: issueSupplementNotice },
  sealed: {
    approval: decisionMade,
    denial: decisionMade,
    renewalApproval: decisionMade,
    renewalDenial: decisionMade,
    changeApproval: decisionMade,
    changeDenial: decisionMade,
    replacementApproval: decisionMade,
    replacementDenial: decisionMade,
  },
  served: {
    supplementNotice: startSupplementTerm,
    revisionNotice: startRevisionTerm,
    hearingRightsNotice: startHearingTerm,
    hearingNotice: noticeServed,
  },
  voided: {
    supplementNotice: redrawSupplementNotice,
    revisionNotice: redrawNotice,
    hearingRightsNotice: redrawRightsNotice,
    approval: redrawDecision,
    denial: redrawDecision,
    renewalApproval: redrawDecision,
    renewalDenial: redrawDecision,
    changeApproval: redrawDecision,
    changeDenial: redrawDecision,
    replacementApproval: redrawDecision,
    replacementDenial: redrawDecision,
  },
  // A decision that was made is annulled by a procedure of its own, never by a lever.
  ended: { stages: undecided, end: endByLever },
  redrafted: { decision: redraft },
  signed: { decision: decisionSigned },
};

/** The workflow of an application: `application/<number>`. */
export async function application(input: CaseInput): Promise<void> {
  await runCase(procedure(definition), input);
}
