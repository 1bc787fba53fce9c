import type { Citation } from '../../rules/citation.js';
import type { Language } from '../../rules/events.js';

/** A notice in one language: what its subject says, what has happened and why it matters, and what to do about it. */
export interface Wording {
  readonly subject: string;
  readonly text: string;
  readonly act: string;
}

/**
 * The words of a notice. `{name}` takes the notice's own parameters, and of its clock: `{limit}`, `{due}`, `{level}` and
 * `{goal}`, the promised day. Case, unit, permit and link stand below every text and need no words here.
 */
export type Template = Readonly<Record<Language, Wording>> & {
  /** The provision that it rests on; `limit` is that of the clock's time limit. */
  readonly article: Citation | 'limit' | null;
};
