import { acceptance } from './acceptance.js';
import { authority } from './authority.js';
import { decision } from './decision.js';
import { issue } from './issue.js';
import { permit } from './permit.js';
import { review } from './review.js';
import type { Wording } from './wording.js';

/** The wording of every stock template, by the kind of document. */
export const wordings: Readonly<Record<string, Wording>> = {
  ...acceptance,
  ...review,
  ...decision,
  ...permit,
  ...authority,
  ...issue,
};
