import type { Calendar } from './calendar.js';
import { type Stretch, daysOfUnit } from './clockDays.js';
import type { Pause } from './clockTimeline.js';
import { addDays, daysBetween } from './date.js';
import { dateInChinese, dateInEnglish, stretchInChinese, stretchInEnglish } from './dateText.js';
import type { Limit } from './limit.js';
import type { RulePack } from './pack.js';

/** The same said in both languages. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** A sentence with what it rests on. */
export interface Sentence extends Words {
  readonly citation: string | null;
}

/** A length in a unit, such as the limit’s: 20个工作日, 20 working days. */
export function lengthInWords({ unit }: Pick<Limit, 'unit'>, length: number): Words {
  if (unit === 'workingDay') return { zh: `${length}个工作日`, en: plural(length, 'working day') };
  if (unit === 'calendarDay') return { zh: `${length}个自然日`, en: plural(length, 'calendar day') };
  return { zh: `${length}年`, en: plural(length, 'year') };
}

/** A pause with its grounds, as the subject of a sentence. A ground that the pack does not know is left out. */
export function pauseInWords({ from, to, grounds }: Pause, rules: RulePack): Sentence {
  const known = rules.pauseGrounds.filter((ground) => grounds.includes(ground.id));
  const zh = to === null ? `${dateInChinese(from)}起` : stretchInChinese(from, to);
  const en = to === null ? `from ${dateInEnglish(from)} on` : stretchInEnglish(from, to);
  const because = known.length === 0 ? words('', '') : words(`（${join(known).zh}）`, ` (${join(known).en})`);
  return {
    zh: `${zh}扣除${because.zh}`,
    en: `The pause ${en}${because.en}`,
    citation: known[0]?.citation.short ?? null,
  };
}

/** What happens to a stretch of days. `number` is the number that its first day would have if it counts. */
export function stretchInWords(
  stretch: Stretch,
  number: number,
  limit: Limit,
  rules: RulePack,
  calendar: Calendar,
): Sentence {
  const { from, to, kind, names, pause } = stretch;
  if (to === null) {
    const { zh, en, citation } = pauseInWords(pause ?? { from, to, grounds: [] }, rules);
    return {
      zh: `${zh}，尚未结束，届满日待恢复计算后确定。`,
      en: `${en} still lasts: the due day is not known yet.`,
      citation,
    };
  }
  const days = daysBetween(from, to) + 1;
  const span = words(stretchInChinese(from, to), stretchInEnglish(from, to));
  const named = join(names);
  switch (kind) {
    case 'weekend':
      return sentence(
        `${span.zh}为周末，不计入。`,
        `${span.en}: weekend, not counted.`,
        limit.unitCitation?.short,
      );
    case 'holiday':
      return sentence(
        `${span.zh}为${named.zh}放假，不计入。`,
        `${span.en}: ${named.en}, not counted.`,
        calendar.documentOf(from),
      );
    case 'roll':
      return sentence(
        `期限届满日为休息日，顺延至下一个工作日${dateInChinese(to)}。`,
        `The last day is a day off and gives way to the next working day, ${dateInEnglish(to)}.`,
        rules.counting.roll.short,
      );
    case 'pause': {
      const { zh, en, citation } = pauseInWords({ from, to, grounds: pause?.grounds ?? [] }, rules);
      const taken = lengthInWords(limit, daysOfUnit(limit, addDays(from, -1), to, calendar));
      return sentence(`${zh}，共${taken.zh}，不计入期限。`, `${en} takes out ${taken.en}.`, citation);
    }
    case 'counted':
      return countedInWords(
        span,
        days,
        number,
        names.length === 0 ? null : named,
        limit,
        calendar.documentOf(from),
      );
  }
}

function countedInWords(
  span: Words,
  days: number,
  number: number,
  makeUp: Words | null,
  limit: Limit,
  document: string | null,
): Sentence {
  const length = limit.unit === 'year' ? words(`${days}日`, plural(days, 'day')) : lengthInWords(limit, days);
  if (makeUp !== null) {
    return sentence(
      `${span.zh}（${makeUp.zh}）为工作日，计入1日。`,
      `${span.en}: ${makeUp.en}, counted.`,
      document,
    );
  }
  if (limit.direction === 'back' || limit.unit === 'year') {
    return sentence(`${span.zh}，计${length.zh}。`, `${span.en}: ${length.en}.`);
  }
  const last = number + days - 1;
  const numbers =
    days === 1
      ? words(`第${number}日`, `day ${number}`)
      : words(`第${number}至第${last}日`, `days ${number} to ${last}`);
  return sentence(
    `${span.zh}，计${length.zh}（${numbers.zh}）。`,
    `${span.en}: ${length.en} (${numbers.en}).`,
  );
}

function sentence(zh: string, en: string, citation: string | null = null): Sentence {
  return { zh, en, citation };
}

function words(zh: string, en: string): Words {
  return { zh, en };
}

function join(all: readonly Words[]): Words {
  return words(all.map((each) => each.zh).join('、'), all.map((each) => each.en).join(', '));
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
