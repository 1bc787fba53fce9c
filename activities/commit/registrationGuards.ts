import { and, eq, sql } from 'drizzle-orm';
import { resolve } from '../../rules/clock.js';
import { dateOf, parseDate } from '../../rules/date.js';
import type { Transaction } from '../../db/database.js';
import { cleanUpCandidates, cleanUpHold } from '../../db/queries/cleanUp.js';
import { cases, permits, registrations, units } from '../../db/schema/index.js';
import { registrationCaseId } from '../../workflows/messages/caseId.js';
import type { ClockRules } from './clocks.js';
import type { Guard } from './guards.js';
import { required } from './permitRows.js';

/** What only the transaction can answer of registration forms, and of the clean-up of expired permits. */
export const registrationGuards: Readonly<Record<string, Guard>> = {
  /**
   * Is the number that the platform gave this unit's own, and does its term still run? `fitsLate` when the time to renew has
   * begun already; `over` when the entry is dead and must be filed anew; `noPermit` when the permit whose place it is to take
   * is not this unit's permit in force.
   */
  async registrationNumber(tx, params, input, rules) {
    const number = required(params, 'registrationNo');
    const unitId = required(params, 'unitId');
    const [unit] = await tx.select().from(units).where(eq(units.id, unitId));
    if (unit === undefined || !number.startsWith(unit.creditCode)) return 'otherUnit';
    // A form and a permit never share a number.
    const [permit] = await tx.select().from(permits).where(eq(permits.permitNo, number));
    if (permit !== undefined) return 'taken';
    const replaced = params['replacesPermit'] ?? null;
    if (replaced !== null && !(await isInForce(tx, replaced, unitId))) return 'noPermit';
    // One that was filed before our time has the last day that the platform gave it.
    const given = params['validTo'] ?? null;
    const validTo =
      given === null
        ? dueOf(rules, 'registration.validity', required(params, 'validFrom'))
        : parseDate(given);
    const today = dateOf(input.at);
    if (validTo === null || today > validTo) return 'over';
    const opens = dueOf(rules, 'registration.renewal', validTo);
    return opens !== null && today >= opens ? 'fitsLate' : 'fits';
  },

  /** Was the change filed within the twenty days of REG 24? */
  registrationChange(_tx, params, _input, rules) {
    const due = dueOf(rules, 'registration.change', required(params, 'changedOn'));
    return Promise.resolve(due !== null && required(params, 'filedOn') <= due ? 'inTime' : 'late');
  },

  /** Is the window to renew open on the day on which it was filed? */
  async registrationRenewal(tx, params, _input, rules) {
    const [form] = await tx
      .select()
      .from(registrations)
      .where(eq(registrations.registrationNo, required(params, 'registrationNo')))
      .for('update');
    const opens = form === undefined ? null : dueOf(rules, 'registration.renewal', form.validTo);
    return opens !== null && required(params, 'filedOn') >= opens ? 'open' : 'early';
  },

  /** Does the unit hold this form, in force, with no other application under way that is to take its place? */
  async registrationHeld(tx, params) {
    const number = required(params, 'registrationNo');
    const [form] = await tx
      .select({ state: registrations.state, application: sql<string | null>`${cases.facts}->>'application'` })
      .from(registrations)
      .innerJoin(cases, eq(cases.id, registrationCaseId(number)))
      .where(
        and(eq(registrations.registrationNo, number), eq(registrations.unitId, required(params, 'unitId'))),
      )
      .for('update');
    if (form?.state !== 'valid') return 'notValid';
    return form.application === null ? 'valid' : 'converting';
  },

  /** Is there any permit that the organ may put on a batch list? */
  async cleanUpCandidates(tx, params) {
    const { rows } = await tx.execute(cleanUpCandidates(required(params, 'organ'), 1));
    return rows.length > 0 ? 'some' : 'none';
  },

  /** Does anything hold the cancellation of this permit, which is on a signed batch list? */
  cleanUpHolds: (tx, params) => cleanUpHold(tx, required(params, 'permitNo')),
};

async function isInForce(tx: Transaction, permitNo: string, unitId: string): Promise<boolean> {
  const [permit] = await tx.select().from(permits).where(eq(permits.permitNo, permitNo)).for('update');
  return permit?.unitId === unitId && (permit.state === 'valid' || permit.state === 'toBeConfirmed');
}

/** The last day of a limit that is counted from this day. */
const dueOf = ({ pack, calendar }: ClockRules, limit: string, on: string) =>
  resolve([{ type: 'started', limit, on: parseDate(on) }], pack, calendar).due;
