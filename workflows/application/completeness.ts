import type { CalendarDate } from '../../rules/date.js';
import { missingFiles } from '../../rules/files.js';
import { issueDocument, reissueDocument } from '../kernel/documents.js';
import type { DocumentRef } from '../kernel/procedure.js';
import type { TaskForms } from '../messages/catalogue.js';
import { tellPermit } from './ending.js';
import { type ApplicationStep, ruleFacts } from './facts.js';

/** REG 9(4): three working days from the receipt to say everything that is missing. */
export function checkCompleteness(step: ApplicationStep, receivedOn: CalendarDate): void {
  const clock = `completeness.${step.rounds('completeness') + 1}`;
  step.startClock(clock, 'completeness', receivedOn);
  step.openTask('completeness', 'acceptance', 'accepting', { clock });
}

/** REG 9(3): what can be put right on the spot is put right, and needs no notice. */
export function correctOnSpot(step: ApplicationStep, corrected: readonly { readonly item: string }[]): void {
  if (corrected.length === 0) return;
  const items = corrected.map((file) => file.item);
  step.remember({ files: [...new Set([...step.facts.files, ...items])] });
  step.record('application.correctedOnSpot', { items });
}

/** Refuses to accept what is not complete. */
export function requireComplete(step: ApplicationStep): void {
  const absent = missing(step);
  if (absent.length === 0) return;
  step.refuse('rule.refused', {
    what: 'the file is not complete; ask for a supplement',
    where: 'files',
    expected: absent.join(', '),
    found: step.facts.files.join(', '),
  });
}

/** The items of a complete file that are not here. */
export function missing(step: ApplicationStep): readonly string[] {
  return missingFiles(step.pack, ruleFacts(step.facts), step.facts.files).map((file) => file.id);
}

/** REG 9(4): one notice of everything that is missing. A second names only what is unmet or what the supplement made. */
export function requestSupplement(
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
  const again = step.facts.defects.length > 0;
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
  step.keepClock(`completeness.${step.rounds('completeness')}`);
  step.remember({ defects: defects.map(({ item }) => ({ item })) });
  const items = defects.map((defect) => defect.item);
  step.record('application.supplementRequested', { items, override: override ?? null });
  // The term is printed in the notice and runs from its service.
  const term = step.pack.limits['supplement.submit']?.length ?? null;
  const told = defects.map(({ item, what }) => ({ item, what }));
  step.remember({ notice: issueDocument(step, 'supplementNotice', { items, told, term }) });
}

/**
 * REG 9(4) asks for a notice that is issued (出具告知单): a draft tells nobody, so the three days run on until the notice bears
 * its seal and date. Its service, after that, is what the applicant's own term runs from.
 */
export function issueSupplementNotice(step: ApplicationStep, { id }: DocumentRef): void {
  if (step.stage !== 'received' || step.facts.notice !== id) return;
  step.stopClocks('completeness');
  step.enter('supplement');
  const items = step.facts.defects.map((defect) => defect.item);
  step.notify('application.supplementRequested', 'applicant', { items });
  tellPermit(step, 'supplement');
}

/** A void notice has told nobody: it is drawn up anew, and the three days go on from the receipt. */
export function redrawSupplementNotice(step: ApplicationStep, document: DocumentRef): void {
  if (step.facts.notice !== document.id) return;
  step.remember({ notice: reissueDocument(step, document) });
  if (step.stage !== 'supplement') return;
  step.enter('received');
  step.startClock(`completeness.${step.rounds('completeness')}`, 'completeness', step.facts.receivedOn);
  tellPermit(step, 'received');
}

/** The notice was served: the applicant's term runs. */
export function startSupplementTerm(step: ApplicationStep, { id, on, startsClock }: DocumentRef): void {
  if (step.stage !== 'supplement' || step.facts.notice !== id || startsClock === null) return;
  step.startClock(`supplement.${step.rounds('completeness')}`, startsClock, on);
}
