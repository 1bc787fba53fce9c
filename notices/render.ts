import type { CalendarDate } from '../rules/date.js';
import { dateInChinese, dateInEnglish } from '../rules/dateText.js';
import { fill, type Language } from '../rules/events.js';
import { termOf } from '../rules/glossary.js';
import type { Limit } from '../rules/limit.js';
import { packById } from '../rules/packs/index.js';
import { elements } from '../workflows/messages/elements.js';
import type { Json, JsonObject } from '../workflows/messages/json.js';
import type { NoticeFacts } from './facts.js';
import type { Letter } from './letter.js';
import { templates } from './templates/index.js';
import type { Wording } from './templates/template.js';

/** What a text needs beside the notice: where people sign in, and the day that it should have left, if that is over. */
export interface Rendering {
  /** Such as `https://permits.example`; links lead there. */
  readonly baseUrl: string;
  readonly lateSince: CalendarDate | null;
}

/** A notice alone, in Chinese and then in English: what, which case, which day, why, and where to act. */
export function letterOf(facts: NoticeFacts, { baseUrl, lateSince }: Rendering): Letter {
  const [zh, en] = [wordingOf(facts, 'zh'), wordingOf(facts, 'en')];
  const late = lateSince === null ? null : lateWords(lateSince);
  const chinese = [late?.zh.text, zh.text, zh.act, frameOf(facts, 'zh', baseUrl)];
  const english = [late?.en.text, en.text, en.act, frameOf(facts, 'en', baseUrl)];
  return {
    subject: `${late?.zh.mark ?? ''}${zh.subject} · ${late?.en.mark ?? ''}${en.subject}`,
    body: [...chinese, '———', ...english].filter((part) => part !== undefined).join('\n\n'),
  };
}

/** How a late text begins. */
export function lateWords(since: CalendarDate) {
  return {
    zh: { mark: '【迟发】', text: `迟发：本通知原应于${dateInChinese(since)}发出，因故迟延。` },
    en: {
      mark: '[sent late] ',
      text: `Sent late: this notice should have left on ${dateInEnglish(since)} and was delayed.`,
    },
  };
}

/** The words of a notice in one language, with its parameters and the days of its clock as they stand. */
export function wordingOf(facts: NoticeFacts, language: Language): Wording {
  const { notice, case: of, clock } = facts;
  const pack = packById(of.packId);
  const limit = clock === undefined ? undefined : pack.limits[clock.limit];
  const params: JsonObject = {
    ...notice.params,
    limit:
      clock === undefined || limit === undefined
        ? (notice.params['clock'] ?? null)
        : nameOfLimit(limit, clock.id, language),
    due: clock?.due ?? null,
    goal: clock === undefined ? null : goalOf(clock, language),
    level: notice.recipient,
  };
  const spoken = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, inWords(value, language)]),
  );
  const named = (code: string) => pack.requiredFiles.find((file) => file.id === code);
  const { subject, text, act } = templates[notice.template][language];
  const say = (sentence: string): string => fill(sentence, spoken, language, named);
  return { subject: say(subject), text: say(text), act: say(act) };
}

/** A limit by its name, that of a review with its element: who reads of six late ones must know whose they are. */
export function nameOfLimit(limit: Limit, clockId: string, language: Language): string {
  const element = elements.find((each) => clockId.split('.').includes(each));
  if (element === undefined) return limit[language];
  const name = termOf(element)[language];
  return language === 'zh' ? `${limit.zh}（${name}）` : `${limit.en} (${name})`;
}

/** The day that cards and escalations follow: the promised one, or the limit's own where nothing is promised. */
function goalOf({ promisedDue, due }: NonNullable<NoticeFacts['clock']>, language: Language): Json {
  const chinese = language === 'zh';
  if (promisedDue !== null && promisedDue !== due) {
    return chinese
      ? `承诺时限${dateInChinese(promisedDue)}`
      : `the promised day, ${dateInEnglish(promisedDue)}`;
  }
  if (due === null) return null;
  return chinese ? `期限${dateInChinese(due)}` : `its last day, ${dateInEnglish(due)}`;
}

/** A day is said as the language says it. */
function inWords(value: Json, language: Language): Json {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
  const day = value as CalendarDate;
  return language === 'zh' ? dateInChinese(day) : dateInEnglish(day);
}

/** Which case, unit and permit it is about, by which provision, and where to act. */
function frameOf(facts: NoticeFacts, language: Language, baseUrl: string): string {
  const { case: of, unitName } = facts;
  const article = articleOf(facts)?.[language];
  const chinese = language === 'zh';
  const lines: readonly (readonly [string, string, string | null | undefined])[] = [
    ['排污单位', 'Unit', unitName],
    ['案件', 'Case', of.id],
    ['许可证编号', 'Permit', of.permitNo],
    ['依据', 'By', article],
    ['办理', 'Open', linkTo(of.id, baseUrl)],
  ];
  return lines
    .filter(([, , value]) => value !== null && value !== undefined)
    .map(([zh, en, value]) => (chinese ? `${zh}：${value ?? ''}` : `${en}: ${value ?? ''}`))
    .join('\n');
}

/** Where a case is opened. */
export const linkTo = (caseId: string, baseUrl: string): string => `${baseUrl}/cases/${caseId}`;

function articleOf({ notice, case: of, clock }: NoticeFacts) {
  const { article } = templates[notice.template];
  if (article !== 'limit') return article;
  return clock === undefined ? null : packById(of.packId).limits[clock.limit]?.citation;
}
