import { calendarOf } from '../rules/calendar.js';
import { calendarYearsFromPackage } from '../rules/calendarYears.js';
import { type ClockEvent, explain, resolve } from '../rules/clock.js';
import { addDays, parseDate } from '../rules/date.js';
import { DomainError } from '../rules/errors.js';
import type { Limit } from '../rules/limit.js';
import { limitValue, type PackValue } from '../rules/packValues.js';
import { demonstration } from '../rules/packs/demonstration/index.js';
import type { Output } from './output.js';

/** What was asked for on the command line, as text. */
export interface DeadlineOptions {
  readonly limit?: string;
  readonly from?: string;
  readonly pause: readonly string[];
  readonly list?: true;
  readonly json?: true;
}

/** The first year that the package of holidays knows. */
const firstKnownYear = 2004;

/**
 * `yizheng deadline`: the due day of a time limit with its explanation, or the list of limits, by the demonstration
 * region's pack. Needs no server. Throws `input.invalid` and `clock.notPausable`.
 */
export function deadline(options: DeadlineOptions, output: Output): void {
  const { json } = options;
  if (options.list === true) {
    if (options.limit !== undefined || options.from !== undefined || options.pause.length > 0) {
      throw new DomainError('input.invalid', {
        what: '--list stands alone',
        expected: '--list, with or without --json',
      });
    }
    const limits = Object.values(demonstration.limits);
    const lines = (): string => limits.map((limit) => lineOf(limitValue(demonstration, limit))).join('\n');
    output.out(json === true ? JSON.stringify(limits.map(listed), null, 2) : lines());
    return;
  }
  const answer = compute(required(options.limit, '--limit'), required(options.from, '--from'), options.pause);
  output.out(json === true ? JSON.stringify(answer, null, 2) : textOf(answer));
}

type Answer = ReturnType<typeof compute>;

function compute(limitId: string, fromText: string, pauses: readonly string[]) {
  const from = parseDate(fromText, '--from');
  const calendar = calendarOf(calendarYearsFromPackage(firstKnownYear, new Date().getFullYear() + 1));
  const events: ClockEvent[] = [
    { type: 'started', limit: limitId, on: from },
    ...pauses.flatMap(pauseEvents),
  ];
  const { due, estimated } = resolve(events, demonstration, calendar);
  const limit = demonstration.limits[limitId];
  if (limit === undefined || due === null)
    throw new DomainError('internal', { what: 'a closed clock has no due day' });
  return {
    limit: limit.id,
    from,
    due,
    unit: limit.unit,
    citation: limit.citation.short,
    standing: limit.standing,
    estimated,
    explanation: explain(events, demonstration, calendar),
  };
}

function required(value: string | undefined, option: string): string {
  if (value !== undefined) return value;
  throw new DomainError('input.invalid', {
    what: `${option} is missing`,
    expected: '--limit ID --from YYYY-MM-DD [--pause A..B]… [--json], or --list [--json]',
  });
}

/** A pause on the command line names its last day out; a clock's event names the first day that counts again. */
function pauseEvents(text: string): ClockEvent[] {
  const ends = text.split('..');
  const [first, last] = ends;
  if (ends.length !== 2 || first === undefined || last === undefined) {
    throw new DomainError('input.invalid', {
      what: 'not a stretch of days',
      where: '--pause',
      expected: 'A..B, both YYYY-MM-DD',
      found: text,
    });
  }
  const from = parseDate(first, '--pause');
  const to = parseDate(last, '--pause');
  if (to < from) {
    throw new DomainError('input.invalid', {
      what: 'a pause ends before it begins',
      where: '--pause',
      expected: `a last day from ${from} on`,
      found: to,
    });
  }
  return [
    { type: 'paused', on: from, ground: '' },
    { type: 'resumed', on: addDays(to, 1) },
  ];
}

function listed(limit: Limit) {
  const { id, citation, confirmedBy, ...rest } = limit;
  return {
    limit: id,
    zh: rest.zh,
    en: rest.en,
    unit: rest.unit,
    length: rest.length,
    direction: rest.direction,
    roll: rest.roll,
    pausable: rest.pausable,
    pauseGrounds: rest.pauseGrounds,
    extension: rest.extension?.length ?? null,
    legalEffect: rest.legalEffect,
    citation: citation.short,
    citationZh: citation.zh,
    citationEn: citation.en,
    standing: rest.standing,
    confirmedBy,
    effectiveFrom: rest.effectiveFrom,
  };
}

function lineOf({ id, name, value, citation, standing }: PackValue): string {
  const columns = [
    id.padEnd(24),
    value.en.padEnd(24),
    (citation?.short ?? '').padEnd(12),
    standing?.padEnd(10),
  ];
  return `${columns.join('')}${name.zh} · ${name.en}`;
}

function textOf({ limit, from, due, estimated, explanation }: Answer): string {
  const estimate = estimated ? '（预估 estimated）' : '';
  return [
    `${limit}  ${from} → ${due}${estimate}`,
    ...explanation.map(
      ({ zh, en, citation }) => `  ${zh}${citation === null ? '' : ` [${citation}]`}\n    ${en}`,
    ),
  ].join('\n');
}
