import type { KnownForms } from '../../db/queries/importedRegistrations.js';
import type { Unit } from '../../db/queries/units.js';
import type { CalendarDate } from '../../rules/date.js';
import type { ImportedRegistration } from '../../workflows/messages/importedLives.js';
import type { RowLine } from '../table/lines.js';
import { type FormColumn, say } from './columns.js';
import type { ListedForm } from './readForm.js';

/** What becomes of a form of the list, beside what is known here. */
export interface JudgedForm {
  /** The form as the list has it; null where nothing is new, or all of that is refused. */
  readonly form: ImportedRegistration | null;
  /** The rows that bring something new. */
  readonly taken: readonly ListedForm[];
  /** A unit that is not on record yet. */
  readonly unit: Unit | null;
  readonly unchanged: number;
  readonly errors: readonly RowLine[];
  readonly warnings: readonly RowLine[];
}

/** Compares a form of the list, all of its rows, with the register and with what the last import said of it. */
export function judgeForm(rows: readonly [ListedForm, ...ListedForm[]], known: KnownForms): JudgedForm {
  const [first] = rows;
  const { registrationNo, creditCode, name, area } = first;
  const earlier = known.imported.get(registrationNo);
  const here = known.register.get(registrationNo);
  const unit = known.units.get(creditCode);
  const form = formOf(rows, here?.form.unitId ?? unit?.id ?? creditCode, earlier);
  const isNew = ({ version }: ListedForm): boolean =>
    earlier?.versions.every(({ contentId }) => contentId !== version.contentId) ?? true;
  // A form that was filed here, and stands as the list has it, is no news.
  const ours = here !== undefined && earlier === undefined && agrees(form, here.form);
  const taken = ours ? [] : rows.filter(isNew);
  const unchanged = rows.length - taken.length;
  const judged = { form: null, taken: [], unit: null, unchanged, errors: [], warnings: [] };
  if (taken.length === 0) return judged;
  const objection = objectionTo(known, registrationNo);
  if (objection !== null) {
    const [column, code] = objection;
    return { ...judged, errors: taken.map(({ source }) => say(source, column, code)) };
  }
  const warnings = [
    ...taken.flatMap((row) => row.warnings),
    ...taken.flatMap(({ source, version }) =>
      earlier?.versions.some(({ kind, on }) => kind === version.kind && on === version.on) === true
        ? [say(source, 'validTo', 'registration.changed', `${earlier.validTo} → ${form.validTo}`)]
        : [],
    ),
  ];
  const added = unit === undefined ? { id: creditCode, creditCode, name, area, contact: '' } : null;
  return { ...judged, form, taken, unit: added, warnings };
}

/** All of its acts, in the order of their days: the last says whether it was closed, and how long it is valid. */
function formOf(
  rows: readonly [ListedForm, ...ListedForm[]],
  unitId: string,
  earlier: ImportedRegistration | undefined,
): ImportedRegistration {
  const byDay = [...rows].sort((one, other) =>
    one.version.platform.at < other.version.platform.at ? -1 : 1,
  );
  const newest = byDay.at(-1) ?? rows[0];
  const { registrationNo, creditCode, area } = newest;
  const versions = byDay.map(({ version }) => version);
  const kept = (earlier?.versions ?? []).filter(
    (old) => !versions.some(({ kind, on }) => kind === old.kind && on === old.on),
  );
  const all = [...kept, ...versions].sort((one, other) => (one.platform.at < other.platform.at ? -1 : 1));
  const isNewest = all.at(-1) === newest.version || earlier === undefined;
  const { validFrom, validTo } = isNewest ? newest : earlier;
  const closed = all.at(-1)?.kind === 'closed';
  return { registrationNo, unitId, creditCode, area, validFrom, validTo, closed, versions: all };
}

const agrees = (
  { validTo, closed }: ImportedRegistration,
  held: { readonly validTo: CalendarDate; readonly state: string },
): boolean => held.validTo === validTo && (held.state === 'closed') === closed;

/** A number that is a permit's, and a form that has ended or was acted on here, are not changed by a list. */
function objectionTo(
  { permits, register }: KnownForms,
  registrationNo: string,
): readonly [FormColumn, 'registration.isPermit' | 'registration.ended' | 'registration.actedOn'] | null {
  if (permits.has(registrationNo)) return ['registrationNo', 'registration.isPermit'];
  const here = register.get(registrationNo);
  if (here === undefined) return null;
  if (here.form.state !== 'valid') return ['business', 'registration.ended'];
  return here.facts['imported'] == null ? ['validTo', 'registration.actedOn'] : null;
}
