import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Database } from '../db/database.js';
import { writeAudit } from '../db/queries/audit.js';
import { exportCase, exportInstallation } from '../ledger/exports.js';
import type { CaseFile, InstallationFile } from '../ledger/files.js';
import { makeAnchor } from '../ledger/makeAnchor.js';
import { openSigningKey } from '../ledger/signingKey.js';
import { DomainError } from '../rules/errors.js';
import { configurationOf } from '../temporal.config.js';
import { caseKindOf } from '../workflows/messages/caseId.js';
import type { Output } from './output.js';
import { withDatabase } from './withDatabase.js';

/** `yizheng ledger anchor`: signs the heads of all cases now, as the worker does every day. Throws what `makeAnchor` does. */
export async function anchorLedger(output: Output): Promise<void> {
  const { ledgerKey } = configurationOf(process.env);
  const key = await openSigningKey(ledgerKey);
  const { anchor, isNewKey } = await withDatabase((db) => makeAnchor(db, key));
  const { number, at, cases, entries, root } = anchor;
  output.out(`锚 ${number} · anchor ${number}  ${at}  ${cases} cases, ${entries} entries\n  root ${root}`);
  output.out(`  密钥指纹 · key ${key.id}${isNewKey ? '（新密钥 · a new key）' : ''}`);
}

/**
 * `yizheng ledger export`: a case's ledger as JSON, to a file or standard output; or the whole installation's into a folder
 * that must be new or empty, because an old file would hide a case that is missing now. Like an export by the API it is in
 * the audit log; without an entry there is none. Throws `input.invalid`, `not.found`.
 */
export async function exportLedger(
  caseId: string | undefined,
  options: { readonly out?: string; readonly all?: string },
  output: Output,
): Promise<void> {
  const { out, all } = options;
  if ((caseId === undefined) === (all === undefined) || (all !== undefined && out !== undefined)) {
    throw new DomainError('input.invalid', {
      what: 'either one case or all of them',
      expected: 'CASE [--out FILE], or --all DIR',
    });
  }
  if (caseId !== undefined) {
    caseKindOf(caseId);
    const text = await withDatabase(async (db) => {
      const file = await exportCase(db, caseId);
      await logExport(db, `/cases/${caseId}/ledger/export`);
      return jsonOf(file);
    });
    if (out === undefined) output.out(text.trimEnd());
    else await writeFile(out, text);
  } else if (all !== undefined) await exportAll(all, output);
}

async function exportAll(folder: string, output: Output): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0)
    throw new DomainError('input.invalid', {
      what: 'the folder is not empty',
      where: '--all',
      found: folder,
    });
  let count = 0;
  await withDatabase(async (db) => {
    await logExport(db, '*');
    await exportInstallation(db, async (file) => {
      const path = join(folder, nameOf(file));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, jsonOf(file));
      count += file.format === 'yizheng ledger case 1' ? 1 : 0;
    });
  });
  output.out(`已导出 ${count} 个案件 · exported ${count} cases to ${folder}`);
}

/** An export at the machine itself, where nobody is signed in; `*` is all cases. */
const logExport = (db: Database, subject: string): Promise<void> =>
  writeAudit(db, { category: 'access', action: 'ledger.export', subject, actorId: null, requestId: null });

/** `application/2026000001.json`; a number can not leave its folder. */
function nameOf(file: InstallationFile | CaseFile): string {
  if (file.format === 'yizheng ledger installation 1') return 'installation.json';
  const kind = caseKindOf(file.caseId);
  return join(kind, `${encodeURIComponent(file.caseId.slice(kind.length + 1))}.json`);
}

const jsonOf = (file: InstallationFile | CaseFile): string => `${JSON.stringify(file, null, 1)}\n`;
