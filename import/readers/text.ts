import { DomainError } from '../../rules/errors.js';

/**
 * The text of a file: by its byte-order mark, else as UTF-8 where it is valid UTF-8, else as GB18030, which holds GBK and
 * GB2312. Throws `input.invalid` for what is none of these.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes('\0')) return text;
    } catch {
      // Not in this encoding.
    }
  }
  throw new DomainError('input.invalid', {
    what: '文件编码无法识别 · the file’s encoding is not known',
    expected: 'UTF-8, UTF-16 或 or GB18030',
  });
}
