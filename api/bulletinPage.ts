import { hundredths, percent } from '../rules/bulletinLines.js';
import { termOf } from '../rules/glossary.js';
import type { BulletinView } from './bulletinView.js';
import { cityColumns, cityRows, tierColumns, tierRows } from './bulletinWorkbook.js';

const escaped = (value: string | number | null): string =>
  String(value ?? '—').replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

const table = (head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string =>
  `<table><thead><tr>${head.map((each) => `<th>${escaped(each)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((each) => `<td>${escaped(each)}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`;

/** A bulletin as a page that prints: no script, no font or picture from anywhere. */
export function bulletinPage(view: BulletinView): string {
  const { trend } = view;
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>排污许可质量核查通报 ${escaped(view.number)}</title>
<style>body{font-family:serif;margin:2cm;max-width:27cm}table{border-collapse:collapse;width:100%;margin:1em 0;font-size:9pt}
th,td{border:1px solid #000;padding:2pt 4pt;text-align:right}th:first-child,td:first-child{text-align:left}@page{size:A4 landscape}</style>
</head><body><h1>排污许可质量核查通报<br><small>Bulletin of the permit quality checks</small></h1>
<p>${escaped(view.from)} — ${escaped(view.to)}　${view.issuedOn === null ? '征求意见稿 · draft' : `印发 issued ${escaped(view.issuedOn)}`}</p>
<p>${escaped(view.text ?? '')}</p>
${table(cityColumns, cityRows(view))}
<p>抽查不足十件的市不排名。Cities with fewer than ten sampled permits are not ranked.</p>
${trend === null ? '' : `<p>与上期相比 · against the former period: 抽查 sampled ${signed(trend.sampled)}，问题 problems ${signed(trend.problems)}，问题率 rate ${trend.problemRate === null ? '—' : `${trend.problemRate < 0 ? '−' : '+'}${percent(Math.abs(trend.problemRate))}`}，每证问题数 per permit ${trend.problemsPerPermit === null ? '—' : `${trend.problemsPerPermit < 0 ? '−' : '+'}${hundredths(Math.abs(trend.problemsPerPermit))}`}</p>`}
<h2>三级核查 · the three tiers</h2>${table(tierColumns, tierRows(view))}
<h2>问题类别 · categories</h2>${table(
    ['类别', '个数'],
    view.categories.map(({ name, count }) => [name, count]),
  )}
<h2>严重程度 · severity</h2>${table(
    ['严重程度', '个数'],
    view.severities.map(({ severity, count }) => [termOf(severity).zh, count]),
  )}
<h2>典型问题 · typical cases</h2>${table(
    ['单位', '许可证编号', '问题', '说明'],
    view.typical.map(({ unit, permitNo, description, note }) => [unit, permitNo, description, note]),
  )}</body></html>`;
}

const signed = (value: number): string => (value < 0 ? `−${-value}` : `+${value}`);
