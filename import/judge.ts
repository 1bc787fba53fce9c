import type { KnownPermits } from '../db/queries/imported.js';
import type { Unit } from '../db/queries/units.js';
import type { ImportedPermit, ImportedVersion } from '../workflows/messages/importedLives.js';
import { isEnded } from '../workflows/messages/step.js';
import { comparable } from './cells.js';
import type { Column } from './columns.js';
import { type ErrorReason, type Finding, refusal, warning } from './findings.js';
import { isSameAct, lifeOf, type RowVersion, versionOf } from './life.js';
import type { ListedAct } from './listedAct.js';
import type { ListedPermit } from './list.js';

/** What becomes of a permit of the list, beside what is known here. */
export interface JudgedPermit {
  /** The life as the list has it; null where all of it is refused. */
  readonly life: ImportedPermit | null;
  /** The rows that bring something new. */
  readonly taken: readonly RowVersion[];
  /** A unit that is not on record yet. */
  readonly unit: Unit | null;
  readonly unchanged: number;
  readonly rejected: number;
  readonly findings: readonly Finding[];
}

/** Why rows that bring something new are refused: the column that shows it, and what stands there. */
interface Objection {
  readonly column: Column;
  readonly code: ErrorReason;
  readonly value: (act: ListedAct) => string;
  readonly more?: string;
}

/** Compares a permit of the list with the register and with what the last import said of it. */
export function judgePermit(
  { permitNo, acts }: ListedPermit,
  known: KnownPermits,
  names: ReadonlyMap<string, string>,
): JudgedPermit {
  const [first] = acts;
  const rows = acts.map(versionOf);
  const earlier = known.imported.get(permitNo);
  const here = known.register.get(permitNo);
  const nothing = { life: null, taken: [], unit: null, unchanged: 0, rejected: 0, findings: [] };
  if (first === undefined) return nothing;
  const foreign = ofAnotherUnit(first, earlier ?? here?.unit ?? undefined);
  if (foreign !== undefined) return { ...nothing, rejected: acts.length, findings: refuseAll(acts, foreign) };

  const unit = known.units.get(first.creditCode);
  const unitId = here?.permit.unitId ?? unit?.id ?? first.creditCode;
  const versions = rows.map(({ version }) => version);
  const life = lifeOf(acts, versions, unitId, earlier) ?? null;
  const isNew = ({ contentId }: ImportedVersion): boolean =>
    earlier?.versions.every((version) => version.contentId !== contentId) ?? true;
  const ours = life !== null && earlier === undefined && here !== undefined && agrees(life, here.permit);
  const taken = ours ? [] : rows.filter(({ version }) => isNew(version));
  const unchanged = acts.length - taken.length;
  const objection = life === null || taken.length === 0 ? undefined : objectionTo(life, earlier, here);
  if (objection !== undefined) {
    const refused = acts.filter(({ row }) => taken.some((each) => each.row === row));
    const findings = refuseAll(refused, objection);
    return { ...nothing, life: null, unchanged, rejected: taken.length, findings };
  }
  return {
    ...{ life, taken, unchanged, rejected: 0 },
    unit: unit === undefined ? newUnit(first, names) : null,
    findings: [...changes(taken, earlier), ...otherNames(first, unit, names)],
  };
}

/** Whether a permit that was issued here stands as the list has it. */
const agrees = (
  life: ImportedPermit,
  { validTo, permitClass }: { readonly validTo: string; readonly permitClass: string },
): boolean => life.ending === null && life.validTo === validTo && life.permitClass === permitClass;

function ofAnotherUnit(
  { creditCode, name }: ListedAct,
  holder: { readonly creditCode: string; readonly name: string } | undefined,
): Objection | undefined {
  if (holder === undefined) return undefined;
  if (holder.creditCode !== creditCode)
    return { column: 'creditCode', code: 'permit.otherUnit', value: (act) => act.creditCode };
  return comparable(holder.name) === comparable(name)
    ? undefined
    : { column: 'name', code: 'permit.otherUnit', value: (act) => act.name };
}

/** A life that has ended, moved to other organs, or been acted on here is not changed by a list. */
function objectionTo(
  life: ImportedPermit,
  earlier: ImportedPermit | undefined,
  here: ReturnType<KnownPermits['register']['get']>,
): Objection | undefined {
  const area = earlier?.area ?? here?.permit.area ?? life.area;
  if (area !== life.area)
    return { column: 'county', code: 'permit.otherArea', value: (act) => act.area, more: area };
  if (here === undefined) return undefined;
  const { permit, facts } = here;
  if (isEnded(permit.state))
    return { column: 'business', code: 'permit.ended', value: (act) => act.business, more: permit.state };
  const untouched = facts['imported'] != null && facts['renewal'] === null && facts['cancellations'] === 0;
  return untouched
    ? undefined
    : { column: 'validTo', code: 'permit.actedOn', value: (act) => act.validTo, more: permit.validTo };
}

const refuseAll = (
  acts: readonly ListedAct[],
  { column, code, value, more }: Objection,
): readonly Finding[] => acts.map((act) => refusal(act.row, column, value(act), code, more));

function newUnit({ creditCode, name, area }: ListedAct, names: ReadonlyMap<string, string>): Unit {
  return { id: creditCode, creditCode, name: names.get(creditCode) ?? name, area, contact: '' };
}

/** What was imported before and stands otherwise now. */
function changes(taken: readonly RowVersion[], earlier: ImportedPermit | undefined): readonly Finding[] {
  return taken.flatMap(({ row, version }) => {
    const before = earlier?.versions.find((known) => isSameAct(known, version));
    if (before === undefined) return [];
    const differs = (['validTo', 'validFrom', 'permitClass'] as const).find(
      (column) => before[column] !== version[column],
    );
    const column = differs ?? 'permitNo';
    const [was, is] =
      differs === undefined ? ['', earlier?.permitNo ?? ''] : [before[differs], version[differs]];
    return [warning(row, column, is, 'permit.changed', was === '' ? '' : `${was} → ${is}`)];
  });
}

function otherNames(
  { row, creditCode, name }: ListedAct,
  unit: Unit | undefined,
  names: ReadonlyMap<string, string>,
): readonly Finding[] {
  const onRecord = unit?.name ?? names.get(creditCode) ?? name;
  return comparable(onRecord) === comparable(name)
    ? []
    : [warning(row, 'name', name, 'unit.otherName', onRecord)];
}
