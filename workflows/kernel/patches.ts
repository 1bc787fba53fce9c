/** A change of the kernel's or a procedure's commands that older runs must not see. */
export interface Patch {
  /** The release's day: no run that began before it has the change. */
  readonly since: string;
  /** What must be so before the id and the old branch go: usually that `yizheng rollover` finds no older run. */
  readonly goesWhen: string;
}

/**
 * Every id that is given to `patched`, and when it may go. An id that is not here is refused by a test; one whose condition
 * is met is first given to `deprecatePatch`, for one release, and then deleted. There is none at present: no order of commands
 * has changed since the first history was recorded.
 */
export const patches: Readonly<Record<string, Patch>> = {};
