import type { CalendarDate } from '../rules/date.js';
import { dateInChinese, dateInEnglish } from '../rules/dateText.js';
import type { Language } from '../rules/events.js';
import type { NoticeTemplate } from '../rules/notices.js';
import type { Entry } from './compose.js';
import type { Letter } from './letter.js';
import { lateWords, linkTo, wordingOf } from './render.js';

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

/** An officer's digest of a day: his notices grouped by what they ask, each with its unit, case and link. */
export function digestLetter(day: CalendarDate, entries: readonly Entry[], baseUrl: string): Letter {
  const count = entries.length;
  const [zhDay, enDay] = [dateInChinese(day), dateInEnglish(day)];
  const mark = entries.some((entry) => entry.lateSince !== null)
    ? ['【含迟发】', '[some sent late] ']
    : ['', ''];
  return {
    subject: `${mark[0] ?? ''}${zhDay}办件摘要：${count} 项 · ${mark[1] ?? ''}Digest of ${enDay}: ${count}`,
    body: [...sections(entries, 'zh', baseUrl), '———', ...sections(entries, 'en', baseUrl)].join('\n\n'),
  };
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
