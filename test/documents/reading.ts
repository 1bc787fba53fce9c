import PizZip from 'pizzip';

/** What a .docx says: every paragraph of its body, in order. Opened by nothing but a reader of ZIP archives and XML. */
export function paragraphsOf(file: Buffer, part = 'word/document.xml'): readonly string[] {
  const xml = new PizZip(file).file(part)?.asText();
  if (xml === undefined) throw new Error(`no ${part}`);
  return [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([paragraph]) =>
    paragraph
      .replace(/<w:br\/>/g, '\n')
      .replace(/<[^>]+>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&amp;', '&'),
  );
}
