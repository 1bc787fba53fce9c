/** The family of a task's kind, what stands before its first dot: `opinion.water` is an `opinion`. */
export const familyOf = (kind: string): string => kind.split('.', 1)[0] ?? kind;
