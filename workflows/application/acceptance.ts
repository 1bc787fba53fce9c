import { type CalendarDate, dateOf, parseInstant } from '../../rules/date.js';
import { missingFiles } from '../../rules/files.js';
import { packOfArea } from '../../rules/packs/index.js';
import { requireNotBefore, requireNotLater } from '../kernel/days.js';
import { issueDocument } from '../kernel/documents.js';
import type { DocumentRef } from '../kernel/procedure.js';
import type { RequestBodies, TaskForms } from '../messages/catalogue.js';
import { permitCaseId, registrationCaseId } from '../messages/caseId.js';
import { end, tellPermit } from './ending.js';
import { type ApplicationFacts, type ApplicationStep, ruleFacts } from './facts.js';
import { startReview } from './review.js';

/**
 * REG 8, 9: an application is received at the platform's submission time. The organ has three working days to say, once,
 * everything that is missing; if it says nothing, the application is accepted as of its receipt.
 */
export function receive(step: ApplicationStep, body: RequestBodies['application.submit']): void {
  const receivedOn = receiptOf(step, body);
  const { kind, permitClass, area, unitId, contentId, project, causes, permitNo = null } = body;
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
  };
  step.remember(facts);
  step.enter('received');
  step.record(kind === 'renewal' ? 'renewal.received' : 'application.received', {
    kind,
    permitClass,
    receivedOn,
    missing: missing(step),
  });
  issueDocument(step, 'materialReceipt', { receivedOn });
  checkCompleteness(step, receivedOn);
  if (body.registrationNo !== undefined) convert(step, body.registrationNo);
  if (permitNo === null) return;
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

/** The applicant holds a registration form: it stays what it is until the permit is issued, and he is told what it does not cover. */
function convert(step: ApplicationStep, registrationNo: string): void {
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

function checkCompleteness(step: ApplicationStep, receivedOn: CalendarDate): void {
  const clock = `completeness.${step.rounds('completeness') + 1}`;
  step.startClock(clock, 'completeness', receivedOn);
  step.openTask('completeness', 'acceptance', 'accepting', { clock });
}

/** What the acceptance desk found. */
export function decideCompleteness(step: ApplicationStep, form: TaskForms['completeness']): void {
  step.require('received');
  switch (form.outcome) {
    case 'accept':
      correctOnSpot(step, form.corrected);
      requireComplete(step);
      accept(step, false);
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

/** REG 9(3): what can be put right on the spot is put right, and needs no notice. */
function correctOnSpot(step: ApplicationStep, corrected: readonly { readonly item: string }[]): void {
  if (corrected.length === 0) return;
  const items = corrected.map((file) => file.item);
  step.remember({ files: [...new Set([...step.facts.files, ...items])] });
  step.record('application.correctedOnSpot', { items });
}

function requireComplete(step: ApplicationStep): void {
  const absent = missing(step);
  if (absent.length === 0) return;
  step.refuse('rule.refused', {
    what: 'the file is not complete; ask for a supplement',
    where: 'files',
    expected: absent.join(', '),
    found: step.facts.files.join(', '),
  });
}

function missing(step: ApplicationStep): readonly string[] {
  return missingFiles(step.pack, ruleFacts(step.facts), step.facts.files).map((file) => file.id);
}

/** REG 9(4): one notice of everything that is missing. A second names only what is unmet or what the supplement made. */
function requestSupplement(
  step: ApplicationStep,
  { defects, override }: Extract<TaskForms['completeness'], { outcome: 'supplement' }>,
): void {
  const untold = missing(step).filter((item) => !defects.some((defect) => defect.item === item));
  if (untold.length > 0) {
    step.refuse('rule.refused', {
      what: 'one notice names everything that is missing',
      where: 'defects',
      expected: untold.join(', '),
      found: defects.map((defect) => defect.item).join(', '),
    });
  }
  const again = step.rounds('completeness') > 1;
  const earlier = step.facts.defects.map((defect) => defect.item);
  const unlawful = defects.find(
    ({ item, ground }) =>
      again && ground !== 'madeBySupplement' && !(ground === 'unmet' && earlier.includes(item)),
  );
  if (unlawful !== undefined && override === undefined) {
    step.refuse('rule.refused', {
      what: 'all defects are told at once; a second notice names only unmet items and what the supplement made',
      where: 'defects',
      expected: `unmet: ${earlier.join(', ')}; or madeBySupplement; or an override with its reason`,
      found: unlawful.item,
    });
  }
  step.stopClocks('completeness');
  step.remember({ defects: defects.map(({ item }) => ({ item })) });
  step.enter('supplement');
  const items = defects.map((defect) => defect.item);
  step.record('application.supplementRequested', { items, override: override ?? null });
  // The term is printed in the notice and runs from its service.
  const term = step.pack.limits['supplement.submit']?.length ?? null;
  const told = defects.map(({ item, what }) => ({ item, what }));
  step.remember({ notice: issueDocument(step, 'supplementNotice', { items, told, term }) });
  step.notify('application.supplementRequested', 'applicant', { items });
  tellPermit(step, 'supplement');
}

/** The notice was served: the applicant's term runs. */
export function startSupplementTerm(step: ApplicationStep, { id, on, startsClock }: DocumentRef): void {
  if (step.stage !== 'supplement' || step.facts.notice !== id || startsClock === null) return;
  step.startClock(`supplement.${step.rounds('completeness')}`, startsClock, on);
}

/** A supplement starts the three days again; silence then accepts as of this receipt. */
export function receiveSupplement(
  step: ApplicationStep,
  body: RequestBodies['application.supplement'],
): void {
  step.require('supplement');
  const receivedOn = receiptOf(step, body);
  requireNotBefore(step, receivedOn, step.facts.receivedOn, 'platform.at');
  const files = [...new Set([...step.facts.files, ...body.files.map((file) => file.item)])];
  step.stopClocks('supplement');
  step.remember({ files, receivedOn, contentId: body.contentId ?? step.facts.contentId });
  step.enter('received');
  step.record('application.supplementReceived', { receivedOn, missing: missing(step) });
  checkCompleteness(step, receivedOn);
  tellPermit(step, 'received');
}

/** Three working days of silence: accepted as of the receipt (REG 9(4), ALL 32). */
export function deemAccepted(step: ApplicationStep): void {
  if (step.stage === 'received') accept(step, true);
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
