/** Where a rule stands: short for tables (`REG 9(4)`), in full for documents. */
export interface Citation {
  readonly short: string;
  readonly zh: string;
  readonly en: string;
}

/**
 * How sure we are of a value: the provision was read (`seen`), it is general knowledge (`recalled`), or it is an inference
 * or a choice of ours (`derived`).
 */
export type Standing = 'seen' | 'recalled' | 'derived';
