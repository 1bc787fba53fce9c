/** Something that is measured: the product, bare Temporal, or the product's HTTP API. */
export interface Subject {
  /** Prepares so many cases: whatever must be there before they can be opened and worked on. Not measured. */
  prepare(count: number): Promise<readonly Unopened[]>;
}

/** A case before its opening. */
export interface Unopened {
  /** Opens it; resolves when its first task is committed. */
  open(): Promise<unknown>;
  /** What people then do in it, in order. */
  readonly steps: readonly (() => Promise<unknown>)[];
}
