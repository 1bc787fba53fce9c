/**
 * What the stock template of a kind says, with its placeholders. Chinese first; the English part is a short account of it,
 * for information. A paragraph that is only `{#list}` or `{/list}` begins or ends a loop over its neighbours.
 */
export interface Wording {
  /** A letter has an addressee and the organ's signature; a notice to all has no addressee; a paper has rows and no seal. */
  readonly form: 'letter' | 'publicNotice' | 'paper';
  /** What stands at the head of every page, in red. */
  readonly banner?: string;
  readonly rows?: readonly (readonly [label: string, content: string])[];
  readonly body: readonly string[];
  /** Who signs by hand on a paper. */
  readonly signatures?: readonly string[];
  readonly english: readonly string[];
}

/** How every decision and notice that somebody may contest ends. */
export const remedies = '{#救济途径}{救济途径}{/救济途径}';
export const remediesInEnglish = '{#救济途径}{救济途径|en}{/救济途径}';

/** A list, an item a paragraph. */
export const listOf = (placeholder: string): readonly string[] => [
  `{#${placeholder}}`,
  '{序号}．{内容}',
  `{/${placeholder}}`,
];
