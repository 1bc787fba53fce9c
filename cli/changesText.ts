import type { TriedChange } from '../activities/publication/trial.js';

/** Due days before and after, case by case, and how many of each organ and officer. */
export function changesText(changes: readonly TriedChange[]): string {
  const lines = changes.map(
    ({ caseId, clock, organ, officer, before, after, promisedBefore, promisedAfter }) =>
      [
        `${caseId}  ${clock}  ${organ}  ${officer ?? '—'}`,
        `${before ?? '—'} → ${after ?? '—'}`,
        ...(promisedBefore === promisedAfter
          ? []
          : [`承诺 · promised ${promisedBefore ?? '—'} → ${promisedAfter ?? '—'}`]),
      ].join('  '),
  );
  const counts = new Map<string, number>();
  for (const { organ, officer } of changes) {
    const key = `${organ}  ${officer ?? '—'}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const tally = [...counts].sort((a, b) => b[1] - a[1]).map(([key, count]) => `${key}  ${count}`);
  const cases = new Set(changes.map(({ caseId }) => caseId)).size;
  return [
    ...lines,
    `共 ${changes.length} 个届满日、${cases} 个案件 · ${changes.length} due days of ${cases} cases`,
    ...tally,
  ].join('\n');
}
