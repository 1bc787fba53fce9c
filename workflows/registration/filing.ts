import { dateOf } from '../../rules/date.js';
import { packOfArea } from '../../rules/packs/index.js';
import { permitCaseId } from '../messages/caseId.js';
import type { RequestBodies } from '../messages/catalogue.js';
import { addVersion, dayOfAct, type RegistrationStep } from './facts.js';

type Filing = RequestBodies['registration.file'];

/**
 * REG 24: the platform gave number and receipt at once, and nobody approves anything. The five years run from the day of the
 * number. Whether the number is the unit's and free, and its term still runs, the transaction finds.
 */
export function file(step: RegistrationStep, body: Filing): void {
  const { registrationNo, unitId, area, replacesPermit = null } = body;
  step.open(packOfArea(area, dateOf(step.at)), { area, procedure: 'registration', unitId, permitNo: null });
  const validFrom = dayOfAct(step, body.platform);
  step.dependOn(
    'registrationNumber',
    { registrationNo, unitId, validFrom, replacesPermit },
    {
      fits: (branch) => begin(branch, body),
      fitsLate: (branch) => {
        begin(branch, body);
        remindLate(branch);
      },
    },
  );
}

function begin(step: RegistrationStep, body: Filing): void {
  const { registrationNo, unitId, area, contentId, platform, receipt = null, replacesPermit } = body;
  const validFrom = dayOfAct(step, platform);
  step.remember({ registrationNo, unitId, contentId, state: 'valid', application: null, reviewedIn: null });
  step.enter('valid');
  step.registration({ type: 'filed', registrationNo, unitId, area, validFrom });
  addVersion(step, 'filed', contentId, platform);
  step.startClock('validity', 'registration.validity', validFrom);
  // It may be older than our record of it: what lay before was not ours to do.
  step.changeClock({ clock: 'validity', type: 'joined', at: step.at });
  step.registration({ type: 'validTo', registrationNo, clock: 'validity' });
  const { businessNo } = platform;
  step.record('registration.filed', { registrationNo, validFrom, validTo: lastDay, businessNo, receipt });
  if (replacesPermit !== undefined) replacePermit(step, replacesPermit);
}

/** Permit to registration, without a gap: the form stands, and the permit stays in force until its cancellation is served. */
function replacePermit(step: RegistrationStep, permitNo: string): void {
  const { registrationNo } = step.facts;
  step.record('registration.replacesPermit', { registrationNo, permitNo });
  step.tell(permitCaseId(permitNo), 'permit.replaced', { registrationNo, at: step.at });
}

const lastDay = { dueOf: 'validity' } as const;

/** Entered when the time to renew has begun: the reminders that were missed are one now, and said to be late. */
export function remindLate(step: RegistrationStep): void {
  const { registrationNo } = step.facts;
  step.record('registration.remindedLate', { validTo: lastDay });
  step.notify('registration.remind', 'applicant', { registrationNo, validTo: lastDay });
}

/** A number stands for one form, for ever. */
export function refuseTaken(step: RegistrationStep): never {
  step.refuse('rule.refused', {
    what: 'this number is taken',
    where: 'registrationNo',
    found: step.facts.registrationNo,
  });
}
