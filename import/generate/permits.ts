import { creditCodeCharacters, creditCodeCheck } from '../../rules/creditCode.js';
import { addDays, addYears, type CalendarDate, parseDate, yearOf } from '../../rules/date.js';
import { organOf, responsibility } from '../../rules/pack.js';
import { demonstration } from '../../rules/packs/demonstration/index.js';
import type { Column } from '../columns.js';
import type { Random } from './random.js';
import { divisionWeights, industries, monthsOfExpiry, nameParts, yearsOfExpiry } from './region.js';

/** A row of a generated list: every column but the one that would hold both ends of the term. */
export type GeneratedRow = Readonly<Record<Exclude<Column, 'validity'>, string>>;

type Act = Pick<GeneratedRow, 'business' | 'issuedOn' | 'validFrom' | 'validTo'>;

const divisions = Object.entries(divisionWeights).map(([code, weight]) => ({ code, weight }));

/** Makes permits as of a day, no two of them with one credit code. */
export class PermitGenerator {
  private readonly taken = new Set<string>();

  constructor(
    private readonly random: Random,
    private readonly on: CalendarDate,
  ) {}

  /** The acts of one permit, the first first: issued, changed now and then, renewed or not, ended or not. */
  next(): readonly GeneratedRow[] {
    const { random } = this;
    const { code } = random.weighted(divisions);
    const industry = random.weighted(industries);
    const isKey = random.chance(industry.key);
    const creditCode = this.creditCode(code);
    const city = nameOf(`${code.slice(0, 4)}00`);
    const place = code.endsWith('00') ? city : nameOf(code);
    const called = `${place}${random.pick(nameParts)}${random.pick(nameParts)}${industry.word}`;
    const unit = {
      permitNo: `${creditCode}001${random.weighted(lastLetters).letter}`,
      name: industry.word === '医院' ? called : `${called}有限公司`,
      ...{ creditCode, industry: industry.zh, permitClass: isKey ? '重点管理' : '简化管理' },
      ...{ province: demonstration.zh, city, county: place === city ? '市辖区' : place },
      organ: organOf(demonstration, responsibility(demonstration, code, 'renewal').deciding).zh,
    };
    return this.acts().map((act) => ({ ...unit, ...act }));
  }

  private creditCode(division: string): string {
    for (;;) {
      const own = Array.from({ length: 7 }, () => this.random.pick(characters)).join('');
      const body = `91${division}MA${own}`;
      const code = `${body}${creditCodeCheck(body) ?? ''}`;
      if (!this.taken.has(code)) {
        this.taken.add(code);
        return code;
      }
    }
  }

  private acts(): readonly Act[] {
    const { random } = this;
    const validTo = this.lastDay();
    const validFrom = addYears(addDays(validTo, 1), -5);
    const renewed = random.chance(0.35);
    const first = renewed ? addYears(validFrom, -3) : validFrom;
    const acts: Act[] = [
      actOf('首次申请', addDays(first, -random.int(0, 6)), first, renewed ? addDays(validFrom, -1) : validTo),
    ];
    if (renewed) acts.push(actOf('延续', addDays(validFrom, -random.int(5, 60)), validFrom, validTo));
    const changed = addDays(validFrom, random.int(60, 1200));
    if (random.chance(0.3) && changed < this.on) {
      acts.push(actOf(random.chance(0.8) ? '变更' : '重新申请', changed, validFrom, validTo));
    }
    const ended = addDays(validTo, random.int(20, 90));
    if (validTo < this.on && ended < this.on && random.chance(0.6))
      acts.push(actOf('注销', ended, validFrom, validTo));
    else if (changed < this.on && random.chance(0.015)) {
      acts.push(
        actOf(random.pick(['注销', '注销', '吊销', '撤销']), addDays(changed, 1), validFrom, validTo),
      );
    }
    return acts;
  }

  private lastDay(): CalendarDate {
    const year = String(yearOf(this.on) + this.random.weighted(yearsOfExpiry).years);
    const { month } = this.random.weighted(monthsOfExpiry);
    return parseDate(`${year}-${month}-${String(this.random.int(1, 27)).padStart(2, '0')}`);
  }
}

const characters = Array.from(creditCodeCharacters);

/** HJ 608 leaves the last letter opaque; most are P. */
const lastLetters = [
  { letter: 'P', weight: 90 },
  { letter: 'V', weight: 6 },
  { letter: 'U', weight: 4 },
];

function nameOf(division: string): string {
  return demonstration.divisions.find(({ code }) => code === division)?.zh ?? division;
}

const actOf = (business: string, on: CalendarDate, validFrom: CalendarDate, validTo: CalendarDate): Act => ({
  ...{ business, issuedOn: on, validFrom, validTo },
});
