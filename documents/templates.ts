import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DomainError } from '../rules/errors.js';
import { Template } from './template.js';

/** The media type of a rendered document. */
export const documentMediaType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The templates of an installation, by the kind of document. */
export type Templates = ReadonlyMap<string, Template>;

/**
 * Reads every template, once, at the start: those in `stock`, and over them those that the installation has edited, in
 * `edited`. A file is named after its kind of document: `approval.docx`. Throws `input.invalid` for a template that can not
 * be used, and for an edited one that is of no kind.
 */
export async function openTemplates(stock: string, edited?: string): Promise<Templates> {
  const templates = await readFolder(stock);
  if (edited === undefined) return templates;
  const laidOver = await readFolder(edited);
  const strange = [...laidOver.keys()].find((kind) => !templates.has(kind));
  if (strange !== undefined) {
    throw new DomainError('input.invalid', {
      what: 'the template is of no kind of document',
      where: join(edited, `${strange}.docx`),
      expected: [...templates.keys()].join(' | '),
      found: strange,
    });
  }
  return new Map([...templates, ...laidOver]);
}

async function readFolder(folder: string): Promise<Map<string, Template>> {
  const names = await readdir(folder).catch(() => {
    throw new DomainError('input.invalid', {
      what: 'there is no such folder of templates',
      where: 'DOCUMENT_TEMPLATES',
      found: folder,
    });
  });
  // An office suite that has the file open keeps a lock beside it: `~$approval.docx`, `.~lock.approval.docx#`.
  const files = names.filter((name) => name.endsWith('.docx') && !/^[~.]/.test(name)).sort();
  const read = files.map(async (name): Promise<[string, Template]> => {
    const file = join(folder, name);
    return [basename(name, '.docx'), Template.read(await readFile(file), file)];
  });
  return new Map(await Promise.all(read));
}
