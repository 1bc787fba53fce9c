import { DomainError } from '../../rules/errors.js';
import { readCsv } from './csv.js';
import type { Sheet } from './table.js';
import { decodeText } from './text.js';
import { readWorkbook } from './workbook.js';
import { unpackedSize } from './zipSize.js';

/** The largest workbook that is unpacked, in bytes: some two million cells. */
const largest = 512 * 1024 * 1024;

/**
 * The sheets of a file by what it holds, whatever its name: `.xlsx`, binary `.xls`, HTML or XML that calls itself `.xls`, or
 * delimited text. Throws `input.invalid` for an empty file and for what can not be read, `input.tooLarge` for one that would
 * unpack to more than half a gigabyte.
 */
export function readSheets(bytes: Uint8Array): readonly Sheet[] {
  if (bytes.length === 0)
    throw new DomainError('input.invalid', { what: '文件为空 · the file is empty', found: '0 bytes' });
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) {
    const size = unpackedSize(bytes);
    if (size !== undefined && size > largest) {
      throw new DomainError('input.tooLarge', {
        what: '工作簿解压后过大 · the workbook unpacks to too much',
        expected: `at most ${largest} bytes`,
        found: String(size),
      });
    }
    return readWorkbook(bytes);
  }
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]) || isOldWorkbook(bytes)) return readWorkbook(bytes);
  const text = decodeText(bytes);
  return /^\s*</.test(text) ? readWorkbook(text) : [readCsv(text)];
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte);

/** Excel 2 to 4: a `BOF` record at the very start. */
const isOldWorkbook = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x09 && [0x00, 0x02, 0x04, 0x08].includes(bytes[1] ?? -1) && (bytes[2] ?? 0) < 0x10;
