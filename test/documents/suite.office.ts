import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fonts } from '../../cli/fonts.js';
import { fromProject } from '../../db/projectFolder.js';
import { openTemplates } from '../../documents/templates.js';
import { wordings } from '../../documents/wording/index.js';
import { sampleFacts } from './facts.js';

const execute = promisify(execFile);
let folder = '';

/** Runs a program of a Debian package. Throws, naming the package, where it is not installed. */
async function run(
  program: string,
  debianPackage: string,
  args: readonly string[],
  fontconfig = '',
): Promise<string> {
  try {
    const env = { ...process.env, ...(fontconfig === '' ? {} : { FONTCONFIG_FILE: fontconfig }) };
    return (await execute(program, [...args], { env })).stdout;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Error(`${program} is needed: apt-get install ${debianPackage}`, { cause: error });
    }
    throw error;
  }
}

const poppler = (program: string, kind: string, ...more: readonly string[]): Promise<string> =>
  run(program, 'poppler-utils', [join(folder, 'pdf', `${kind}.pdf`), ...more]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yizheng-office-'));
  const [documents, pdf, installed] = ['documents', 'pdf', 'fonts'].map((name) => join(folder, name));
  if (documents === undefined || pdf === undefined || installed === undefined) throw new Error('no folders');
  await mkdir(documents);
  // The only fonts on this machine, as far as the office suite can see, are those that `yizheng fonts` installs.
  await fonts(installed, { out: () => undefined, err: () => undefined });
  const fontconfig = join(folder, 'fonts.conf');
  await writeFile(
    fontconfig,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${installed}</dir><cachedir>${folder}/cache</cachedir></fontconfig>`,
  );
  for (const [kind, template] of await openTemplates(fromProject('documents/templates'))) {
    await writeFile(join(documents, `${kind}.docx`), template.render(sampleFacts));
  }
  const files = (await readdir(documents)).map((name) => join(documents, name));
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  const convert = [profile, '--headless', '--convert-to', 'pdf', '--outdir', pdf, ...files];
  await run('soffice', 'libreoffice-writer-nogui', convert, fontconfig);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(Object.keys(wordings))(
  'L18: %s opens in an office suite, with every character of it',
  async (kind) => {
    const said = (await poppler('pdftotext', kind, '-raw', '-')).replace(/\s/g, '');
    expect(said).toContain('云川市生态环境局');
    expect(said).toContain('2026年3月2日');
    expect(said).not.toMatch(/[{}\uFFFD]/);
    if (['letter', 'publicNotice'].includes(wordings[kind]?.form ?? ''))
      expect(said).toContain('云环许〔2026〕12号');
    if (wordings[kind]?.form !== 'publicNotice') expect(said).toContain('喆堃鑫镕');
    const fontsUsed = (await poppler('pdffonts', kind)).trim().split('\n').slice(2);
    expect(fontsUsed.length).toBeGreaterThan(0);
    // Our font and no other, and in the file: a glyph that it lacked would have come from nowhere.
    for (const line of fontsUsed)
      expect(line).toMatch(/^[A-Z]{6}\+NotoSerifSC-(Regular|Bold) .* yes yes yes /);
  },
);

test('L18: a working copy says so on every page', async () => {
  const pages = (await poppler('pdftotext', 'certificateCopy', '-'))
    .split('\f')
    .filter((page) => page !== '');
  expect(pages.length).toBeGreaterThan(1);
  for (const page of pages) expect(page).toContain('工作副本 · WORKING COPY');
});
