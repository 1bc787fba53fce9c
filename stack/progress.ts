/** Takes one line of progress for the person who waits; without a line end. */
export type Report = (line: string) => void;

const firstAfterMillis = 2_000;
const againEveryMillis = 15_000;

/**
 * Does the work, and reports `doing` as soon as it takes longer than two seconds, then every fifteen seconds with
 * the time gone. Quick work is not mentioned, so that a warm start stays quiet.
 */
export async function withProgress<T>(report: Report, doing: string, work: Promise<T>): Promise<T> {
  const began = Date.now();
  let again: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    report(`${doing} …`);
    again = setInterval(() => {
      report(`${doing} … ${Math.round((Date.now() - began) / 1000)} s`);
    }, againEveryMillis);
  }, firstAfterMillis);
  try {
    return await work;
  } finally {
    clearTimeout(first);
    clearInterval(again);
  }
}
