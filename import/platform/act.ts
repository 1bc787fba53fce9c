import type { CalendarDate, Instant } from '../../rules/date.js';
import type { CaseKind } from '../../workflows/messages/caseId.js';
import type { PermitState } from '../../workflows/messages/step.js';
import { type Act, readAct } from '../acts.js';
import { plain } from '../cells.js';
import { readDate, readInstant } from '../dates.js';
import type { RowLine } from '../table/lines.js';
import type { RecordRow } from './columns.js';
import { say } from './reasons.js';

/** An act that some case of ours records. */
export type RecordedAct = Exclude<Act, 'otherAct'>;

/** How an act is recorded: in which kind of case, by which task, and which days of the term its form wants. */
export const actsRecorded: Readonly<
  Record<RecordedAct, { kind: CaseKind; task: string; term: readonly ('validFrom' | 'validTo')[] }>
> = {
  first: { kind: 'application', task: 'platform', term: ['validFrom', 'validTo'] },
  renewal: { kind: 'application', task: 'platform', term: ['validFrom', 'validTo'] },
  reapplication: { kind: 'application', task: 'platform', term: ['validFrom', 'validTo'] },
  change: { kind: 'application', task: 'platform', term: ['validFrom', 'validTo'] },
  replacement: { kind: 'application', task: 'platform', term: ['validFrom', 'validTo'] },
  authorityChange: { kind: 'authorityChange', task: 'platformChange', term: ['validTo'] },
  cancellation: { kind: 'cancellation', task: 'platformCancellation', term: [] },
  annulment: { kind: 'annulment', task: 'platformEnding', term: [] },
  withdrawal: { kind: 'withdrawal', task: 'platformEnding', term: [] },
  revocation: { kind: 'revocation', task: 'platformEnding', term: [] },
};

/** A row of the list that can be read. */
export interface ListedRecord {
  readonly source: RecordRow;
  readonly businessNo: string;
  readonly business: string;
  readonly permitNo: string;
  readonly creditCode: string;
  readonly act: RecordedAct;
  readonly at: Instant;
  /** Whether the list has the time of day too. */
  readonly exact: boolean;
  /** Our states that the platform's word stands for; null where it says none. */
  readonly states: readonly PermitState[] | null;
  readonly validFrom: CalendarDate | null;
  readonly validTo: CalendarDate | null;
  readonly caseNo: string;
}

/** The platform's words for how a permit stands, the more particular first. */
const stateWords: readonly (readonly [string, readonly PermitState[]])[] = [
  ['注销', ['cancelled']],
  // What a decision has ended is cancelled as a formality too; the platform may keep the first word.
  ['撤销', ['annulled', 'cancelled']],
  ['撤回', ['withdrawnByAuthority', 'cancelled']],
  ['吊销', ['revoked', 'cancelled']],
  ['失效', ['lapsed']],
  ['过期', ['lapsed']],
  ['到期', ['lapsed']],
  ['有效', ['valid', 'toBeConfirmed', 'held']],
  ['正常', ['valid', 'toBeConfirmed', 'held']],
];

/** Reads a row, or says everything that is wrong with it. */
export function readRecord(source: RecordRow, from1904: boolean): ListedRecord | readonly RowLine[] {
  const lines: RowLine[] = [];
  const { cells, text } = source;
  for (const column of ['businessNo', 'business', 'permitNo', 'creditCode', 'at'] as const)
    if (plain(cells[column]) === '') lines.push(say(source, column, 'cell.empty'));
  const permitNo = plain(cells.permitNo).toUpperCase();
  const creditCode = plain(cells.creditCode).toUpperCase();
  if (permitNo !== '' && !/^[0-9A-Z]{18}[0-9]{3}[A-Z]$/.test(permitNo))
    lines.push(say(source, 'permitNo', 'permitNo.format'));
  else if (permitNo !== '' && creditCode !== '' && !permitNo.startsWith(creditCode))
    lines.push(say(source, 'permitNo', 'permit.otherUnit', creditCode));
  const act = readAct(cells.business);
  if (act === 'otherAct' && text.business !== '') lines.push(say(source, 'business', 'business.unknown'));
  const when = readInstant(cells.at, from1904);
  if (when === undefined && text.at !== '') lines.push(say(source, 'at', 'date.impossible'));
  const state = plain(cells.state);
  const states = stateWords.find(([word]) => state.includes(word))?.[1] ?? null;
  if (state !== '' && states === null) lines.push(say(source, 'state', 'state.unknown'));
  const day = (column: 'validFrom' | 'validTo'): CalendarDate | null => {
    if (text[column] === '') return null;
    const found = readDate(cells[column], from1904) ?? null;
    if (found === null) lines.push(say(source, column, 'date.impossible'));
    return found;
  };
  const term = { validFrom: day('validFrom'), validTo: day('validTo') };
  if (lines.length > 0 || act === 'otherAct' || when === undefined) return lines;
  return {
    ...{ source, permitNo, creditCode, act, states, ...term, ...when },
    ...{ businessNo: plain(cells.businessNo), business: plain(cells.business), caseNo: plain(cells.caseNo) },
  };
}
