import { legalNow } from '../db/legalClock.js';
import { findUnit } from '../db/queries/units.js';
import { competentOn } from '../rules/competence.js';
import { dateOf } from '../rules/date.js';
import { DomainError } from '../rules/errors.js';
import type { Procedure } from '../rules/facts.js';
import type { Responsibility } from '../rules/pack.js';
import { packOfArea } from '../rules/packs/index.js';
import type { Context } from './context.js';
import { InvalidInput } from './parse.js';
import { type Grant, organOfUnit } from './policy.js';

/** The organs that a procedure has in an area today. Throws `InvalidInput` where no pack names any. */
export async function organsOf({ db }: Context, area: string, procedure: Procedure): Promise<Responsibility> {
  try {
    const today = dateOf(await legalNow(db));
    return competentOn(packOfArea(area, today), area, procedure, today);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'not.found') throw error;
    const { what, expected } = error.detail;
    throw new InvalidInput([
      { path: 'body.area', what, ...(expected === undefined ? {} : { expected }), found: area },
    ]);
  }
}

/** Who may file something for a unit: its own people, or the acceptance desk that is competent for the area. */
export async function filersOf(
  context: Context,
  { area, unitId }: { readonly area: string; readonly unitId: string },
  procedure: Procedure,
): Promise<readonly Grant[]> {
  if ((await findUnit(context.db, unitId)) === undefined) {
    throw new InvalidInput([{ path: 'body.unitId', what: 'there is no such unit', found: unitId }]);
  }
  const { accepting } = await organsOf(context, area, procedure);
  return [
    { role: 'applicant', organ: organOfUnit(unitId) },
    { role: 'acceptance', organ: accepting },
  ];
}
