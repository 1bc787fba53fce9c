import type { Database } from '../db/database.js';
import type { CaseRow } from '../db/queries/cases.js';
import { type Bulletin, figureCounts, issueTold } from '../db/queries/bulletins.js';
import { categories } from '../rules/checks/categories.js';
import { type FigureCount, isInternal, rankCities, standingOf } from '../rules/bulletinFigures.js';
import { tierStandings } from '../rules/bulletinTiers.js';
import { packById } from '../rules/packs/index.js';

const nobody = { zh: '某单位', en: 'a unit' };

/** A bulletin as JSON, the workbook and the page have it. What is internal is left out, unless the reader is of the region's organ. */
export async function bulletinView(db: Database, row: CaseRow, bulletin: Bulletin, internal: boolean) {
  const counts = await figureCounts(db, bulletin.caseId);
  const told = counts.filter(({ figure }) => internal || !isInternal(figure));
  const { divisions } = packById(row.packId);
  const cityOf = (code: string) => divisions.find((each) => each.code === code) ?? { zh: code, en: code };
  const region = standingOf(counts);
  const former = bulletin.former === null ? null : standingOf(await figureCounts(db, bulletin.former));
  return {
    number: bulletin.caseId.slice('bulletin/'.length),
    ...{ stage: row.stage, from: bulletin.from, to: bulletin.to, frozenAt: bulletin.frozenAt },
    ...{ issuedOn: bulletin.issuedOn, text: textOf(row.facts['text']), former: bulletin.former },
    region,
    tiers: tierStandings(counts),
    trend: former === null ? null : trendOf(region, former),
    cities: rankCities(told).map(({ city, ...standing }) => ({
      ...{ city, name: cityOf(city).zh, ...standing },
      tiers: tierStandings(told.filter((each) => each.city === city)),
    })),
    categories: byPart(told, 'category').map(({ part, count }) => ({
      ...{ category: part, count },
      name: (categories as Readonly<Record<string, { zh: string }>>)[part]?.zh ?? part,
    })),
    severities: byPart(told, 'severity').map(({ part, count }) => ({ severity: part, count })),
    agreement: internal ? agreementOf(counts) : null,
    typical: await typicalOf(db, bulletin),
    figures: told,
  };
}

/** A bulletin as it is shown. */
export type BulletinView = Awaited<ReturnType<typeof bulletinView>>;

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** By how much the rates have changed, in the same units. */
function trendOf(now: ReturnType<typeof standingOf>, before: ReturnType<typeof standingOf>) {
  const change = (one: number | null, other: number | null): number | null =>
    one === null || other === null ? null : one - other;
  return {
    sampled: now.sampled - before.sampled,
    problems: now.problems - before.problems,
    problemRate: change(now.problemRate, before.problemRate),
    problemsPerPermit: change(now.problemsPerPermit, before.problemsPerPermit),
  };
}

function byPart(counts: readonly FigureCount[], figure: string) {
  const parts = [...new Set(counts.filter((each) => each.figure === figure).map(({ part }) => part))].sort();
  return parts.map((part) => ({
    part,
    count: counts
      .filter((each) => each.figure === figure && each.part === part)
      .reduce((sum, { count }) => sum + count, 0),
  }));
}

function agreementOf(counts: readonly FigureCount[]) {
  const parts = Object.fromEntries(byPart(counts, 'agreement').map(({ part, count }) => [part, count]));
  return { agree: parts['agree'] ?? 0, differ: parts['differ'] ?? 0 };
}

/** A unit is named once its problem is determined; before that, and should that be undone, it is nobody. */
async function typicalOf(db: Database, { typical }: Bulletin) {
  const told = [];
  for (const { issueId, note } of typical) {
    const issue = await issueTold(db, issueId);
    if (issue === undefined) continue;
    const { area, category, severity, responsible, determined, unitName, permitNo, description } = issue;
    told.push({
      ...{ issue: issueId, area, category, severity, responsible, description, note },
      unit: determined ? (unitName ?? nobody.zh) : nobody.zh,
      permitNo: determined ? permitNo : null,
    });
  }
  return told;
}
