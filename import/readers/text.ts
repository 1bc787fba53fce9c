import { DomainError } from '../../rules/errors.js';

/**
 * The text of a file: by its byte-order mark, else as UTF-8 where it is valid UTF-8, else as GB18030, which holds GBK and
 * GB2312. Throws `input.invalid` for what is none of these.
 */
export function decodeText(bytes: Uint8Array): string {
  for (const encoding of encodingsOf(bytes)) {
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

function encodingsOf([first, second]: Uint8Array): readonly string[] {
  if (first === 0xff && second === 0xfe) return ['utf-16le'];
  if (first === 0xfe && second === 0xff) return ['utf-16be'];
  return ['utf-8', 'gb18030'];
}
