import { type FigureCount, rankCities, standingOf, type Standing } from './bulletinFigures.js';
import { tierStandings, type TierStanding } from './bulletinTiers.js';
import type { Division } from './pack.js';

/** A share in thousandths as people read it: 33.3 %. */
export const percent = (thousandths: number | null): string =>
  thousandths === null ? '—' : `${Math.floor(thousandths / 10)}.${thousandths % 10}%`;

/** A figure in hundredths: 1.25. */
export const hundredths = (value: number | null): string =>
  value === null ? '—' : `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;

/** What a bulletin says in words: of the region first, then of each city, with its rank where it has one. */
export function bulletinLines(
  counts: readonly FigureCount[],
  divisions: readonly Division[],
): readonly { readonly zh: string; readonly en: string }[] {
  const nameOf = (code: string) => divisions.find((each) => each.code === code) ?? { zh: code, en: code };
  const cities = rankCities(counts);
  return [
    { zh: `全区：${said(standingOf(counts)).zh}`, en: `The region: ${said(standingOf(counts)).en}` },
    ...tierLines(counts),
    ...cities.map(({ city, rank, ...standing }) => {
      const { zh, en } = said(standing);
      return {
        zh: `${nameOf(city).zh}：${zh}${rank === null ? '' : `；位列第${rank}`}`,
        en: `${nameOf(city).en}: ${en}${rank === null ? '' : `; rank ${rank}`}`,
      };
    }),
  ];
}

/** What was found beside the sampling, where anything was looked at: it makes no rate, and ranks nobody. */
function tierLines(counts: readonly FigureCount[]): readonly { readonly zh: string; readonly en: string }[] {
  const [selfCheck, sweep] = (['selfCheck', 'sweep'] as const).map((tier) =>
    tierStandings(counts).find((each) => each.tier === tier && each.looked + each.problems + each.silent > 0),
  );
  const closed = (of: TierStanding) => ({
    zh: `问题${of.problems}个，按期销号${of.closedInTime}个，逾期未销号${of.overdue}个`,
    en: `${of.problems} problems, ${of.closedInTime} closed in time, ${of.overdue} overdue`,
  });
  return [
    ...(sweep === undefined
      ? []
      : [
          {
            zh: `地市排查：核查${sweep.looked}件，存在问题${sweep.faulty}件；${closed(sweep).zh}`,
            en: `Sweeps: ${sweep.looked} reviewed, ${sweep.faulty} with problems; ${closed(sweep).en}`,
          },
        ]),
    ...(selfCheck === undefined
      ? []
      : [
          {
            zh: `企业自查：完成${selfCheck.looked}件，自查自纠${selfCheck.selfCorrected}件，逾期未自查${selfCheck.silent}件；${closed(selfCheck).zh}`,
            en: `Self-checks: ${selfCheck.looked} signed, ${selfCheck.selfCorrected} mended by the unit itself, ${selfCheck.silent} overdue; ${closed(selfCheck).en}`,
          },
        ]),
  ];
}

function said(of: Standing): { readonly zh: string; readonly en: string } {
  const rate = percent(of.problemRate);
  return {
    zh:
      `核发${of.population}件，抽查${of.sampled}件，已核查${of.reviewed}件，存在问题${of.faulty}件（${rate}）；` +
      `问题${of.problems}个（排污单位${of.byUnit}，管理部门${of.byAuthority}，技术机构${of.byInstitution}），` +
      `按期销号${of.closedInTime}个，逾期销号${of.closedLate}个，逾期未销号${of.overdue}个`,
    en:
      `${of.population} issued, ${of.sampled} sampled, ${of.reviewed} reviewed, ${of.faulty} with problems (${rate}); ` +
      `${of.problems} problems (units ${of.byUnit}, authorities ${of.byAuthority}, institutions ${of.byInstitution}), ` +
      `${of.closedInTime} closed in time, ${of.closedLate} late, ${of.overdue} overdue`,
  };
}
