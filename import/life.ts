import { contentIdOf, jsonContent } from '../db/queries/contents.js';
import type { ImportedPermit, ImportedVersion } from '../workflows/messages/importedLives.js';
import { endingOf } from './acts.js';
import { comparable, plain } from './cells.js';
import type { ListedAct } from './listedAct.js';

/** A row as a version of its permit, with its whole content. */
export interface RowVersion {
  readonly row: number;
  readonly version: ImportedVersion;
  readonly content: ReturnType<typeof jsonContent>;
}

/** A row as a version: what the act did, and every cell that we know as its content. */
export function versionOf(listed: ListedAct): RowVersion {
  const { row, act, business, on, validFrom, validTo, permitClass, ...rest } = listed;
  const content = jsonContent({
    ...{ source: 'permitList', business: plain(business), on, validFrom, validTo, permitClass },
    ...{ permitNo: rest.permitNo, creditCode: rest.creditCode, name: rest.name },
    ...{ industry: rest.industry, organ: rest.organ, area: rest.area },
  });
  const version = { kind: act, business: plain(business), on, validFrom, validTo, permitClass };
  return { row, content, version: { ...version, contentId: contentIdOf(content.bytes) } };
}

/** Whether two versions are the same act, as it was and as it was put right. */
export const isSameAct = (one: ImportedVersion, other: ImportedVersion): boolean =>
  one.business === other.business && one.on === other.on;

/**
 * A permit's whole life from its acts in a file and from what an earlier import knew: an act that was imported before stays,
 * unless the file has it otherwise. The last act says whether the permit has ended, the last that gave a term how long it is
 * valid.
 */
export function lifeOf(
  acts: readonly ListedAct[],
  versions: readonly ImportedVersion[],
  unitId: string,
  earlier: ImportedPermit | undefined,
): ImportedPermit | undefined {
  const kept = (earlier?.versions ?? []).filter((known) => !versions.some((each) => isSameAct(each, known)));
  const all = [...kept, ...versions].sort(byTime);
  const term = all.findLast(({ kind }) => endingOf(kind) === null) ?? all.at(-1);
  const newest = acts.findLast(({ on }) => acts.every((other) => other.on <= on));
  if (term === undefined || newest === undefined) return undefined;
  const { permitNo, creditCode, name, area } = newest;
  // The same name in another width of brackets is no news.
  const sameName = earlier !== undefined && comparable(earlier.name) === comparable(name);
  return {
    ...{ permitNo, unitId, creditCode, name: sameName ? earlier.name : name, area },
    ...{ permitClass: term.permitClass, validFrom: term.validFrom, validTo: term.validTo },
    ...{ ending: endingOf(all.at(-1)?.kind ?? ''), versions: all },
  };
}

/** By the day of the act; on one day an ending comes last, and before it the longest term. */
function byTime(one: ImportedVersion, other: ImportedVersion): number {
  const keys = [one, other].map(
    ({ on, kind, validTo, business }) => `${on}|${endingOf(kind) === null ? 0 : 1}|${validTo}|${business}`,
  );
  const [first = '', second = ''] = keys;
  return first < second ? -1 : first > second ? 1 : 0;
}
