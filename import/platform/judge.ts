import type { KnownPermit, KnownRecords, PlatformTask } from '../../db/queries/platformRecords.js';
import { recordKey } from '../../db/queries/platformRecords.js';
import { dateOf, parseInstant } from '../../rules/date.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import type { PlatformDifference } from '../../workflows/messages/between.js';
import type { Actor } from '../../workflows/messages/request.js';
import { isEnded } from '../../workflows/messages/step.js';
import type { RowLine } from '../table/lines.js';
import { actsRecorded, type ListedRecord } from './act.js';
import type { RecordColumn } from './columns.js';
import { recordHeader } from './columns.js';
import { say } from './reasons.js';

/** A case waits for what the row says: it is recorded, as the officer himself would. */
export interface NewRecord {
  readonly type: 'record';
  readonly task: PlatformTask;
  readonly actor: Actor;
  readonly form: JsonObject;
  /** How often the case has refused a record of an earlier import. */
  readonly refusedBefore: number;
}

/** The row says something else than our record: a person reconciles the two. */
export interface DifferingRecord {
  readonly type: 'differs';
  readonly permit: KnownPermit;
  readonly difference: PlatformDifference;
}

/** What becomes of a row. */
export type Judged =
  | NewRecord
  | DifferingRecord
  | { readonly type: 'unchanged' }
  | { readonly type: 'unmatched' | 'refused'; readonly lines: readonly RowLine[] };

/** Who imports, as the judge must know it. */
export interface Importer {
  /** The actor who may complete this task; null where the importer may not. */
  actorFor(task: Pick<PlatformTask, 'role' | 'organ' | 'assignee'>): Actor | null;
  /** The leading digits of the divisions that are the importer's; null for all. */
  readonly areas: readonly string[] | null;
}

/** Matches a row to the case that waits for it, or to the record that we have of it. */
export function judgeRecord(record: ListedRecord, known: KnownRecords, importer: Importer): Judged {
  const ofAct = known.tasks.filter((task) => isOfAct(task, record));
  const recorded = ofAct.filter(({ status }) => status === 'completed').flatMap(recordOf);
  const same = recorded.find(({ businessNo }) => businessNo === record.businessNo);
  if (same !== undefined) return compare(record, same, known, importer);

  const open = ofAct.filter((task) => task.status === 'open' && isNamed(task.caseId, record.caseNo));
  const [awaiting, ...others] = open;
  if (others.length > 0) {
    const numbers = open.map(({ caseId }) => caseId).join(' ');
    return refused(say(record.source, 'caseNo', 'case.ambiguous', numbers));
  }
  if (awaiting !== undefined) return toRecord(record, awaiting, known, importer);

  const version = versionOf(record, known);
  if (version !== undefined) return compare(record, version, known, importer);
  // The same act on the same day under another number is mistyped here or there; so is the one act that no permit has twice.
  const mistyped = recorded.find(
    ({ at }) => !mayRecur(record) || (at !== null && dateOf(parseInstant(at)) === dateOf(record.at)),
  );
  if (mistyped !== undefined) return compare(record, mistyped, known, importer);
  return unknownAct(record, known, importer);
}

/**
 * No case here is of this act. One that is older than what we have on record of the permit is history; a newer one means that
 * our record is behind the platform's, and a person looks into it. It is told by the row alone, so that it is told once.
 */
function unknownAct(record: ListedRecord, known: KnownRecords, importer: Importer): Judged {
  const { source, permitNo, at, exact, validTo } = record;
  const permit = known.permits.get(permitNo);
  if (permit?.outcome !== null || !isNews(record, permit, known))
    return { type: 'unmatched', lines: [say(source, 'permitNo', 'case.unknown')] };
  const when = exact ? at.slice(0, 16).replace('T', ' ') : dateOf(at);
  const act = `本系统无此办件 no such act here → ${recordHeader.titles.at[0]} ${when}`;
  const term = validTo === null ? [] : [`${recordHeader.titles.validTo[0]} ${validTo}`];
  return differs(record, permit, [act, ...term], importer);
}

/** Whether an act came after the permit became ours, or after the newest act that we know of. */
function isNews(
  { at, permitNo }: ListedRecord,
  { openedAt }: KnownPermit,
  { versions }: KnownRecords,
): boolean {
  const days = versions
    .filter((version) => version.permitNo === permitNo)
    .map(({ platform, at: writtenAt }) => platformDay(platform) ?? dateOf(writtenAt));
  return at >= openedAt || days.every((day) => day < dateOf(at));
}

const mayRecur = ({ act }: ListedRecord): boolean =>
  ['renewal', 'reapplication', 'change', 'replacement', 'authorityChange'].includes(act);

/** Whether a task records acts of this kind about this permit; a first application's permit has no number yet. */
function isOfAct(task: PlatformTask, { act, permitNo, creditCode }: ListedRecord): boolean {
  if (task.creditCode !== creditCode) return false;
  if (task.kind === 'confirmRenewal') return act === 'renewal' && task.permitNo === permitNo;
  const { kind, task: taskKind } = actsRecorded[act];
  if (task.caseKind !== kind || task.kind !== taskKind) return false;
  if (kind === 'application' && task.procedure !== act) return false;
  if (act !== 'first') return task.permitNo === permitNo;
  return task.status === 'open' || task.form?.['permitNo'] === permitNo;
}

const isNamed = (caseId: string, caseNo: string): boolean =>
  caseNo === '' || caseId === caseNo || caseId.endsWith(`/${caseNo}`);

/** What we have on record of an act; the permit list has neither numbers nor times of day. */
interface Recorded {
  readonly businessNo: string | null;
  readonly at: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function recordedIn(
  platform: unknown,
  term: { readonly validFrom?: unknown; readonly validTo?: unknown },
): readonly Recorded[] {
  const { businessNo, at } = (platform ?? {}) as { readonly businessNo?: unknown; readonly at?: unknown };
  if (typeof businessNo !== 'string' || typeof at !== 'string') return [];
  return [{ businessNo, at, validFrom: textOf(term.validFrom), validTo: textOf(term.validTo) }];
}

const recordOf = ({ form }: PlatformTask): readonly Recorded[] => recordedIn(form?.['platform'], form ?? {});

/** The day of an act on the platform, as one of our versions has it. */
function platformDay(platform: unknown): string | null {
  const { at, on } = (platform ?? {}) as { readonly at?: unknown; readonly on?: unknown };
  return textOf(on) ?? (typeof at === 'string' ? dateOf(parseInstant(at)) : null);
}

/** A version that came to us otherwise than by a task; the newest has the permit's term. */
function versionOf(record: ListedRecord, known: KnownRecords): Recorded | undefined {
  const { permitNo, act, businessNo } = record;
  const permit = known.permits.get(permitNo);
  const own = known.versions.filter((version) => version.permitNo === permitNo && version.kind === act);
  return (
    own
      .flatMap(({ platform, version }) => recordedIn(platform, permit?.version === version ? permit : {}))
      .find((version) => version.businessNo === businessNo) ??
    own.flatMap(({ platform }) => onPermitList(platform, record)).at(0)
  );
}

/** A version that the permit list brought, where it is this act: of its day, of its term, or the only one of its kind. */
function onPermitList(platform: unknown, record: ListedRecord): readonly Recorded[] {
  const { source, ...term } = (platform ?? {}) as Record<string, unknown>;
  if (source !== 'permitList') return [];
  const sameTerm = record.act === 'renewal' && term['validTo'] === record.validTo;
  if (mayRecur(record) && !sameTerm && platformDay(platform) !== dateOf(record.at)) return [];
  const { validFrom, validTo } = term;
  return [{ businessNo: null, at: null, validFrom: textOf(validFrom), validTo: textOf(validTo) }];
}

function toRecord(
  record: ListedRecord,
  task: PlatformTask,
  { asked }: KnownRecords,
  importer: Importer,
): Judged {
  const { source, permitNo, businessNo, at } = record;
  if (task.kind === 'confirmRenewal') return refused(say(source, 'business', 'renewal.unconfirmed'));
  const actor = importer.actorFor(task);
  if (actor === null) return refused(say(source, 'permitNo', 'task.notYours', `${task.role}@${task.organ}`));
  const { term } = actsRecorded[record.act];
  const missing = term.filter((column) => record[column] === null);
  if (missing.length > 0) return refused(...missing.map((column) => say(source, column, 'cell.empty')));
  const days = Object.fromEntries(term.map((column) => [column, record[column]]));
  const form = { outcome: 'recorded', permitNo, platform: { businessNo, at }, ...days };
  const own = asked.filter(({ key }) => key.startsWith(`${recordKey(task.taskId)}/`));
  if (own.some(({ status }) => status === 'open')) return { type: 'unchanged' };
  return { type: 'record', task, actor, form, refusedBefore: own.length };
}

/** What is another here than on the list, ours first. */
function compare(record: ListedRecord, ours: Recorded, known: KnownRecords, importer: Importer): Judged {
  const permit = known.permits.get(record.permitNo);
  const differences = [
    ...differing('businessNo', ours.businessNo, record.businessNo),
    ...(ours.at === null || isSameTime(record, ours.at) ? [] : differing('at', ours.at, record.at)),
    ...(['validFrom', 'validTo'] as const).flatMap((column) =>
      differing(column, ours[column], record[column]),
    ),
    ...(permit === undefined ? [] : stateDiffers(record, permit, known)),
  ];
  if (differences.length === 0) return { type: 'unchanged' };
  return permit === undefined
    ? { type: 'unmatched', lines: [say(record.source, 'permitNo', 'case.unknown')] }
    : differs(record, permit, differences, importer);
}

/** The permit's case, as long as it is open, and the importer's to write in, has a person reconcile the two. */
function differs(
  { source, businessNo, business }: ListedRecord,
  permit: KnownPermit,
  differences: readonly string[],
  { areas }: Importer,
): Judged {
  if (areas?.some((digits) => permit.area.startsWith(digits)) === false)
    return refused(say(source, 'permitNo', 'area.notYours', permit.area));
  if (permit.outcome !== null) return refused(say(source, 'state', 'permit.ended', differences.join('；')));
  return { type: 'differs', permit, difference: { businessNo, business, differences } };
}

const differing = (column: RecordColumn, ours: string | null, theirs: string | null): readonly string[] =>
  ours === null || theirs === null || ours === theirs
    ? []
    : [`${recordHeader.titles[column][0]} ${ours} → ${theirs}`];

/** To the minute where the list has one, else to the day. */
function isSameTime({ at, exact }: ListedRecord, ours: string): boolean {
  const mine = parseInstant(ours);
  return exact ? mine.slice(0, 16) === at.slice(0, 16) : dateOf(mine) === dateOf(at);
}

/** An act that the platform has still to take up explains that it knows nothing of what that act has changed. */
function stateDiffers(
  { states, source, permitNo }: ListedRecord,
  { state }: KnownPermit,
  { tasks }: KnownRecords,
): readonly string[] {
  const awaited = tasks.some((task) => task.permitNo === permitNo && task.status === 'open');
  if (states === null || states.includes(state as (typeof states)[number]) || awaited) return [];
  if (isEnded(state) && states.includes('lapsed')) return [];
  return [`${recordHeader.titles.state[0]} ${state} → ${source.text.state}`];
}

const refused = (...lines: readonly RowLine[]): Judged => ({ type: 'refused', lines });
