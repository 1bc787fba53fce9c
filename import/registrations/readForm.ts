import { isCreditCode } from '../../rules/creditCode.js';
import { addDays, addYears, type CalendarDate, dateOf, daysBetween } from '../../rules/date.js';
import { contentIdOf, jsonContent } from '../../db/queries/contents.js';
import type { ImportedRegistration } from '../../workflows/messages/importedLives.js';
import type { areaFinder } from '../areas.js';
import { plain, tidy } from '../cells.js';
import { readDate, readInstant } from '../dates.js';
import type { RowLine } from '../table/lines.js';
import { type FormColumn, type FormRow, say } from './columns.js';

/** A row that can be read: an act on a form, and the term that it gave. */
export interface ListedForm {
  readonly source: FormRow;
  readonly registrationNo: string;
  readonly creditCode: string;
  readonly name: string;
  readonly area: string;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate;
  readonly version: ImportedRegistration['versions'][number];
  readonly content: ReturnType<typeof jsonContent>;
  readonly warnings: readonly RowLine[];
}

/** What rows are read with. */
export interface FormReading {
  readonly findArea: ReturnType<typeof areaFinder>;
  readonly from1904: boolean;
  /** The leading digits of the divisions that may be imported; null for all. */
  readonly areas: readonly string[] | null;
}

/** How far over five years a term may reach, in days. */
const longestOver = 31;

/** What the acts on a form are called; without a word it was filed. */
const acts = [
  ['注销', 'closed'],
  ['关闭', 'closed'],
  ['延续', 'renewal'],
  ['变更', 'change'],
] as const;

/** Reads a row, or says everything that is wrong with it. */
export function readForm(
  source: FormRow,
  { findArea, from1904, areas }: FormReading,
): ListedForm | readonly RowLine[] {
  const { cells } = source;
  const [errors, warnings]: [RowLine[], RowLine[]] = [[], []];
  const code = (column: FormColumn): string => plain(cells[column]).toUpperCase();
  const empty = (
    ['registrationNo', 'name', 'creditCode', 'city', 'at', 'validFrom', 'validTo'] as const
  ).filter((column) => plain(cells[column]) === '');
  errors.push(...empty.map((column) => say(source, column, 'cell.empty')));
  const [registrationNo, creditCode] = [code('registrationNo'), code('creditCode')];
  if (registrationNo !== '' && !/^[0-9A-Z]{18}[0-9]{3}[A-Z]$/.test(registrationNo))
    errors.push(say(source, 'registrationNo', 'registrationNo.format'));
  else if (registrationNo !== '' && creditCode !== '' && !registrationNo.startsWith(creditCode))
    errors.push(say(source, 'registrationNo', 'registrationNo.otherUnit', creditCode));
  if (creditCode !== '' && !isCreditCode(creditCode))
    warnings.push(say(source, 'creditCode', 'creditCode.check'));
  const day = (column: 'validFrom' | 'validTo'): CalendarDate | undefined => {
    const found = readDate(cells[column], from1904);
    if (found === undefined && !empty.includes(column)) errors.push(say(source, column, 'date.impossible'));
    return found;
  };
  const when = readInstant(cells.at, from1904);
  if (when === undefined && !empty.includes('at')) errors.push(say(source, 'at', 'date.impossible'));
  const [validFrom, validTo] = [day('validFrom'), day('validTo')];
  if (validFrom !== undefined && validTo !== undefined) {
    const over = daysBetween(addDays(addYears(validFrom, 5), -1), validTo);
    if (validTo <= validFrom) errors.push(say(source, 'validTo', 'validity.order'));
    else if (over > longestOver) errors.push(say(source, 'validTo', 'validity.tooLong', `+${over} 日 days`));
  }
  const [province, city, county] = [plain(cells.province), plain(cells.city), plain(cells.county)];
  const area = findArea({ province, city, county, organ: '', ofCreditCode: creditCode.slice(2, 8) });
  const place = county === '' ? 'city' : 'county';
  if (area === undefined) {
    if (city !== '') errors.push(say(source, 'city', 'area.unknown'));
  } else if (areas?.some((digits) => area.code.startsWith(digits)) === false)
    errors.push(say(source, place, 'area.notYours', area.code));
  else if (area.guessed) warnings.push(say(source, place, 'area.guessed', area.code));
  if (errors.length > 0 || when === undefined || area === undefined) return errors;
  if (validFrom === undefined || validTo === undefined) return errors;
  const business = plain(cells.business);
  const kind = acts.find(([word]) => business.includes(word))?.[1] ?? 'filed';
  const businessNo = plain(cells.businessNo) === '' ? registrationNo : plain(cells.businessNo);
  const [name, on] = [tidy(cells.name), dateOf(when.at)];
  const content = jsonContent({
    ...{
      source: 'registrationList',
      registrationNo,
      creditCode,
      name,
      area: area.code,
      industry: tidy(cells.industry),
    },
    ...{ business, businessNo, at: when.at, validFrom, validTo },
  });
  return {
    ...{ source, registrationNo, creditCode, name, area: area.code, validFrom, validTo, content, warnings },
    version: { kind, on, contentId: contentIdOf(content.bytes), platform: { businessNo, at: when.at } },
  };
}
