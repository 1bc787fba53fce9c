import { copyFile, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fontFiles } from '../documents/fonts.js';
import type { Output } from './output.js';

/** `yizheng fonts`: puts the documents' font where office suites look for fonts, or into the folder that is named. */
export async function fonts(folder: string | undefined, output: Output): Promise<void> {
  const target = resolve(folder ?? userFonts());
  await mkdir(target, { recursive: true });
  for (const { name, source } of fontFiles) {
    await copyFile(source, join(target, name));
    output.out(join(target, name));
  }
}

/** Where fontconfig and macOS look for a person's own fonts. */
const userFonts = (): string =>
  process.platform === 'darwin'
    ? join(homedir(), 'Library', 'Fonts')
    : join(homedir(), '.local', 'share', 'fonts', 'yizheng');
