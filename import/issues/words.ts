import { categories } from '../../rules/checks/categories.js';
import { termOf } from '../../rules/glossary.js';

/** What a code is called in the ledger. */
export const wordOf = (code: string | null): string => (code === null ? '' : termOf(code).zh);

/** The code that a word of the ledger stands for, among these; undefined for none. */
export const codeOf = <Code extends string>(codes: readonly Code[], word: string): Code | undefined =>
  codes.find((code) => code === word || termOf(code).zh === word || termOf(code).en === word);

/** A category by its Chinese name; what is none of ours stays as it was written. */
export const categoryWord = (category: string): string =>
  Object.hasOwn(categories, category) ? categories[category as keyof typeof categories].zh : category;

export const categoryCode = (word: string): string =>
  Object.entries(categories).find(([, { zh, en }]) => zh === word || en === word)?.[0] ?? word;

/** Where and by which rule a problem was found: the ledger has no columns for them, so they stand in the remarks. */
export const remarkOf = (rule: string | null, item: string | null, place: string): string =>
  [
    ...(rule === null ? [] : [`规则 ${rule}`]),
    ...(item === null ? [] : [`事项 ${item}`]),
    ...(place === '' ? [] : [`部位 ${place}`]),
  ].join('；');

const remark = (note: string, name: string): string | null =>
  new RegExp(`(?:^|；)${name} ([^；]+)`).exec(note)?.[1]?.trim() ?? null;

/** What `remarkOf` has written, as it is read back. */
export const readRemark = (note: string) => ({
  rule: remark(note, '规则'),
  item: remark(note, '事项'),
  place: remark(note, '部位') ?? '',
});
