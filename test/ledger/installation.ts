import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../cli/program.js';
import { exportCase, exportInstallation } from '../../ledger/exports.js';
import type { CaseFile, InstallationFile } from '../../ledger/files.js';
import { Office, submission } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { addUnit, type Rig } from '../rig/rig.js';

/** What the command answered. */
export interface Verdict {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder of exported files, and the command that checks them. */
export class Exported {
  private count = 0;

  private constructor(readonly folder: string) {}

  static async open(): Promise<Exported> {
    return new Exported(await mkdtemp(join(tmpdir(), 'yizheng-ledger-')));
  }

  /** Writes a file, with whatever was done to it; answers with its path. */
  async file(content: object | string): Promise<string> {
    const path = join(this.folder, `${(this.count += 1)}.json`);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  /** `yizheng ledger verify` of these contents. */
  async verify(contents: readonly (object | string)[], ...options: readonly string[]): Promise<Verdict> {
    const paths: string[] = [];
    for (const content of contents) paths.push(await this.file(content));
    return await yizheng('ledger', 'verify', ...paths, ...options);
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}

/** The `yizheng` command in this process. */
export async function yizheng(...args: readonly string[]): Promise<Verdict> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(args, { out: (text) => out.push(text), err: (text) => err.push(text) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** Files an application that is accepted at once; answers with the office that works on it. */
export async function filed(rig: Rig, unit: string): Promise<Office> {
  const { id } = await addUnit(rig, unit);
  const office = new Office(rig, await rig.nextApplication());
  await rig.ask(people.applicantOf(id), 'application.submit', office.caseId, submission(id));
  await office.accept();
  return office;
}

/** A case's export, as it would be read again from its file. */
export async function exportedCase(rig: Rig, caseId: string): Promise<CaseFile> {
  return JSON.parse(JSON.stringify(await exportCase(rig.db, caseId))) as CaseFile;
}

/** The whole installation's export: its own file first. */
export async function exportedAll(rig: Rig): Promise<[InstallationFile, ...CaseFile[]]> {
  const files: (InstallationFile | CaseFile)[] = [];
  await exportInstallation(rig.db, (file) => Promise.resolve(void files.push(file)));
  return JSON.parse(JSON.stringify(files)) as [InstallationFile, ...CaseFile[]];
}

/** The text of a file. */
export const textOf = (path: string): Promise<string> => readFile(path, 'utf8');
