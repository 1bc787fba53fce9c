import type { Command } from 'commander';
import type { Output } from '../output.js';
import { gather } from './gather.js';

/** The ledger as evidence. */
export function ledgerCommands(yizheng: Command, output: Output): void {
  const ledger = yizheng
    .command('ledger')
    .description('台账的锚、导出与离线校验 · anchors, export, offline check');
  ledger
    .command('anchor')
    .description('立即签署全部案件的链尾 · signs the heads of all cases now')
    .action(async () => {
      const { anchorLedger } = await import('../ledger.js');
      await anchorLedger(output);
    });
  ledger
    .command('export')
    .argument('[case]', '案件 · such as application/2026000001')
    .option('--out <file>', '写入文件 · to a file')
    .option('--all <folder>', '导出全部案件到新目录 · every case, into a new folder')
    .description('导出台账 · a case’s ledger, or all, with what is needed to check it')
    .action(async (caseId: string | undefined, options: { out?: string; all?: string }) => {
      const { exportLedger } = await import('../ledger.js');
      await exportLedger(caseId, options, output);
    });
  ledger
    .command('verify')
    .argument('<files...>', '导出的文件或目录 · exported files or folders')
    .option('--key <fingerprint>', '所期望的密钥指纹，可重复 · the expected key; repeatable', gather, [])
    .description('离线校验 · checks exported files, without any server')
    .action(async (files: string[], options: { key: string[] }) => {
      const { verifyLedger } = await import('../ledgerVerify.js');
      await verifyLedger(files, options, output);
    });
}
