import { dateOf } from '../../rules/date.js';
import { packOfArea } from '../../rules/packs/index.js';
import type { ImportedRegistration } from '../messages/importedLives.js';
import { addVersion, type RegistrationStep, setState } from './facts.js';
import { remindLate } from './filing.js';

/** A form on the platform's list: its history is written down, and it goes on where it stands. Nobody is told of what is long past. */
export function takeOver(step: RegistrationStep, body: ImportedRegistration): void {
  const { registrationNo, unitId, area } = body;
  step.open(packOfArea(area, dateOf(step.at)), { area, procedure: 'registration', unitId, permitNo: null });
  stand(step, body, (branch) => {
    const contentId = body.versions.at(-1)?.contentId ?? '';
    const facts = { registrationNo, unitId, contentId, state: 'valid', application: null, reviewedIn: null };
    branch.remember({ ...facts, state: 'valid', imported: [] });
    branch.enter('valid');
    branch.registration({ type: 'filed', registrationNo, unitId, area, validFrom: body.validFrom });
    const acts = writeHistory(branch, body);
    branch.record('registration.imported', { ...termOf(body), registrationNo, acts });
  });
}

/** The list was imported again and says something else: as long as the form is the list's, it is put right. */
export function correctImported(step: RegistrationStep, body: ImportedRegistration): void {
  const { registrationNo, validFrom } = body;
  const { imported = null, importedAt } = step.facts;
  // Of two imports that were asked for before either was answered, the later counts, whichever comes first.
  if (importedAt !== undefined && step.at < importedAt) return;
  if (imported === null) {
    step.refuse('rule.refused', {
      what: 'the form has been acted on here: a person compares it with the platform’s list',
      where: 'registrationNo',
      found: registrationNo,
    });
  }
  stand(step, body, (branch) => {
    branch.registration({ type: 'validFrom', registrationNo, validFrom });
    const acts = writeHistory(branch, body);
    branch.record('registration.importCorrected', { ...termOf(body), registrationNo, acts });
  });
}

const termOf = ({ validFrom, validTo }: ImportedRegistration) => ({ validFrom, validTo });

/** Each act on the list that is not here yet is a version, with its whole row as the content. Answers with what was done. */
function writeHistory(step: RegistrationStep, { versions }: ImportedRegistration): readonly string[] {
  const known = step.facts.imported ?? [];
  const added = versions.filter(({ contentId }) => !known.includes(contentId));
  for (const { kind, contentId, platform } of added) addVersion(step, kind, contentId, platform);
  step.remember({
    imported: [...known, ...added.map(({ contentId }) => contentId)],
    importedAt: step.at,
  });
  return added.map(({ kind }) => kind);
}

/** Whether its term still runs, and whether the time to renew has begun, the transaction finds. */
function stand(
  step: RegistrationStep,
  body: ImportedRegistration,
  write: (branch: RegistrationStep) => void,
): void {
  const { registrationNo, unitId, validFrom, validTo, closed } = body;
  const live = (branch: RegistrationStep): void => {
    write(branch);
    startTerm(branch, body);
    if (closed) end(branch, body, 'closed');
  };
  step.dependOn(
    'registrationNumber',
    { registrationNo, unitId, validFrom, validTo, replacesPermit: null },
    {
      fits: live,
      fitsLate: (branch) => {
        live(branch);
        if (!closed) remindLate(branch);
      },
      over: (branch) => {
        write(branch);
        startTerm(branch, body);
        end(branch, body, closed ? 'closed' : 'expired');
      },
    },
  );
}

/** The last day is the platform's, and what lay before today was not ours to do. */
function startTerm(
  step: RegistrationStep,
  { registrationNo, validFrom, validTo }: ImportedRegistration,
): void {
  step.startClock('validity', 'registration.validity', validFrom);
  step.changeClock({ clock: 'validity', type: 'joined', at: step.at, due: validTo });
  step.registration({ type: 'validTo', registrationNo, clock: 'validity' });
}

/** It ended on the platform, or its last day is over: its history is kept, and its number stays reserved. */
function end(
  step: RegistrationStep,
  { registrationNo }: ImportedRegistration,
  state: 'closed' | 'expired',
): void {
  step.changeClock({ clock: 'validity', type: 'stopped', on: step.on });
  setState(step, state);
  step.record('registration.importEnded', { registrationNo, ending: state });
  step.conclude(state);
}
