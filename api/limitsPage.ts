import { termOf } from '../rules/glossary.js';
import { isUnconfirmed, type PackValue, valueKinds } from '../rules/packValues.js';

const escape = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign,
  );
const both = ({ zh, en }: { readonly zh: string; readonly en: string }): string =>
  `${escape(zh)}<br><span lang="en">${escape(en)}</span>`;

const effects = {
  none: { zh: '', en: '' },
  takesEffect: { zh: '届满自动生效', en: 'takes effect by itself' },
  warns: { zh: '仅预警', en: 'only warns' },
} as const;

/** The values of packs as a page to read and to print, without a script. */
export function limitsPage(
  values: readonly PackValue[],
  title: { readonly zh: string; readonly en: string },
): string {
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escape(title.zh)} · ${escape(title.en)}</title>
<style>
  body { font-family: sans-serif; margin: 1rem; }
  table { border-collapse: collapse; }
  th, td { border: 1px solid #999; padding: 0.3rem 0.5rem; text-align: left; vertical-align: top; }
  thead th { position: sticky; top: 0; background: #eee; }
  [lang='en'] { color: #444; font-size: 0.9em; }
  .unconfirmed { background: #fff3cd; }
</style>
<h1>${both(title)}</h1>
<p>${values.length} 项 · values；${values.filter(isUnconfirmed).length} 项未确认 · unconfirmed</p>
<table>
<thead><tr>${[
    '规则包<br>pack',
    '种类<br>kind',
    '名称<br>name',
    '值<br>value',
    '依据<br>citation',
    '可靠程度<br>standing',
    '确认人<br>confirmed by',
    '效力<br>effect',
  ]
    .map((heading) => `<th scope="col">${heading}</th>`)
    .join('')}</tr></thead>
<tbody>
${values.map(row).join('\n')}
</tbody>
</table>
</html>
`;
}

function row(value: PackValue): string {
  const { pack, kind, id, name, citation, standing, confirmedBy, effect, note } = value;
  const cells = [
    escape(pack),
    both(valueKinds[kind]),
    both(value.value) + (note === null ? '' : `<br><small lang="en">${escape(note)}</small>`),
    citation === null ? '' : `${both(citation)}<br><small>${escape(citation.short)}</small>`,
    standing === null ? '本机关自定<br><span lang="en">the organ’s own</span>' : both(termOf(standing)),
    confirmedBy === null
      ? ''
      : `${escape(confirmedBy.name)}<br>${escape(confirmedBy.role)}<br>${confirmedBy.on}`,
    both(effects[effect]),
  ];
  const heading = `<th scope="row">${both(name)}<br><small>${escape(id)}</small></th>`;
  const [first, second, ...rest] = cells.map((cell) => `<td>${cell}</td>`);
  const mark = isUnconfirmed(value) ? ' class="unconfirmed"' : '';
  return `<tr${mark}>${[first, second, heading, ...rest].join('')}</tr>`;
}
