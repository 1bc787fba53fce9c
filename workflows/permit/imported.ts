import { dateOf } from '../../rules/date.js';
import { packOfArea } from '../../rules/packs/index.js';
import {
  endedBy,
  type ImportedEnding,
  type ImportedPermit,
  type ImportedVersion,
} from '../messages/importedLives.js';
import { type PermitStep, setState, startTerm } from './term.js';

/** A permit that was issued before our time: its history is written down, and its life begins where it stands. */
export function takeOver(step: PermitStep, body: ImportedPermit): void {
  const { permitNo, unitId, permitClass, area, validFrom, validTo, versions } = body;
  step.open(packOfArea(area, dateOf(step.at)), { area, procedure: 'renewal', unitId, permitNo });
  const empty = { renewal: null, deemed: null, cancellations: 0, holds: {}, imported: [] };
  step.remember({ importedAt: step.at });
  step.remember({ permitNo, unitId, contentId: newest(versions), state: 'valid', ...empty });
  step.enter('valid');
  const issued = { permitNo, unitId, permitClass, area, contentId: newest(versions), validFrom };
  step.permit({ type: 'issued', ...issued, applicationId: step.caseId });
  step.record('permit.imported', { permitNo, validFrom, validTo, acts: writeHistory(step, versions) });
  stand(step, body);
}

/** The list was imported again and says something else: as long as the life is the list's, it is put right. */
export function correctImported(step: PermitStep, body: ImportedPermit): void {
  const { permitNo, permitClass, validFrom, validTo, versions } = body;
  const { imported = null, importedAt, renewal, cancellations } = step.facts;
  // Of two imports that were asked for before either was answered, the later counts, whichever comes first.
  if (importedAt !== undefined && step.at < importedAt) return;
  if (imported === null || renewal !== null || cancellations > 0) {
    step.refuse('rule.refused', {
      what: 'the permit has been acted on here: a person compares it with the platform’s list',
      where: 'permitNo',
      found: permitNo,
    });
  }
  const sameEnd = step.clock('validity')?.due === validTo;
  const added = versions.filter(({ contentId }) => !imported.includes(contentId));
  step.permit({ type: 'corrected', permitNo, permitClass, validFrom });
  const corrected = { validFrom, validTo, permitClass, acts: writeHistory(step, added) };
  step.record('permit.importCorrected', corrected);
  step.remember({ contentId: newest(versions), importedAt: step.at });
  // What was said of this last day is not said again.
  if (body.ending === null && sameEnd) {
    if (step.facts.state === 'valid') joinTerm(step, body);
  } else stand(step, body);
}

/** Each act on the list is a version, with its whole row as the content. Answers with what was done. */
function writeHistory(step: PermitStep, versions: readonly ImportedVersion[]): readonly string[] {
  const { permitNo, imported } = step.facts;
  for (const { kind, on, contentId, validFrom, validTo } of versions) {
    const platform = { source: 'permitList', on, validFrom, validTo };
    step.permit({ type: 'version', permitNo, kind, contentId, caseId: step.caseId, platform });
  }
  step.remember({ imported: [...(imported ?? []), ...versions.map(({ contentId }) => contentId)] });
  return versions.map(({ kind }) => kind);
}

const newest = (versions: readonly ImportedVersion[]): string => versions.at(-1)?.contentId ?? '';

/** The permit takes up its life where the platform's term has it, as the transaction finds it. */
function stand(step: PermitStep, body: ImportedPermit): void {
  const { validFrom, validTo, ending } = body;
  if (ending !== null) {
    end(step, body, ending);
    return;
  }
  step.dependOn(
    'lifePoint',
    { validFrom, validTo },
    {
      valid: (branch) => live(branch, body),
      renewalWindow: (branch) => remindLate(branch, body),
      renewalWindowLate: (branch) => missWindow(branch, body),
      lapsed: (branch) => listForCleanUp(branch, body),
    },
  );
}

/** The term's clocks: the last day is the platform's, and what lay before today was not ours to do. */
function joinTerm(step: PermitStep, { validFrom, validTo }: ImportedPermit): void {
  startTerm(step, () => {
    step.startClock('validity', 'permit.validity', validFrom);
    step.changeClock({ clock: 'validity', type: 'joined', at: step.at, due: validTo });
  });
  step.changeClock({ clock: 'renewalApply', type: 'joined', at: step.at });
}

function live(step: PermitStep, body: ImportedPermit): void {
  joinTerm(step, body);
  if (step.facts.state !== 'valid' || step.stage !== 'valid') setState(step, 'valid');
}

/** REG 14: the time of the reminders has begun. Those that were missed are one now, and said to be late. */
function remindLate(step: PermitStep, body: ImportedPermit): void {
  const { permitNo, validTo } = body;
  live(step, body);
  step.record('renewal.remindedLate', { validTo, lastDay: lastDayToRenew });
  step.notify('renewal.remind', 'applicant', { permitNo, validTo, lastDay: lastDayToRenew });
}

/** REG 14: the sixtieth day before the end lies behind. A renewal is late, and the holder is told. */
function missWindow(step: PermitStep, body: ImportedPermit): void {
  const { permitNo, validTo } = body;
  live(step, body);
  step.record('renewal.windowMissed', { validTo, lastDay: lastDayToRenew });
  step.notify('renewal.windowClosed', 'applicant', { permitNo });
}

const lastDayToRenew = { dueOf: 'renewalApply' } as const;

/**
 * It lapsed before it came to us. It is listed (the stage `cleanUp`) for the periodic clean-up, which people draft and sign:
 * a first import would otherwise open a cancellation for every permit that a region ever let expire, all in one day.
 */
function listForCleanUp(step: PermitStep, body: ImportedPermit): void {
  const { permitNo, validTo } = body;
  stopTerm(step, body);
  setState(step, 'lapsed');
  step.enter('cleanUp');
  step.record('permit.toCleanUp', { permitNo, validTo });
}

/** It ended on the platform: its history is kept, its number stays reserved, and its case closes. */
function end(step: PermitStep, body: ImportedPermit, ending: ImportedEnding): void {
  stopTerm(step, body);
  setState(step, endedBy[ending]);
  step.record('permit.importEnded', { ending });
  step.conclude(endedBy[ending]);
}

/** The term is on record, and none of its clocks runs. */
function stopTerm(step: PermitStep, body: ImportedPermit): void {
  joinTerm(step, body);
  for (const clock of ['validity', 'renewalApply']) step.changeClock({ clock, type: 'stopped', on: step.on });
}
