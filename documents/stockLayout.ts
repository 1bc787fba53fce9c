import { main } from './stockParts.js';
import type { Wording } from './wording/wording.js';

/** The layout of the stock templates: an official paper as GB/T 9704 has it, on A4. */

type Style =
  'Organ' | 'Title' | 'Number' | 'Addressee' | 'Body' | 'Signature' | 'Dated' | 'English' | 'Cell' | 'Banner';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const paragraph = (style: Style, text: string): string =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr><w:r><w:t xml:space="preserve">${escape(text)}</w:t></w:r></w:p>`;

const paragraphs = (style: Style, texts: readonly string[]): string =>
  texts.map((text) => paragraph(style, text)).join('');

/** Label and content, a row each. */
function table(rows: readonly (readonly [string, string])[]): string {
  const widths = [2400, 6440] as const;
  const cell = (width: number, text: string): string =>
    `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr>${paragraph('Cell', text)}</w:tc>`;
  const edges = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
    .map((edge) => `<w:${edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
    .join('');
  return [
    `<w:tbl><w:tblPr><w:tblW w:w="${widths[0] + widths[1]}" w:type="dxa"/><w:tblBorders>${edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>`,
    `<w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')}</w:tblGrid>`,
    ...rows.map(([label, content]) => `<w:tr>${cell(widths[0], label)}${cell(widths[1], content)}</w:tr>`),
    '</w:tbl>',
  ].join('');
}

const page =
  '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>' +
  '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>';

/** The body of a template. The seal is an act of people: there is room for it over the organ's name, and never an image. */
export function bodyOf({ form, rows, body, signatures = [], english }: Wording): string {
  const isPaper = form === 'paper';
  const parts = [
    paragraph('Organ', '{机关名称}'),
    paragraph('Title', '{文书名称}'),
    ...(isPaper ? [] : [paragraph('Number', '{文号}{#替代文号}（替代已作废的{替代文号}）{/替代文号}')]),
    ...(form === 'letter' ? [paragraph('Addressee', '{主送}：')] : []),
    ...(rows === undefined ? [] : [table(rows)]),
    paragraphs('Body', body),
    ...(isPaper
      ? [
          paragraphs(
            'Addressee',
            signatures.map((who) => `${who}：`),
          ),
          paragraph('Dated', '{印发日期}'),
        ]
      : [paragraph('Signature', '{机关名称}'), paragraph('Dated', '{印发日期}')]),
    paragraph('English', '{文书名称|en}{#文号} · {文号}{/文号} · {机关名称|en} · {印发日期|en}'),
    paragraphs('English', english),
    paragraph('English', 'The Chinese text is authoritative; this summary is for information only.'),
  ];
  return `<w:document ${main}><w:body>${parts.join('')}${page}</w:body></w:document>`;
}

/** What every page bears at its head. */
export const header = ({ banner }: Wording): string =>
  `<w:hdr ${main}>${paragraph('Banner', banner ?? '')}</w:hdr>`;

/** The page's number. */
export const footer = (): string =>
  `<w:ftr ${main}><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`;
