import { raiseMismatch, settleMismatch } from '../classMismatch.js';
import { runCase } from '../kernel/case.js';
import { type Procedure, procedure } from '../kernel/procedure.js';
import type { CaseInput } from '../messages/state.js';
import { beginConversion, endConversion, replace } from './conversion.js';
import type { RegistrationFacts } from './facts.js';
import { file, refuseTaken } from './filing.js';
import { correctImported, takeOver } from './imported.js';
import { change, check, close, expire, remind, renew } from './life.js';

/**
 * A registration form (排污登记, REG 24), from its number to its end:
 *
 *   valid → expired | closed → closed case
 *
 * It is no licence, and nobody decides anything. Its case rests between its steps.
 */
const definition: Procedure<RegistrationFacts> = {
  kind: 'registration',
  opens: { 'registration.file': file, 'registration.import': takeOver },
  requests: {
    'registration.file': refuseTaken,
    'registration.import': correctImported,
    'registration.change': change,
    'registration.renew': renew,
    'registration.close': close,
    'registration.check': check,
    'registration.converting': beginConversion,
    'registration.conversionEnded': endConversion,
    'registration.replaced': replace,
    'registration.classMismatch': raiseMismatch,
  },
  tasks: { classMismatch: settleMismatch },
  lapses: { validity: expire },
  moments: { 'validity/remind': remind },
};

/** The workflow of a registration form: `registration/<number>`. */
export async function registration(input: CaseInput): Promise<void> {
  await runCase(procedure(definition), input);
}
