import type { Remedy, RulePack } from './pack.js';

/** How whoever disagrees may contest a decision, as documents say it; the terms run from the receipt. */
export function remedySentence({ review, lawsuit }: RulePack['remedies']): {
  readonly zh: string;
  readonly en: string;
} {
  return {
    zh: `如不服，可以自收到本文书之日起${inChinese(review)}内依法申请行政复议（${review.citation.zh}），也可以自收到本文书之日起${inChinese(lawsuit)}内依法向人民法院提起行政诉讼（${lawsuit.citation.zh}）。`,
    en: `Whoever disagrees may apply for administrative reconsideration within ${inEnglish(review)} of receiving this document (${review.citation.en}), or sue in a people’s court within ${inEnglish(lawsuit)} (${lawsuit.citation.en}).`,
  };
}

const inChinese = ({ length, unit }: Remedy): string => `${length}${unit === 'month' ? '个月' : '日'}`;
const inEnglish = ({ length, unit }: Remedy): string => `${length} ${unit === 'month' ? 'months' : 'days'}`;
