import { type Command, Option } from 'commander';
import type { GenerateOptions } from '../generate.js';
import type { ImportOptions } from '../importFile.js';
import type { ExportOptions } from '../issues.js';
import type { Output } from '../output.js';

/** Lists that come in and go out as files. */
export function listCommands(yizheng: Command, output: Output, exitWith: (code: number) => void): void {
  yizheng
    .command('import')
    .description(
      '导入国家平台的清单（CSV、Excel）· imports a list of the platform; exits 1 when rows were refused or need a person',
    )
    .argument('<file>', '清单文件 · the list')
    .addOption(
      new Option('--of <what>', '许可证、登记表，或在办案件的平台编号与时间 · what it is a list of')
        .choices(['permits', 'registrations', 'platform'])
        .default('permits'),
    )
    .option('--as <username>', '以谁的名义登记平台编号 · in whose name the platform’s acts are recorded')
    .option('--dry-run', '只检查，不改动 · checks and touches nothing')
    .option('--json', 'JSON')
    .action(async (file: string, options: ImportOptions & { readonly of: string }) => {
      if (options.of === 'platform') {
        const { importPlatformRecords } = await import('../importRecords.js');
        exitWith(await importPlatformRecords(file, options, output));
      } else if (options.of === 'registrations') {
        const { importRegistrationList } = await import('../importRegistrations.js');
        exitWith(await importRegistrationList(file, options, output));
      } else {
        const { importFile } = await import('../importFile.js');
        exitWith(await importFile(file, options, output));
      }
    });

  const issues = yizheng.command('issues').description('问题台账 · the issue ledger as Excel');
  const narrowed = issues
    .command('export')
    .argument('<file>', '输出的 .xlsx · where to')
    .description('导出问题台账 · writes the ledger, or what the options narrow it to');
  for (const [name, meaning] of ledgerFilters) narrowed.option(`--${name} <value>`, meaning);
  narrowed.action(async (file: string, options: ExportOptions) => {
    const { exportIssues } = await import('../issues.js');
    await exportIssues(file, options, output);
  });
  issues
    .command('import')
    .argument('<file>', '台账文件 · the ledger')
    .option('--dry-run', '只检查，不改动 · checks and touches nothing')
    .option('--json', 'JSON')
    .description('导入问题台账 · opens the issues that are not here yet; exits 1 when rows were refused')
    .action(async (file: string, options: { dryRun?: true; json?: true }) => {
      const { importIssues } = await import('../issues.js');
      exitWith(await importIssues(file, options, output));
    });

  yizheng
    .command('generate')
    .description('生成逼真的许可证清单 · writes a realistic permit list of the demonstration region')
    .requiredOption('--permits <n>', '许可证数 · how many permits')
    .requiredOption('--seed <s>', '种子，同种子同结果 · the same seed writes the same list')
    .option('--out <file>', '输出文件，缺省为标准输出 · the file; standard output if absent')
    .option('--format <format>', 'csv | xlsx', 'csv')
    .option('--bad <rate>', '坏行比例 0–1 · the share of bad rows', '0')
    .option('--on <date>', '清单截至日 · the day that the list is as of', '2026-01-01')
    .action(async (options: GenerateOptions) => {
      const { generate } = await import('../generate.js');
      await generate(options, output);
    });
}

/** What the export of the issue ledger may be narrowed to. */
const ledgerFilters: readonly (readonly [keyof ExportOptions, string])[] = [
  ['tier', '核查层级 · selfCheck | sweep | sampling'],
  ['campaign', '批次 · a campaign'],
  ['area', '行政区划代码，可只写前几位 · a division, or its leading digits'],
  ['severity', '严重程度 · general | serious'],
  ['category', '问题类别 · a category'],
  ['responsible', '责任主体 · unit | authority | institution'],
  ['stage', '环节 · a stage, such as rectifying'],
  ['status', 'open | closed | withdrawn'],
  ['unit', '排污单位 · a unit'],
  ['permit', '许可证编号 · a permit'],
];
