import type { CalendarDate } from '../rules/date.js';
import { dateInChinese, dateInEnglish } from '../rules/dateText.js';
import type { Language } from '../rules/events.js';
import { termOf } from '../rules/glossary.js';
import type { NoticeTemplate } from '../rules/notices.js';
import { packById } from '../rules/packs/index.js';
import { familyOf } from '../workflows/messages/family.js';
import type { Entry } from './compose.js';
import type { Letter } from './letter.js';
import { lateWords, linkTo, nameOfLimit, wordingOf } from './render.js';
import { type DueGroup, type DueTask, groupOf } from './workload.js';

/** What an officer reads first: what is escalated to him, then red, yellow, what is due, and everything else. */
const groups: readonly {
  readonly zh: string;
  readonly en: string;
  readonly templates: readonly NoticeTemplate[] | null;
}[] = [
  { zh: '升级督办', en: 'Escalated to you', templates: ['clock.escalate', 'decision.overdue'] },
  { zh: '红牌', en: 'Red', templates: ['clock.red'] },
  { zh: '黄牌', en: 'Yellow', templates: ['clock.yellow'] },
  { zh: '即将到期', en: 'Due soon', templates: ['clock.warn', 'clock.remind'] },
  { zh: '其他', en: 'Other', templates: null },
];

/** What lies with him, whether or not anything new has happened to it. */
const dueGroups: readonly { readonly zh: string; readonly en: string; readonly group: DueGroup }[] = [
  { zh: '手头已逾期', en: 'With you, overdue', group: 'overdue' },
  { zh: '手头今日到期', en: 'With you, due today', group: 'today' },
  { zh: '手头本周到期', en: 'With you, due this week', group: 'thisWeek' },
  { zh: '手头无期限', en: 'With you, without a limit', group: 'withoutLimit' },
];

/** How many tasks of a group are named: the inbox has the others. */
const named = 50;

/** An officer's digest of a day: his notices grouped by what they ask, then what lies with him, each with its unit and link. */
export function digestLetter(
  day: CalendarDate,
  entries: readonly Entry[],
  workload: readonly DueTask[],
  baseUrl: string,
): Letter {
  const [zhDay, enDay] = [dateInChinese(day), dateInEnglish(day)];
  const mark = entries.some((entry) => entry.lateSince !== null)
    ? ['【含迟发】', '[some sent late] ']
    : ['', ''];
  const inGroup = (group: DueGroup) => workload.filter((task) => groupOf(task, day) === group).length;
  const [overdue, today] = [inGroup('overdue'), inGroup('today')];
  const zhDue = `${overdue > 0 ? `，逾期 ${overdue}` : ''}${today > 0 ? `，今日到期 ${today}` : ''}`;
  const enDue = `${overdue > 0 ? `, overdue ${overdue}` : ''}${today > 0 ? `, due today ${today}` : ''}`;
  const said = (language: Language) => [
    ...sections(entries, language, baseUrl),
    ...dueSections(day, workload, language, baseUrl),
  ];
  return {
    subject: `${mark[0] ?? ''}${zhDay}办件摘要：${entries.length} 项${zhDue} · ${mark[1] ?? ''}Digest of ${enDay}: ${entries.length}${enDue}`,
    body: [...said('zh'), '———', ...said('en')].join('\n\n'),
  };
}

function dueSections(
  day: CalendarDate,
  workload: readonly DueTask[],
  language: Language,
  baseUrl: string,
): readonly string[] {
  return dueGroups.flatMap(({ group, ...heading }) => {
    const tasks = workload.filter((task) => groupOf(task, day) === group);
    if (tasks.length === 0) return [];
    const more = tasks.length > named ? [`… +${tasks.length - named}`] : [];
    const lines = tasks.slice(0, named).map((task) => dueLine(task, language, baseUrl));
    return [[`${heading[language]} (${tasks.length})`, ...lines, ...more].join('\n')];
  });
}

function dueLine(
  { kind, caseId, packId, unitName, clock, openedOn }: DueTask,
  language: Language,
  baseUrl: string,
): string {
  const limit = clock === null ? undefined : packById(packId).limits[clock.limit];
  const what =
    clock === null || limit === undefined
      ? termOf(familyOf(kind))[language]
      : nameOfLimit(limit, clock.id, language);
  const on = clock?.goal ?? openedOn;
  const when =
    language === 'zh'
      ? `${dateInChinese(on)}${clock === null ? '起' : ''}`
      : `${clock === null ? 'since ' : ''}${dateInEnglish(on)}`;
  return `- ${when}  ${what}  ${unitName} · ${caseId}  ${linkTo(caseId, baseUrl)}`;
}

function sections(entries: readonly Entry[], language: Language, baseUrl: string): readonly string[] {
  const named = groups.flatMap((group) => group.templates ?? []);
  return groups.flatMap((group) => {
    const inGroup = entries.filter(({ facts: { notice } }) =>
      group.templates === null ? !named.includes(notice.template) : group.templates.includes(notice.template),
    );
    if (inGroup.length === 0) return [];
    const sorted = [...inGroup].sort((a, b) => (a.facts.case.id < b.facts.case.id ? -1 : 1));
    const heading = `${group[language]} (${inGroup.length})`;
    return [heading, ...sorted.map((entry) => paragraph(entry, language, baseUrl))];
  });
}

function paragraph({ facts, lateSince }: Entry, language: Language, baseUrl: string): string {
  const { case: of, unitName } = facts;
  const late = lateSince === null ? '' : lateWords(lateSince)[language].mark;
  const { subject, text } = wordingOf(facts, language);
  return [`- ${late}${subject}`, `  ${unitName} · ${of.id}`, `  ${text}`, `  ${linkTo(of.id, baseUrl)}`].join(
    '\n',
  );
}
