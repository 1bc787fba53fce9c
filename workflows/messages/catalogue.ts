import type { z } from 'zod';
import * as application from './applicationForms.js';
import * as authority from './authorityForms.js';
import * as bulletin from './bulletinForms.js';
import * as common from './commonForms.js';
import * as issue from './issueForms.js';
import * as permit from './permitForms.js';
import * as review from './reviewForms.js';
import * as registration from './registrationForms.js';
import * as selfCheck from './selfCheckForms.js';
import * as sampling from './samplingForms.js';

/** Everything that people may ask of a case, by the request's name: the schema that its body is parsed with. */
export const requestSchemas = {
  'application.submit': application.submit,
  'application.supplement': application.supplement,
  'application.revise': application.revision,
  'application.withdraw': application.withdrawal,
  'application.requireVisit': application.visitDecision,
  'application.offSiteCheck': application.offSiteCheck,
  'hearing.announce': application.hearingNotice,
  'hearing.request': application.hearingRequest,
  'permit.hold': permit.holdPlaced,
  'permit.release': permit.holdReleased,
  'permit.annotate': permit.annotation,
  'cancellation.apply': permit.cancellationApplied,
  'cancellation.withdraw': permit.cancellationWithdrawn,
  'cancellation.statement': permit.statement,
  'authorityChange.start': authority.authorityChange,
  'annulment.start': authority.annulment,
  'withdrawal.start': authority.withdrawal,
  'revocation.start': authority.revocation,
  'urging.start': authority.urging,
  'holder.statement': permit.statement,
  'urging.answer': authority.urgingAnswer,
  'registration.file': registration.registrationFiled,
  'registration.change': registration.registrationChanged,
  'registration.renew': registration.registrationRenewed,
  'registration.close': registration.registrationClosed,
  'registration.check': registration.registrationChecked,
  'cleanUp.draft': registration.cleanUpDrafted,
  'issue.find': issue.found,
  'issue.object': issue.objection,
  'issue.progress': issue.progress,
  'issue.apply': issue.application,
  'issue.route': issue.routed,
  'issue.link': issue.linked,
  'issue.takeUp': issue.takenUp,
  'issue.reopen': issue.reopened,
  'sampling.open': sampling.opened,
  'sampling.replace': sampling.replaced,
  'bulletin.draft': bulletin.drafted,
  'sweep.start': review.sweepStarted,
  'sweep.pause': review.sweepPaused,
  'sweep.resume': review.sweepResumed,
  'selfCheck.submit': selfCheck.selfCheckSubmitted,
  'selfCheck.mend': selfCheck.selfCheckMended,
  'task.claim': common.taskRef,
  'task.release': common.taskRef,
  'task.reassign': common.taskReassigned,
  'task.delegate': common.taskReassigned,
  'task.return': common.taskReturned,
  'task.complete': common.taskCompleted,
  'clock.pause': common.clockPaused,
  'clock.resume': common.clockResumed,
  'clock.extend': common.clockExtended,
  'document.seal': common.documentSealed,
  'document.serve': common.documentServed,
  'document.void': common.documentVoided,
  'lever.retry': common.leverRetried,
  'lever.ask': common.leverAsked,
  'notice.byHand': common.noticeByHand,
} as const;

/** The name of a request that people may make. */
export type RequestName = keyof typeof requestSchemas;

/** The body of each request, as parsed. */
export type RequestBodies = { readonly [Name in RequestName]: z.infer<(typeof requestSchemas)[Name]> };

/** The form of each kind of task, by the kind's family: `opinion.water` is an `opinion`. */
export const taskForms = {
  completeness: application.completeness,
  opinion: application.opinion,
  merge: application.merge,
  visitDecision: application.visitDecision,
  verification: application.verification,
  hearing: application.hearing,
  platform: application.platformRecord,
  reconciliation: application.reconciliation,
  delivery: application.done,
  publicity: application.done,
  sign: common.signature,
  lever: common.leverSigned,
  confirmRenewal: permit.confirmRenewal,
  lateRenewal: permit.lateRenewal,
  operationCheck: permit.operationCheck,
  lead: permit.lead,
  cancellationDraft: permit.cancellationDraft,
  statementReview: permit.statementReview,
  platformCancellation: permit.cancellationRecord,
  heardReview: authority.heardReview,
  authorityChangeDraft: authority.authorityChangeDraft,
  annulmentDraft: authority.annulmentDraft,
  withdrawalDraft: authority.withdrawalDraft,
  platformChange: authority.platformChange,
  platformEnding: permit.cancellationRecord,
  compensation: authority.compensation,
  revocationCheck: authority.revocationCheck,
  urgingCheck: authority.urgingCheck,
  classMismatch: registration.classMismatch,
  cleanUpReview: registration.cleanUpReview,
  issueConfirmation: issue.confirmation,
  issueNotice: issue.feedback,
  issueDetermination: issue.determination,
  issueAssignment: issue.assignment,
  issueRectification: issue.rectification,
  issueVerification: issue.verification,
  issueClosing: issue.closing,
  issueSupervision: issue.supervision,
  issueRoute: issue.routeStarted,
  samplingRound: sampling.round,
  samplingCounts: sampling.platformCounts,
  samplingBeacon: sampling.beacon,
  samplingPublication: sampling.publication,
  samplingProof: sampling.proof,
  bulletinDraft: bulletin.circulated,
  bulletinComment: bulletin.comment,
  bulletinSubmission: bulletin.submitted,
  qualityReview: review.qualityReview,
} as const;

/** The family of a task's kind. */
export type TaskFamily = keyof typeof taskForms;

/** The form of each family of tasks, as parsed. */
export type TaskForms = { readonly [Family in TaskFamily]: z.infer<(typeof taskForms)[Family]> };
