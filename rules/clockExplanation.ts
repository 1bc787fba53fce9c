import type { Calendar } from './calendar.js';
import { type Count, countOut } from './clockDays.js';
import { type Words, lengthInWords, pauseInWords, stretchInWords } from './clockSentences.js';
import { type ClockEvent, type Timeline, timelineOf } from './clockTimeline.js';
import { type CalendarDate, dateOf, daysBetween, parseDate } from './date.js';
import { dateInChinese, dateInEnglish } from './dateText.js';
import type { Limit } from './limit.js';
import type { RulePack } from './pack.js';

/** One sentence of the answer to *why is this due on that day?* */
export interface ExplanationPart {
  readonly from: CalendarDate;
  /** Null for a pause that still lasts. */
  readonly to: CalendarDate | null;
  readonly kind:
    | 'rule'
    | 'start'
    | 'relimited'
    | 'extension'
    | 'record'
    | 'counted'
    | 'weekend'
    | 'holiday'
    | 'pause'
    | 'roll'
    | 'estimate'
    | 'recount'
    | 'promise'
    | 'stopped'
    | 'due';
  /** The calendar days from `from` to `to`; 0 for a part that only tells. */
  readonly days: number;
  readonly zh: string;
  readonly en: string;
  /** The article, or the number of the notice that arranges the holiday. */
  readonly citation: string | null;
}

/**
 * Explains a clock, sentence by sentence. The parts with days are the days between start and due day, in order, without
 * gap or overlap: the start plus all `days` is the due day (the anchor minus them, counted back); the `counted` ones alone
 * are the limit's length and its extensions. Throws as `resolve` does.
 */
export function explain(
  events: readonly ClockEvent[],
  rules: RulePack,
  calendar: Calendar,
  promised?: number,
): ExplanationPart[] {
  const timeline = timelineOf(events, rules);
  const counted = countOut(timeline, timeline.limit.length, calendar);
  return [
    ruleOf(timeline),
    startOf(timeline, rules),
    ...timeline.earlierLimits.map((limit) => relimitOf(limit, timeline)),
    ...recordOf(timeline, calendar),
    ...timeline.extensions.map((extension) => extensionOf(extension, timeline)),
    ...stretchesOf(timeline, counted, rules, calendar),
    ...idlePausesOf(timeline, counted, rules),
    ...estimateOf(counted),
    ...recountOf(timeline, calendar),
    ...promiseOf(timeline, promised, calendar),
    ...endOf(timeline, counted),
  ];
}

function tell(
  kind: ExplanationPart['kind'],
  from: CalendarDate,
  words: Words,
  citation: string | null = null,
): ExplanationPart {
  return { from, to: from, kind, days: 0, ...words, citation };
}

function ruleOf({ limit, on }: Timeline): ExplanationPart {
  const zh = [`期限“${limit.zh}”为${lengthInWords(limit, limit.length).zh}，依据${limit.citation.zh}。`];
  const en = [
    `The time limit “${limit.en}” is ${lengthInWords(limit, limit.length).en}, under ${limit.citation.en}.`,
  ];
  if (limit.unitCitation !== null) {
    zh.push(`按工作日计算，依据${limit.unitCitation.zh}。`);
    en.push(`Its days are working days, under ${limit.unitCitation.en}.`);
  }
  if (limit.standing !== 'seen') {
    const confirmed = limit.confirmedBy;
    const standing =
      limit.standing === 'recalled' ? { zh: '凭记忆录入', en: 'recalled' } : { zh: '推定', en: 'derived' };
    zh.push(
      confirmed === null
        ? `该数值为${standing.zh}，尚未经法制人员确认。`
        : `该数值为${standing.zh}，已由${confirmed.name}（${confirmed.role}）于${dateInChinese(confirmed.on)}确认。`,
    );
    en.push(
      confirmed === null
        ? `The value is ${standing.en} and no legal officer has confirmed it yet.`
        : `The value is ${standing.en}; ${confirmed.name} (${confirmed.role}) confirmed it on ${dateInEnglish(confirmed.on)}.`,
    );
  }
  if (on < limit.effectiveFrom) {
    zh.push(`该规定自${dateInChinese(limit.effectiveFrom)}起施行，此前的日期按现行规定计算。`);
    en.push(
      `The rule is in force from ${dateInEnglish(limit.effectiveFrom)}; an earlier start is counted by it all the same.`,
    );
  }
  return tell('rule', on, { zh: zh.join(''), en: en.join(' ') }, limit.citation.short);
}

function startOf({ limit, on }: Timeline, rules: RulePack): ExplanationPart {
  const zh = dateInChinese(on);
  const en = dateInEnglish(on);
  if (limit.firstDayCounts) {
    return tell('start', on, {
      zh: `自${zh}起计算，当日计入。`,
      en: `It runs from ${en}, which is its first day.`,
    });
  }
  if (limit.length === 0) return tell('start', on, { zh: `${zh}为固定日期。`, en: `${en} is a fixed day.` });
  const words =
    limit.direction === 'back'
      ? {
          zh: `自${zh}向前推算，当日不计入。`,
          en: `It is counted back from ${en}; that day itself is not counted.`,
        }
      : {
          zh: `自${zh}起算，当日不计入，自次日开始计算。`,
          en: `It runs from ${en}; that day is not counted, the next is day 1.`,
        };
  return tell('start', on, words, rules.counting.firstDay.short);
}

function relimitOf(earlier: Limit, { on, limit }: Timeline): ExplanationPart {
  const words = {
    zh: `原适用“${earlier.zh}”（${lengthInWords(earlier, earlier.length).zh}），已改为适用“${limit.zh}”，起算日不变。`,
    en: `It was “${earlier.en}” (${lengthInWords(earlier, earlier.length).en}) and became “${limit.en}”, from the same start.`,
  };
  return tell('relimited', on, words, limit.citation.short);
}

function extensionOf(
  { by, reason }: { by: number; reason: string },
  { on, limit }: Timeline,
): ExplanationPart {
  const words = {
    zh: `经批准延长${lengthInWords(limit, by).zh}，理由：${reason}。`,
    en: `It was extended by ${lengthInWords(limit, by).en}. Reason: ${reason}.`,
  };
  return tell('extension', on, words, limit.extension?.citation.short ?? limit.citation.short);
}

/** The clock was not ours from the start, and its last day may be the platform's. */
function recordOf(timeline: Timeline, calendar: Calendar): ExplanationPart[] {
  const { joinedAt, recordedDue, limit } = timeline;
  if (joinedAt === null) return [];
  const joined = dateOf(joinedAt);
  const zh = [`该期限自${dateInChinese(joined)}起由本系统接管，此前的提醒等事项不再补办。`];
  const en = [
    `The clock came here on ${dateInEnglish(joined)}; what lay before, such as reminders, is not made good.`,
  ];
  if (recordedDue !== null) {
    const length = lengthInWords(limit, limit.length);
    const own = { ...timeline, recordedDue: null, extensions: [] };
    const counted = countOut(own, limit.length, calendar).due ?? recordedDue;
    const same = counted === recordedDue;
    zh.push(
      `最后一日${dateInChinese(recordedDue)}取自国家平台的记载，不由本系统推算${same ? '，' : '；'}` +
        (same ? `与按${length.zh}推算的结果一致。` : `按${length.zh}推算为${dateInChinese(counted)}。`),
    );
    en.push(
      `The last day, ${dateInEnglish(recordedDue)}, is the national platform's record, not a count of ours; ` +
        (same
          ? `a count of ${length.en} gives the same.`
          : `a count of ${length.en} gives ${dateInEnglish(counted)}.`),
    );
  }
  return [tell('record', joined, { zh: zh.join(''), en: en.join(' ') })];
}

function stretchesOf(
  timeline: Timeline,
  { stretches }: Count,
  rules: RulePack,
  calendar: Calendar,
): ExplanationPart[] {
  let counted = 0;
  return stretches.map((stretch) => {
    const { from, to, kind } = stretch;
    const days = to === null ? 0 : daysBetween(from, to) + 1;
    const { zh, en, citation } = stretchInWords(stretch, counted + 1, timeline.limit, rules, calendar);
    if (kind === 'counted') counted += days;
    return { from, to, kind, days, zh, en, citation };
  });
}

function idlePausesOf({ pauses }: Timeline, { stretches }: Count, rules: RulePack): ExplanationPart[] {
  const idle = pauses.filter((pause) => stretches.every((stretch) => stretch.pause !== pause));
  return idle.map((pause) => {
    const { zh, en, citation } = pauseInWords(pause, rules);
    return {
      from: pause.from,
      to: pause.to,
      kind: 'pause',
      days: 0,
      zh: `${zh}，因不在期限运行期间，不予扣除。`,
      en: `${en} lies outside the running time and takes nothing out.`,
      citation,
    };
  });
}

function estimateOf({ estimated }: Count): ExplanationPart[] {
  const [first, last] = [estimated[0], estimated.at(-1)];
  if (first === undefined || last === undefined) return [];
  const words = {
    zh: `自${dateInChinese(first)}起的放假安排尚未公布，暂按周末推算，公布后重新计算。`,
    en: `The holidays from ${dateInEnglish(first)} on are not announced yet: counted by weekends for now, and again then.`,
  };
  return [{ ...tell('estimate', first, words), to: last }];
}

/** An edition that was published while the clock ran, by its number and its notice. */
function recountOf({ recountedBy, on }: Timeline, calendar: Calendar): ExplanationPart[] {
  const [, year, edition] = /^(\d{4})\/(\d+)$/.exec(recountedBy ?? '') ?? [];
  if (year === undefined || edition === undefined) return [];
  const words = {
    zh: `${year}年工作日历（第${edition}版）公布后，已按其重新计算。`,
    en: `It was counted anew by edition ${edition} of the working-day calendar of ${year}.`,
  };
  return [tell('recount', on, words, calendar.documentOf(parseDate(`${year}-01-01`)))];
}

function promiseOf(timeline: Timeline, promised: number | undefined, calendar: Calendar): ExplanationPart[] {
  if (promised === undefined) return [];
  const { due } = countOut(timeline, promised, calendar);
  const length = lengthInWords(timeline.limit, promised);
  const words = {
    zh: `承诺时限为${length.zh}${due === null ? '' : `，至${dateInChinese(due)}`}，仅用于督办，不影响法定期限。`,
    en: `The organ promised ${length.en}${due === null ? '' : `, to ${dateInEnglish(due)}`}; this has no legal effect.`,
  };
  return [tell('promise', due ?? timeline.on, words)];
}

function endOf({ stoppedOn }: Timeline, { due }: Count): ExplanationPart[] {
  const end =
    due === null
      ? []
      : [
          tell('due', due, {
            zh: `最后一日为${dateInChinese(due)}，至当日24时止。`,
            en: `The last lawful day is ${dateInEnglish(due)}, until 24:00.`,
          }),
        ];
  if (stoppedOn === null) return end;
  const words = {
    zh: `该期限已于${dateInChinese(stoppedOn)}终止计算。`,
    en: `The clock stopped on ${dateInEnglish(stoppedOn)}.`,
  };
  return [...end, tell('stopped', stoppedOn, words)];
}
