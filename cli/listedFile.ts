import { readFile } from 'node:fs/promises';
import { DomainError } from '../rules/errors.js';

/** The bytes of a list that was named on the command line. Throws `input.invalid` where it can not be opened. */
export async function listedFile(path: string): Promise<Buffer> {
  return await readFile(path).catch(() => {
    throw new DomainError('input.invalid', {
      what: '文件无法打开 · the file can not be opened',
      found: path,
    });
  });
}
