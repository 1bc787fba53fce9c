import { type Account, findAccount } from '../db/queries/people.js';
import { readRecords } from '../import/platform/columns.js';
import { recordReportText } from '../import/platform/report.js';
import { importRecords } from '../import/platform/run.js';
import { DomainError } from '../rules/errors.js';
import type { ImportOptions } from './importFile.js';
import { listedFile } from './listedFile.js';
import type { Output } from './output.js';
import { withDatabase } from './withDatabase.js';

/** How long the report waits for the cases' answers, in milliseconds. */
const patience = 60_000;

/**
 * `yizheng import FILE --of platform --as USERNAME`: records what the platform's list of acts says in the cases that wait for
 * it, in the name of an officer, and makes a task of every difference. Answers with the exit code: 0, or 1 where a person has
 * something left to do. Throws `input.invalid` where the file is no such list, or nobody has that name.
 */
export async function importPlatformRecords(
  path: string,
  { dryRun, json, as: username }: ImportOptions,
  output: Output,
): Promise<number> {
  const bytes = await listedFile(path);
  const table = readRecords(bytes);
  return await withDatabase(async (db) => {
    const officer = officerOf(await findAccount(db, username ?? ''), username);
    const report = await importRecords(db, table, { ...officer, dryRun: dryRun === true, patience });
    output.out(json === true ? JSON.stringify(report, null, 2) : recordReportText(report));
    return report.rejected + report.unmatched + report.differing > 0 ? 1 : 0;
  });
}

/** Whose acts they are: an account that may sign in, with the roles that it holds. */
function officerOf(account: Account | undefined, username: string | undefined) {
  if (account === undefined || account.disabledAt !== null) {
    throw new DomainError('input.invalid', {
      what: '须以经办人员的名义登记 · the acts are recorded in the name of an officer',
      where: '--as',
      expected: '可登录的账号 · an account that may sign in',
      found: username ?? '',
    });
  }
  const { id, grants } = account;
  const roles = grants.map(({ role, organ }) => `${role}@${organ}`);
  return {
    by: id,
    areas: null,
    actorFor: ({ role, organ }: { readonly role: string; readonly organ: string }) =>
      roles.includes(`${role}@${organ}`) ? { id, kind: 'officer' as const, roles, organ } : null,
  };
}
