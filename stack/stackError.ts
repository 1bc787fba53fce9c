/**
 * A start that can not go on, in words for the person who started it: what is wrong and what to do about it.
 * The command line prints its message alone; a stack trace would only hide it.
 */
export class StackError extends Error {
  override readonly name = 'StackError';
}

/** The message of whatever was thrown, with the messages of its causes (a failed `fetch` says why only there). */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${messageOf(error.cause)}`;
}
