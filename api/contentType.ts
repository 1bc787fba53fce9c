import { fileTypeFromBuffer } from 'file-type';
import PizZip from 'pizzip';
import { DomainError } from '../rules/errors.js';
import type { Content } from '../db/queries/contents.js';
import { refuseNulInside } from './refuseNul.js';

const ooxml = 'application/vnd.openxmlformats-officedocument';
const compound = 'application/x-cfb';

/** What may be handed in, by its declared type: what its first bytes must say it is, or that it is text. */
const allowed: Readonly<Record<string, string>> = {
  'application/pdf': 'application/pdf',
  [`${ooxml}.wordprocessingml.document`]: `${ooxml}.wordprocessingml.document`,
  [`${ooxml}.spreadsheetml.sheet`]: `${ooxml}.spreadsheetml.sheet`,
  'application/msword': compound,
  'application/vnd.ms-excel': compound,
  // 版式文件 (GB/T 33190): the form of electronic licences and of official papers.
  'application/ofd': 'application/zip',
  'application/zip': 'application/zip',
  'image/jpeg': 'image/jpeg',
  'image/png': 'image/png',
  // What an off-site check was filmed as.
  'video/mp4': 'video/mp4',
  'text/plain': 'text',
  'text/csv': 'text',
  'application/json': 'text',
};

/** The charsets in which office programs here write text. */
const charsets = ['utf-8', 'gb18030', 'gbk'];

/** Programs, and archives whose inside nobody has looked at: neither travels inside a file. */
const refusedInside =
  /\.(exe|dll|com|bat|cmd|ps1|vb[es]|jse?|ws[fh]|hta|scr|cpl|ms[ip]|jar|apk|app|lnk|reg|sh|py|zip|rar|7z|tar|t?gz|bz2|xz|cab|iso)$|vbaProject\.bin$/i;

/**
 * Requires a content to be of a type that may be handed in, and its bytes to be of the type that it says. Throws
 * `content.type`.
 */
export async function requireAllowedType({ mediaType, bytes }: Content): Promise<void> {
  const [declared = '', parameter = 'charset=utf-8'] = mediaType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const expected = Object.hasOwn(allowed, declared) ? allowed[declared] : undefined;
  if (expected === undefined)
    refuse('this type may not be handed in', Object.keys(allowed).join(' | '), declared);
  const detected = (await fileTypeFromBuffer(bytes))?.mime ?? 'text';
  if (detected !== expected)
    refuse('the bytes are not of the type that they are said to be', declared, detected);
  if (expected === 'text') requireText(declared, parameter.replace('charset=', ''), bytes);
  else if (expected === 'application/zip' || expected.startsWith(ooxml)) requireHarmless(declared, bytes);
}

function requireText(declared: string, charset: string, bytes: Buffer): void {
  if (!charsets.includes(charset)) refuse('this charset may not be handed in', charsets.join(' | '), charset);
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(bytes);
    if (text.includes('\0')) throw new Error('a text holds no NUL');
    if (declared === 'application/json') JSON.parse(text, refuseNulInside);
  } catch {
    refuse(
      'the bytes are not of the type that they are said to be',
      `${declared} in ${charset}`,
      'other bytes',
    );
  }
}

/** An archive is looked into by its list of names; nothing of it is unpacked. */
function requireHarmless(declared: string, bytes: Buffer): void {
  const names = namesIn(bytes, declared);
  if (declared === 'application/ofd' && !names.includes('OFD.xml')) {
    refuse('the bytes are not of the type that they are said to be', declared, 'application/zip');
  }
  // Windows opens `a.exe. ` as `a.exe`.
  const refused = names.find((name) => refusedInside.test(name.replace(/[. ]+$/, '')));
  if (refused !== undefined) refuse('the file holds a program or another archive', 'documents only', refused);
}

function namesIn(bytes: Buffer, declared: string): readonly string[] {
  try {
    return Object.keys(new PizZip(bytes).files);
  } catch {
    return refuse('the archive can not be read', declared, 'a broken archive');
  }
}

function refuse(what: string, expected: string, found: string): never {
  throw new DomainError('content.type', { what, where: 'body', expected, found: found.slice(0, 200) });
}
