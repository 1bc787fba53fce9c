import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { columnsInOrder, type LedgerRow } from '../../import/issues/columns.js';
import { readLedger } from '../../import/issues/read.js';
import { ledgerWorkbook } from '../../import/issues/write.js';

const execute = promisify(execFile);

/** What spreadsheets like to change: codes with leading zeros, long numbers, days, quotes, line breaks, formulas. */
const rows: readonly LedgerRow[] = ['1', '2'].map((row) => ({
  ...(Object.fromEntries(columnsInOrder.map((column) => [column, ''])) as unknown as LedgerRow),
  ...{ row, number: '0012026000001', creditCode: '911301000000000012', permitNo: '911301000000000012001P' },
  ...{
    foundOn: '2026-03-05',
    tier: '地市排查',
    category: '喆堃鑫镕',
    severity: '一般',
    responsible: '排污单位',
  },
  ...{ description: '第一行\n第二行，含“引号”与"双引号"', measure: '=1+1', note: '规则 PQ-03；部位 DA003' },
}));

test('Q6: an office suite opens the exported ledger, saves it, and not a cell of it has changed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'yizheng-ledger-'));
  try {
    const file = join(folder, 'ledger.xlsx');
    await writeFile(file, ledgerWorkbook(rows));
    for (const format of ['ods', 'xlsx']) {
      const out = join(folder, format);
      const profile = `-env:UserInstallation=file://${folder}/profile`;
      // Debian: apt-get install libreoffice-calc-nogui
      await execute('soffice', [profile, '--headless', '--convert-to', format, '--outdir', out, file]);
      const saved = readLedger(await readFile(join(out, `ledger.${format}`)));
      expect(
        saved.rows.map(({ cells }) => cells),
        format,
      ).toEqual(rows);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
