/** The family of a task's kind, what stands before its first dot: `opinion.water` is an `opinion`. */
export const familyOf = (kind: string): string => kind.split('.', 1)[0] ?? kind;

/** The name of a clock or task without its round: `completeness.2` is a `completeness`. */
export function nameOf(id: string): string {
  return id.replace(/\.\d+$/, '');
}
