import { eq, sql } from 'drizzle-orm';
import type { CalendarDate } from '../../rules/date.js';
import { DomainError } from '../../rules/errors.js';
import type { Transaction } from '../../db/database.js';
import { registrations, registrationVersions } from '../../db/schema/index.js';
import type { RegistrationChange } from '../../workflows/messages/register.js';
import type { WritingStep } from './writes.js';

/** Writes what a step does to the register of registration forms. */
export async function writeRegistration(
  tx: Transaction,
  step: WritingStep,
  changes: readonly RegistrationChange[],
  dueOf: (clock: string) => CalendarDate,
): Promise<void> {
  for (const change of changes) {
    const { registrationNo } = change;
    const target = eq(registrations.registrationNo, registrationNo);
    switch (change.type) {
      case 'filed': {
        const { unitId, area, validFrom } = change;
        // The last day is the due day of the validity clock, set by the `validTo` change of the same step.
        const row = { registrationNo, unitId, area, validFrom, validTo: validFrom, version: 0 };
        await tx.insert(registrations).values({ ...row, state: 'valid' });
        break;
      }
      case 'version': {
        const { kind, contentId, platform } = change;
        const [form] = await tx
          .update(registrations)
          .set({ version: sql`${registrations.version} + 1` })
          .where(target)
          .returning({ version: registrations.version });
        if (form === undefined)
          throw new DomainError('not.found', { what: 'no such registration', found: registrationNo });
        const row = { registrationNo, kind, contentId, platform, version: form.version, at: step.at };
        await tx.insert(registrationVersions).values(row);
        break;
      }
      case 'validFrom':
        await tx.update(registrations).set({ validFrom: change.validFrom }).where(target);
        break;
      case 'state':
        await tx.update(registrations).set({ state: change.state }).where(target);
        break;
      case 'validTo':
        await tx
          .update(registrations)
          .set({ validTo: dueOf(change.clock) })
          .where(target);
        break;
    }
  }
}
