import { type CalendarDate, dateOf, parseInstant } from '../../rules/date.js';
import { packOfArea } from '../../rules/packs/index.js';
import { requireNotBefore, requireNotLater } from '../kernel/days.js';
import { issueDocument, voidUnsealed } from '../kernel/documents.js';
import type { RequestBodies, TaskForms } from '../messages/catalogue.js';
import { permitCaseId, registrationCaseId } from '../messages/caseId.js';
import {
  checkCompleteness,
  correctOnSpot,
  missing,
  requestSupplement,
  requireComplete,
} from './completeness.js';
import { end, tellPermit } from './ending.js';
import { type ApplicationFacts, type ApplicationStep } from './facts.js';
import { convert, fileOnPermit, judgeContent, takeOver, unlessReapplication } from './onPermit.js';
import { startReview } from './review.js';

/**
 * REG 8, 9: an application is received at the platform's submission time. The organ has three working days to say, once,
 * everything that is missing; if it says nothing, the application is accepted as of its receipt.
 */
export function receive(step: ApplicationStep, body: RequestBodies['application.submit']): void {
  const receivedOn = receiptOf(step, body);
  const { kind, permitClass, area, unitId, contentId, project, causes, permitNo = null } = body;
  const changedOn = (body.changedOn ?? null) as CalendarDate | null;
  step.open(packOfArea(area, receivedOn), { area, procedure: kind, unitId, permitNo });
  const facts: ApplicationFacts = {
    ...{ kind, permitClass, unitId, permitNo, contentId, project, causes, receivedOn },
    files: body.files.map((file) => file.item),
    acceptedOn: null,
    inTime: null,
    defects: [],
    notice: null,
    opinions: {},
    reviewers: [],
    visit: 'none',
    inconsistent: [],
    revising: [],
    askedFor: [],
    hearing: 'none',
    hearingOn: null,
    hearingNotice: null,
    draft: null,
    decidedAt: null,
    changedOn,
  };
  step.remember(facts);
  step.reviews({ type: 'check', contentId });
  step.enter('received');
  step.record(receivedAs[kind], { kind, permitClass, receivedOn, missing: missing(step) });
  issueDocument(step, 'materialReceipt', { receivedOn });
  checkCompleteness(step, receivedOn);
  if (kind === 'first') {
    if (body.formerPermitNo !== undefined) takeOver(step, body.formerPermitNo);
    if (body.registrationNo !== undefined) followRegistration(step, body.registrationNo);
    return;
  }
  if (permitNo === null) step.refuse('internal', { what: 'an application without its permit', found: kind });
  const filed = { applicationId: step.caseId, kind, at: step.at };
  step.tellCasesOf(permitNo, ['urging', 'issue'], 'urging.applicationReceived', filed);
  if (kind !== 'renewal') {
    fileOnPermit(step);
    return;
  }
  // The guards of the permit's last day read this answer: filed in time or not is decided once, at the receipt.
  step.dependOn(
    'renewalFiling',
    { permitNo, unitId, receivedOn },
    {
      inTime: (branch) => fileRenewal(branch, permitNo, true),
      late: (branch) => fileRenewal(branch, permitNo, false),
    },
  );
}

/** What the ledger calls the receipt of each. */
const receivedAs = {
  first: 'application.received',
  renewal: 'renewal.received',
  reapplication: 'reapplication.received',
  change: 'change.received',
  replacement: 'replacement.received',
} as const;

/** The applicant holds a registration form: it stays what it is until the permit is issued, and he is told what it does not cover. */
function followRegistration(step: ApplicationStep, registrationNo: string): void {
  const { unitId } = step.facts;
  step.remember({ registrationNo });
  step.dependOn(
    'registrationHeld',
    { registrationNo, unitId },
    {
      valid: (branch) => {
        const { caseId: applicationId, at } = branch;
        branch.record('application.fromRegistration', { registrationNo });
        branch.notify('registration.coverNeeded', 'applicant', { registrationNo });
        branch.tell(registrationCaseId(registrationNo), 'registration.converting', { applicationId, at });
      },
    },
  );
}

/** The day of the receipt: that of the submission on the platform, where it was made there. */
function receiptOf(
  step: ApplicationStep,
  { platform }: Pick<RequestBodies['application.supplement'], 'platform'>,
): CalendarDate {
  if (platform === undefined) return step.on;
  const receivedAt = parseInstant(platform.at, 'platform.at');
  requireNotLater(step, receivedAt, 'platform.at');
  return dateOf(receivedAt);
}

function fileRenewal(step: ApplicationStep, permitNo: string, inTime: boolean): void {
  step.remember({ inTime });
  step.startClock('permitEnd', 'permit.expiry', { endOf: 'permit', permitNo });
  step.tell(permitCaseId(permitNo), 'renewal.filed', { applicationId: step.caseId, at: step.at, inTime });
  if (!inTime) step.record('renewal.late', { permitNo });
}

/** What the acceptance desk found. */
export function decideCompleteness(step: ApplicationStep, form: TaskForms['completeness']): void {
  step.require('received');
  switch (form.outcome) {
    case 'accept':
      correctOnSpot(step, form.corrected);
      requireComplete(step);
      if (step.facts.kind === 'change')
        unlessReapplication(step, form.override, (branch) => accept(branch, false));
      else accept(step, false);
      break;
    case 'convert':
      convert(step, form);
      break;
    case 'supplement':
      requestSupplement(step, form);
      break;
    case 'notNeeded':
      step.record('application.notNeeded', { reason: form.reason });
      issueDocument(step, 'notNeededNotice', { reason: form.reason });
      end(step, 'notNeeded');
      break;
    case 'notCompetent':
      step.record('application.notCompetent', { reason: form.reason, rightAuthority: form.rightAuthority });
      issueDocument(step, 'nonAcceptance', {
        ...{ reason: form.reason, rightAuthority: form.rightAuthority },
        articles: ['REG 9(2)'],
      });
      end(step, 'notCompetent');
      break;
    case 'refuse':
      step.record('application.refused', { reason: form.reason });
      issueDocument(step, 'nonAcceptance', { reason: form.reason });
      end(step, 'refused');
      break;
  }
}

/** A supplement starts the three days again; silence then accepts as of this receipt. */
export function receiveSupplement(
  step: ApplicationStep,
  body: RequestBodies['application.supplement'],
): void {
  // What is handed in before the notice is sealed was put right unasked.
  if (step.stage !== 'received' || step.facts.notice === null) step.require('supplement');
  const receivedOn = receiptOf(step, body);
  requireNotBefore(step, receivedOn, step.facts.receivedOn, 'platform.at');
  const files = [...new Set([...step.facts.files, ...body.files.map((file) => file.item)])];
  step.stopClocks('supplement', 'completeness');
  step.remember({ notice: null, files, receivedOn, contentId: body.contentId ?? step.facts.contentId });
  step.enter('received');
  step.record('application.supplementReceived', { receivedOn, missing: missing(step) });
  checkCompleteness(step, receivedOn);
  tellPermit(step, 'received');
  if (body.contentId === undefined) return;
  step.reviews({ type: 'check', contentId: body.contentId });
  judgeContent(step);
}

/** Three working days of silence: accepted as of the receipt (REG 9(4), ALL 32). A notice that was only drafted is void. */
export function deemAccepted(step: ApplicationStep): void {
  if (step.stage !== 'received') return;
  voidUnsealed(step, '逾期未告知，申请已视为受理', 'materialReceipt');
  accept(step, true);
}

function accept(step: ApplicationStep, deemed: boolean): void {
  const acceptedOn = deemed ? step.facts.receivedOn : step.on;
  step.stopClocks('completeness');
  step.overtakeTasks('completeness');
  step.remember({ acceptedOn });
  step.enter('review');
  step.record(deemed ? 'application.deemedAccepted' : 'application.accepted', { acceptedOn });
  issueDocument(step, 'acceptanceNotice', {
    ...{ acceptedOn, deemed },
    ...(deemed ? { articles: ['REG 9(4)', 'ALL 32'] } : {}),
  });
  // Silence that took effect is nobody's success: the head hears of it.
  if (deemed) step.notify('application.deemedAccepted', 'deputyHead', { acceptedOn });
  tellPermit(step, 'accepted');
  startReview(step, acceptedOn);
}
