import { type Organ, organOf, type Remedy, type RulePack } from './pack.js';

/**
 * How whoever disagrees may contest an organ's decision, as documents say it; the terms run from the receipt. Where the pack
 * knows no organ of reconsideration, the sentence names none.
 */
export function remedySentence(
  pack: RulePack,
  decidedBy: string,
): { readonly zh: string; readonly en: string } {
  const { review, lawsuit } = pack.remedies;
  const organ = reconsiderationOrgan(pack, decidedBy);
  const [zhOrgan, enOrgan] = organ === undefined ? ['', ''] : [`向${organ.zh}`, `to the ${organ.en} `];
  return {
    zh: `如不服，可以自收到本文书之日起${inChinese(review)}内依法${zhOrgan}申请行政复议（${review.citation.zh}），也可以自收到本文书之日起${inChinese(lawsuit)}内依法向人民法院提起行政诉讼（${lawsuit.citation.zh}）。`,
    en: `Whoever disagrees may apply ${enOrgan}for administrative reconsideration within ${inEnglish(review)} of receiving this document (${review.citation.en}), or sue in a people’s court within ${inEnglish(lawsuit)} (${lawsuit.citation.en}).`,
  };
}

/**
 * The organ that reconsiders what an organ decided: the people's government of its own level (ARL 24). A branch that acts for
 * a bureau, and whoever a bureau entrusted, has no government of its own: it is that bureau's. Undefined where the pack names
 * none.
 */
export function reconsiderationOrgan(pack: RulePack, decidedBy: string): Organ | undefined {
  const { area, actsFor, superior, basis } = organOf(pack, decidedBy);
  const bureau = actsFor ?? (basis.kind === 'statute' ? null : superior);
  if (bureau !== null) return reconsiderationOrgan(pack, bureau);
  return pack.organs.find((organ) => organ.kind === 'government' && organ.area === area);
}

const inChinese = ({ length, unit }: Remedy): string => `${length}${unit === 'month' ? '个月' : '日'}`;
const inEnglish = ({ length, unit }: Remedy): string => `${length} ${unit === 'month' ? 'months' : 'days'}`;
