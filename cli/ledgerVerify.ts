import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type CaseFile, type InstallationFile, ledgerFileSchema } from '../ledger/files.js';
import { type Finding, Verifier } from '../ledger/verify.js';
import { DomainError } from '../rules/errors.js';
import type { Output } from './output.js';

/**
 * `yizheng ledger verify`: checks exported files, or folders of them, with nothing but the files. Prints every fault and
 * throws when there is one, for exit 1; a file that is no export is `input.invalid`, for exit 2.
 */
export async function verifyLedger(
  paths: readonly string[],
  options: { readonly key: readonly string[] },
  output: Output,
): Promise<void> {
  const pinned = options.key.map((key) => key.toLowerCase());
  const strange = pinned.find((key) => !/^[0-9a-f]{64}$/.test(key));
  if (strange !== undefined) {
    const expected = 'a fingerprint: 64 hexadecimal digits';
    throw new DomainError('input.invalid', { what: 'not a key', where: '--key', expected, found: strange });
  }
  const files = (await Promise.all(paths.map(filesAt))).flat();
  const verifier = new Verifier(pinned);
  // Read twice rather than kept: a province's ledger does not fit into memory.
  for (const name of files) verifier.learn({ name, file: await readLedgerFile(name) });
  for (const name of files) verifier.check({ name, file: await readLedgerFile(name) });
  verifier.finish();
  for (const note of verifier.notes) output.out(lineOf('注意 note ', note));
  for (const fault of verifier.faults) output.out(lineOf('问题 FAULT', fault));
  for (const key of verifier.keys) {
    output.out(
      `密钥指纹 · key ${key}${pinned.length > 0 ? '（所期望的 · the expected one）' : '（文件自带，未经核对 · the file’s own: compare it, or give --key）'}`,
    );
  }
  const { cases, entries, anchors } = verifier.checked;
  const summary = `${cases} 个案件、${entries} 条、${anchors} 个锚 · ${cases} cases, ${entries} entries, ${anchors} anchors`;
  if (verifier.faults.length > 0)
    throw new Error(`台账有 ${verifier.faults.length} 处问题 · ${verifier.faults.length} faults; ${summary}`);
  output.out(`完好 ok: ${summary}`);
}

const lineOf = (kind: string, { file, zh, en }: Finding): string =>
  `${kind}  ${file === '' ? '' : `${file}: `}${zh}\n            ${en}`;

/** A file, or every JSON file of a folder. */
async function filesAt(path: string): Promise<readonly string[]> {
  const names = await readdir(path, { recursive: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return null;
    throw unreadable(path);
  });
  if (names === null) return [path];
  const found = names.filter((name) => name.endsWith('.json')).map((name) => join(path, name));
  if (found.length === 0) throw unreadable(path);
  return found.sort();
}

async function readLedgerFile(path: string): Promise<InstallationFile | CaseFile> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw unreadable(path);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DomainError('input.invalid', { what: 'not JSON', where: path });
  }
  const parsed = ledgerFileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new DomainError('input.invalid', {
    what: `not an exported ledger\n${z.prettifyError(parsed.error)}`,
    where: path,
  });
}

const unreadable = (path: string): DomainError =>
  new DomainError('input.invalid', { what: 'no exported ledger can be read here', where: path });
