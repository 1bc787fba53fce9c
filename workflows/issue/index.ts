import { runCase } from '../kernel/case.js';
import { voidUnservedDocuments } from '../kernel/documents.js';
import { type Procedure, procedure } from '../kernel/procedure.js';
import type { CaseInput } from '../messages/state.js';
import { close, endObservation, verify } from './closing.js';
import type { IssueFacts, IssueStep } from './facts.js';
import {
  feedBack,
  hearNobody,
  issueAuthorityLetter,
  issueLetter,
  letterServed,
  object,
  recordDetermination,
} from './feedback.js';
import { confirm, find, findAgain, openByTier, takeOver } from './found.js';
import { countOverdue, recordSupervision, remind, takeUp } from './overdue.js';
import * as rectification from './rectification.js';
import { endSilence } from './silence.js';
import { endLinked, handOverLead, link, linkApplication, routeFurther, startRoute } from './routes.js';

/**
 * An issue of the quality assurance (问题台账), from its finding to its close-out (销号):
 *
 *   found → feedback → objection → determining → assigning → notifying → rectifying ⇄ verifying → closing → archived → closed
 *
 * What the unit has found in its self-check goes from `found` to `rectifying` at once. `closing` returns to `rectifying` too;
 * what comes back while `archived` goes to `assigning` again. A problem that is not one ends as `noFault`, one that is in the
 * ledger already as `recurrence`.
 */
const definition: Procedure<IssueFacts> = {
  kind: 'issue',
  opens: { 'issue.find': find, 'issue.open': openByTier, 'issue.import': takeOver },
  requests: {
    'issue.open': findAgain,
    'issue.recurred': findAgain,
    'issue.object': object,
    'issue.progress': rectification.noteProgress,
    'issue.apply': rectification.apply,
    'issue.route': routeFurther,
    'issue.link': link,
    'issue.linkedCaseEnded': endLinked,
    'urging.applicationReceived': linkApplication,
    'issue.takeUp': takeUp,
    'issue.reopen': (step, { reason }) => {
      step.require('archived');
      rectification.reopen(step, reason);
    },
  },
  tasks: {
    issueConfirmation: confirm,
    issueNotice: feedBack,
    issueDetermination: recordDetermination,
    issueAssignment: rectification.assign,
    issueRectification: rectification.apply,
    issueVerification: verify,
    issueClosing: close,
    issueSupervision: recordSupervision,
    issueRoute: startRoute,
    lead: handOverLead,
  },
  lapses: { objection: hearNobody, rectification: countOverdue, observation: endObservation },
  moments: { 'rectification/remind': remind },
  served: {
    issueFeedback: letterServed,
    authorityFeedback: letterServed,
    rectificationNotice: rectification.noticeServed,
  },
  voided: {
    issueFeedback: issueLetter,
    authorityFeedback: issueAuthorityLetter,
    rectificationNotice: rectification.issueNotice,
  },
  ended: {
    stages: ['found', 'feedback', 'objection', 'determining', 'assigning', 'notifying', 'rectifying'],
    end: (step: IssueStep, reason) => {
      voidUnservedDocuments(step, reason);
      endSilence(step, 'ended');
      step.conclude('ended');
    },
  },
};

/** The workflow of an issue: `issue/<number>`. */
export async function issue(input: CaseInput): Promise<void> {
  await runCase(procedure(definition), input);
}
