import PizZip from 'pizzip';
import { bodyOf, footer, header } from './stockLayout.js';
import { contentTypes, documentRelations, fontTable, relations, settings, styles } from './stockParts.js';
import type { Wording } from './wording/wording.js';

/** The stock template of a wording, as a .docx: the same bytes from the same words. */
export function stockTemplate(wording: Wording): Buffer {
  const zip = new PizZip();
  const date = new Date(1980, 0, 1);
  const add = (path: string, xml: string): void => {
    zip.file(path, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml}`, {
      date,
      createFolders: false,
    });
  };
  add('[Content_Types].xml', contentTypes);
  add('_rels/.rels', relations);
  add('word/_rels/document.xml.rels', documentRelations);
  add('word/document.xml', bodyOf(wording));
  add('word/header1.xml', header(wording));
  add('word/footer1.xml', footer());
  add('word/styles.xml', styles);
  add('word/fontTable.xml', fontTable);
  add('word/settings.xml', settings);
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' });
}
