import { isCreditCode } from '../rules/creditCode.js';
import { addDays, addYears, type CalendarDate, daysBetween } from '../rules/date.js';
import type { PermitClass } from '../rules/facts.js';
import type { Term } from '../rules/lifePoint.js';
import { readAct, readClass } from './acts.js';
import type { areaFinder } from './areas.js';
import { plain, tidy } from './cells.js';
import type { Column, RawRow } from './columns.js';
import { readDate, readTerm } from './dates.js';
import { type ErrorReason, type Finding, refusal, warning, type WarningReason } from './findings.js';
import type { ListedAct } from './listedAct.js';
import { restoredCreditCode } from './restoredCode.js';

/** What rows are read with. */
export interface Reading {
  /** Knows the divisions of the regions that may be imported. */
  readonly findArea: ReturnType<typeof areaFinder>;
  /** Whether the file's numbers count days from 1904. */
  readonly from1904: boolean;
  /** The leading digits of the divisions that may be imported; undefined for all. */
  readonly areas?: readonly string[] | undefined;
}

/** What a row came to: an act, unless something refuses it, and what is to be said. */
export interface ReadRow {
  readonly row: number;
  /** The number as read, also where something else refuses the row; null where the number does. */
  readonly permitNo: string | null;
  readonly act: ListedAct | null;
  readonly findings: readonly Finding[];
}

/** How far over five years a term may reach, in days. */
const longestOver = 31;

/** Reads a row: every cell on its own, so that all that is wrong with it is said at once. */
export function readRow(raw: RawRow, reading: Reading): ReadRow {
  const reader = new RowReader(raw, reading);
  const act = reader.act();
  return { row: raw.row, permitNo: reader.permitNo(), act, findings: reader.findings };
}

class RowReader {
  readonly findings: Finding[] = [];

  constructor(
    private readonly raw: RawRow,
    private readonly reading: Reading,
  ) {}

  act(): ListedAct | null {
    const read = {
      ...{
        permitNo: this.needed('permitNo') === null ? null : this.permitNo(true),
        name: this.needed('name'),
      },
      ...{ creditCode: this.creditCode(), permitClass: this.permitClass() },
      ...{ organ: this.needed('organ'), business: this.needed('business'), on: this.day('issuedOn') },
      ...{ term: this.term(), area: this.area() },
    };
    const act = readAct(this.cell('business'));
    if (read.business !== null && act === 'otherAct') this.warn('business', 'business.unknown');
    if (!isWhole(read)) return null;
    const { term, ...rest } = read;
    return { row: this.raw.row, ...rest, ...term, act, industry: tidy(this.cell('industry')) };
  }

  permitNo(says = false): string | null {
    const code = plain(this.cell('permitNo')).toUpperCase();
    if (/^[0-9A-Z]{18}[0-9]{3}[A-Z]$/.test(code)) return code;
    return says ? this.refuse('permitNo', 'permitNo.format') : null;
  }

  private cell(column: Column) {
    return this.raw.cells[column];
  }

  private refuse(column: Column, code: ErrorReason, more?: string): null {
    this.findings.push(refusal(this.raw.row, column, this.cell(column), code, more));
    return null;
  }

  private warn(column: Column, code: WarningReason, more?: string): void {
    this.findings.push(warning(this.raw.row, column, this.cell(column), code, more));
  }

  private needed(column: Column): string | null {
    return plain(this.cell(column)) === '' ? this.refuse(column, 'cell.empty') : tidy(this.cell(column));
  }

  private creditCode(): string | null {
    if (this.needed('creditCode') === null) return null;
    const restored = restoredCreditCode(this.cell('creditCode'), this.permitNo());
    if (restored !== undefined) this.warn('creditCode', 'creditCode.restored', restored);
    const code = restored ?? plain(this.cell('creditCode')).toUpperCase();
    if (!/^[0-9A-Z]{18}$/.test(code)) return this.refuse('creditCode', 'creditCode.format');
    if (!isCreditCode(code)) this.warn('creditCode', 'creditCode.check');
    return code;
  }

  private permitClass(): PermitClass | null {
    if (this.needed('permitClass') === null) return null;
    return readClass(this.cell('permitClass')) ?? this.refuse('permitClass', 'class.unknown');
  }

  private day(column: Column): CalendarDate | null {
    if (this.needed(column) === null) return null;
    return readDate(this.cell(column), this.reading.from1904) ?? this.refuse(column, 'date.impossible');
  }

  /** From the two cells or, where both are empty, from the one that holds both. */
  private term(): Term | null {
    const inOne = plain(this.cell('validFrom')) === '' && plain(this.cell('validTo')) === '';
    if (inOne && plain(this.cell('validity')) !== '') {
      const both = readTerm(this.cell('validity')) ?? this.refuse('validity', 'date.impossible');
      return both === null ? null : this.measured({ validFrom: both.from, validTo: both.to }, 'validity');
    }
    const [validFrom, validTo] = [this.day('validFrom'), this.day('validTo')];
    if (validFrom === null || validTo === null) return null;
    return this.measured({ validFrom, validTo }, 'validTo');
  }

  /** REG 14: five years, of which the first day is the first. The platform's own terms reach up to a month beyond. */
  private measured(term: Term, column: Column): Term | null {
    if (term.validTo <= term.validFrom) return this.refuse(column, 'validity.order');
    const fiveYears = addDays(addYears(term.validFrom, 5), -1);
    const over = daysBetween(fiveYears, term.validTo);
    if (over > longestOver) return this.refuse(column, 'validity.tooLong', `+${over} 日 days`);
    if (over > 0) this.warn(column, 'validity.overFiveYears', `+${over} 日 days`);
    return term;
  }

  private area(): string | null {
    const [province, city, county] = [this.name('province'), this.name('city'), this.name('county')];
    const ofCreditCode = this.name('creditCode').slice(2, 8);
    const where = { province, city, county, organ: this.name('organ'), ofCreditCode };
    const area = this.reading.findArea(where);
    if (area === undefined) return this.refuse('city', city === '' ? 'cell.empty' : 'area.unknown');
    if (this.reading.areas?.some((digits) => area.code.startsWith(digits)) === false)
      return this.refuse(county === '' ? 'city' : 'county', 'area.notYours', area.code);
    if (area.guessed) this.warn(county === '' ? 'city' : 'county', 'area.guessed', area.code);
    return area.code;
  }

  private name(column: Column): string {
    return plain(this.cell(column));
  }
}

function isWhole<Read extends Readonly<Record<string, unknown>>>(
  read: Read,
): read is { readonly [Key in keyof Read]: NonNullable<Read[Key]> } & Read {
  return Object.values(read).every((value) => value !== null);
}
