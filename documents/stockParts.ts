/** The parts of a stock template that are the same in all: OOXML as Word, WPS and LibreOffice read it. */

export const main =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

/** The font that we ship; where it is not installed, the suites take the usual ones of `fontTable`. */
const font = 'Noto Serif SC';

const part = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const package_ = 'http://schemas.openxmlformats.org/package/2006';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const parts = ['styles', 'fontTable', 'settings', 'header', 'footer'] as const;
const fileOf = (name: (typeof parts)[number]): string =>
  name === 'header' || name === 'footer' ? `${name}1.xml` : `${name}.xml`;

export const contentTypes = [
  `<Types xmlns="${package_}/content-types">`,
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
  '<Default Extension="xml" ContentType="application/xml"/>',
  `<Override PartName="/word/document.xml" ContentType="${part}.document.main+xml"/>`,
  ...parts.map((name) => `<Override PartName="/word/${fileOf(name)}" ContentType="${part}.${name}+xml"/>`),
  '</Types>',
].join('');

export const relations = `<Relationships xmlns="${package_}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`;

export const documentRelations = [
  `<Relationships xmlns="${package_}/relationships">`,
  ...parts.map(
    (name, index) => `<Relationship Id="rId${index + 1}" Type="${office}/${name}" Target="${fileOf(name)}"/>`,
  ),
  '</Relationships>',
].join('');

/** A paragraph style: size in half points, then how the paragraph and its letters look. */
const style = (id: string, name: string, size: number, paragraph: string, letters = ''): string =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>${paragraph}</w:pPr><w:rPr>${letters}<w:sz w:val="${size}"/><w:szCs w:val="${size}"/></w:rPr></w:style>`;

const bold = '<w:b/>';
const red = '<w:color w:val="C00000"/>';
const centre = '<w:jc w:val="center"/>';
const right = '<w:ind w:right="600"/><w:jc w:val="right"/>';
const line = (height: number, before = 0): string =>
  `<w:spacing w:before="${before}" w:line="${height}" w:lineRule="exact"/>`;

/** The styles have Chinese names: they are for the people who edit the template. */
export const styles = [
  `<w:styles ${main}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="${font}" w:hAnsi="${font}" w:eastAsia="${font}" w:cs="${font}"/><w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-GB" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>`,
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
  style(
    'Organ',
    '发文机关',
    48,
    `<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="8" w:color="C00000"/></w:pBdr><w:spacing w:after="360"/>${centre}`,
    bold + red,
  ),
  style('Title', '文书标题', 40, `<w:spacing w:after="200"/>${centre}`, bold),
  style('Number', '文号', 30, `<w:spacing w:after="280"/>${centre}`),
  style('Addressee', '主送', 30, line(560)),
  style(
    'Body',
    '文书正文',
    30,
    `${line(560)}<w:ind w:firstLineChars="200" w:firstLine="600"/><w:jc w:val="both"/>`,
  ),
  style('Signature', '落款', 30, `<w:keepNext/>${line(560, 480)}${right}`),
  style('Dated', '成文日期', 30, `${line(560)}${right}`),
  style(
    'English',
    '英文',
    19,
    `<w:pBdr><w:top w:val="nil"/></w:pBdr><w:spacing w:before="100" w:after="0"/><w:jc w:val="both"/>`,
    '<w:color w:val="404040"/>',
  ),
  style('Cell', '表格', 26, '<w:spacing w:before="60" w:after="60"/>'),
  style('Banner', '页眉标记', 32, centre, bold + red),
  '</w:styles>',
].join('');

const fontOf = (name: string, fallback: string): string =>
  `<w:font w:name="${name}"><w:altName w:val="${fallback}"/><w:charset w:val="86"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>`;

/** The fonts, each with what takes its place: 仿宋, then 宋体, which the usual office suites bring. */
export const fontTable = `<w:fonts ${main}>${fontOf(font, '仿宋,FangSong,宋体,SimSun')}</w:fonts>`;

export const settings = `<w:settings ${main}><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`;
