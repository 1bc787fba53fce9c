import { Command, CommanderError, Option } from 'commander';
import { DomainError, errorCatalogue } from '../rules/errors.js';
import { FaultyInput } from '../rules/faultyInput.js';
import type { PublishOptions } from './calendar.js';
import type { CheckOptions } from './check.js';
import type { DoctorOptions } from './doctor.js';
import type { GenerateOptions } from './generate.js';
import type { ImportOptions } from './importFile.js';
import type { RolloverOptions } from './rollover.js';
import type { ExportOptions } from './issues.js';
import type { SampleOptions } from './sample.js';

/** Where a command writes: each text is a line, or lines, without the last line break. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
}

/**
 * Runs the `yizheng` command and answers with its exit code: 0, 2 for bad input, 1 for anything else that fails, for checks
 * that find something and for an import that refused rows. Each
 * subcommand loads its own code only when it is called, so that a small one needs no server's libraries.
 */
export async function run(args: readonly string[], output: Output): Promise<number> {
  try {
    let code = 0;
    await program(output, (answer) => (code = answer)).parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has written its own message by now; help and version end here too, with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const messages =
      error instanceof FaultyInput
        ? error.messages
        : [error instanceof Error ? error.message : String(error)];
    for (const message of messages) output.err(`错误 error: ${message}`);
    return error instanceof DomainError && errorCatalogue[error.code].status < 500 ? 2 : 1;
  }
}

function program(output: Output, exitWith: (code: number) => void): Command {
  const yizheng = new Command('yizheng')
    .description('一证: a permit’s whole life, as durable workflows')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.out(text.trimEnd()),
      writeErr: (text) => output.err(text.trimEnd()),
    });

  yizheng
    .command('deadline')
    .description(
      '按法定期限计算届满日，逐句说明 · the last lawful day of a time limit, explained sentence by sentence',
    )
    .option('--limit <id>', '期限代号 · the time limit, such as decision.key.visit')
    .option('--from <date>', '起算日 YYYY-MM-DD · the day it runs from, or back from')
    .option(
      '--pause <from..to>',
      '扣除期间，含首尾，可重复 · days taken out, both included; repeatable',
      gather,
      [],
    )
    .option('--list', '列出全部期限 · every time limit')
    .option('--json', 'JSON')
    .action(async (options: { limit?: string; from?: string; pause: string[]; list?: true; json?: true }) => {
      const { deadline } = await import('./deadline.js');
      deadline(options, output);
    });

  yizheng
    .command('sample')
    .description('省级抽查的抽取，任何人可重做 · draws a sample that anyone can draw again')
    .option('--population <file>', '总体 CSV · the frozen population')
    .option('--seed <hex>', '种子 · the seed')
    .option('--beacon <text>', '掺入的公开数值 · a public value of a later time')
    .option('--first <share>', '首次核发的份额 · share of first issuances', '0.3')
    .option('--reapply <share>', '重新申请的份额 · share of re-issuances', '0.2')
    .option('--carry <file>', '以前各轮的总数 CSV · totals of the earlier rounds: city,kind,population,drawn')
    .option('--recipe', '印出方法 · how the draw is made')
    .option('--json', 'JSON')
    .action(async (options: SampleOptions) => {
      const { sample } = await import('./sample.js');
      await sample(options, output);
    });

  yizheng
    .command('check <document> [file]')
    .description(
      '自动核查许可证、执行报告、监测方案 · checks a permit, report or plan; exit 1 when something is found',
    )
    .option(
      '--region <path>',
      '整个地区：JSON Lines 文件或文件夹 · a whole region: a JSON Lines file or a folder',
    )
    .option('--on <day>', '核查日期，缺省为今天 · the day of the check, by default today')
    .option('--schema', '输入的 JSON Schema · the JSON schema of the input')
    .option('--checklist', '由人核查的事项 · what people check')
    .option('--json', 'JSON')
    .action(async (document: string, file: string | undefined, options: CheckOptions) => {
      const { check } = await import('./check.js');
      exitWith(await check(document, file, options, output));
    });

  yizheng
    .command('start')
    .description('启动全部服务与示范区 · everything, with a demonstration region; Ctrl-C stops it')
    .option('--no-demonstration', '不建示范账号 · without the demonstration region')
    .action(async (options: { demonstration: boolean }) => {
      const { start } = await import('./start.js');
      await start(options, output);
    });

  yizheng
    .command('demo')
    .description('快进十年演示一证一生 · a permit’s whole life in skipped time')
    .option('--json', 'JSON')
    .action(async (options: { json?: true }) => {
      const { demo } = await import('./demo.js');
      await demo(options, output);
    });

  yizheng
    .command('api')
    .description('只启动 API · the API alone, on servers that exist')
    .action(async () => {
      const { api } = await import('./api.js');
      await api();
    });

  yizheng
    .command('worker')
    .description('只启动执行进程 · a worker alone, on servers that exist')
    .action(async () => {
      const { worker } = await import('./worker.js');
      await worker();
    });

  yizheng
    .command('fonts')
    .argument('[folder]', '目标目录 · where to; the person’s own fonts unless told')
    .description('安装文书所用的中文字体（思源宋体，OFL 1.1）· installs the Chinese font of the documents')
    .action(async (folder: string | undefined) => {
      const { fonts } = await import('./fonts.js');
      await fonts(folder, output);
    });

  yizheng
    .command('migrate')
    .description('升级数据库与命名空间 · brings the database and the namespace to this release')
    .action(async () => {
      const { migrateCommand } = await import('./migrateCommand.js');
      await migrateCommand(output);
    });

  yizheng
    .command('doctor')
    .description(
      '值守检查：应发生而未发生的事；有发现时退出码为 1 · what should have happened and did not; exits 1 on findings',
    )
    .option('--repair', '做无害的修复 · does about it what can do no harm')
    .option('--deep', '逐一询问工作流 · asks every workflow how far it has come')
    .option('--json', 'JSON')
    .action(async (options: DoctorOptions) => {
      const { doctor } = await import('./doctor.js');
      exitWith(await doctor(options, output));
    });

  yizheng
    .command('backup')
    .argument('<folder>', '新的或空的目录 · a new or empty folder')
    .description('备份数据库、密钥与设置，不停机 · databases, keys and settings, while people work')
    .action(async (folder: string) => {
      const { backup } = await import('./backup.js');
      await backup(folder, output);
    });

  yizheng
    .command('restore')
    .argument('<folder>', '备份目录 · a backup')
    .description('校验后恢复到空的数据目录 · checks it, then restores it into an empty data folder')
    .action(async (folder: string) => {
      const { restore } = await import('./backup.js');
      await restore(folder, output);
    });

  yizheng
    .command('rollover')
    .description('发布后令空闲案件另起新运行 · makes idle cases begin anew after a release')
    .option('--before <instant>', '此刻之前开始的运行，缺省为现在 · runs begun before; by default now')
    .option('--rate <n>', '每秒案件数 · cases a second', '20')
    .option('--json', 'JSON')
    .action(async (options: RolloverOptions) => {
      const { rollover } = await import('./rollover.js');
      exitWith(await rollover(options, output));
    });

  yizheng
    .command('bundle')
    .description('打包工作流代码（构建时调用）· builds the workflows’ code; part of the build')
    .action(async () => {
      const { bundle } = await import('./bundle.js');
      await bundle();
    });

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
        const { importPlatformRecords } = await import('./importRecords.js');
        exitWith(await importPlatformRecords(file, options, output));
      } else if (options.of === 'registrations') {
        const { importRegistrationList } = await import('./importRegistrations.js');
        exitWith(await importRegistrationList(file, options, output));
      } else {
        const { importFile } = await import('./importFile.js');
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
    const { exportIssues } = await import('./issues.js');
    await exportIssues(file, options, output);
  });
  issues
    .command('import')
    .argument('<file>', '台账文件 · the ledger')
    .option('--dry-run', '只检查，不改动 · checks and touches nothing')
    .option('--json', 'JSON')
    .description('导入问题台账 · opens the issues that are not here yet; exits 1 when rows were refused')
    .action(async (file: string, options: { dryRun?: true; json?: true }) => {
      const { importIssues } = await import('./issues.js');
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
      const { generate } = await import('./generate.js');
      await generate(options, output);
    });

  yizheng
    .command('admin')
    .description('管理员账号 · administrators’ accounts')
    .command('create')
    .description('建立管理员，密码从标准输入读取 · makes one; the password is read from standard input')
    .requiredOption('--username <username>', '用户名 · username')
    .requiredOption('--name <name>', '姓名 · name')
    .option('--kind <kind>', '三员之一 · system, security or audit', 'security')
    .action(async (options: { username: string; name: string; kind: string }) => {
      const { createAdministrator } = await import('./admin.js');
      await createAdministrator(options, output);
    });

  const calendar = yizheng.command('calendar').description('工作日历 · the working-day calendar');
  calendar
    .command('publish')
    .argument('<file>', '新版日历（JSON）· the edition')
    .option('--dry-run', '只试算，不改动 · tries it on every open clock and touches nothing')
    .option('--confirmed-by <username>', '确认的法制人员 · the legal officer who confirms changed due days')
    .option('--json', 'JSON')
    .description('试算并发布新版日历；有届满日变化而未确认时退出码为 1 · tries an edition and publishes it')
    .action(async (file: string, options: PublishOptions) => {
      const { publishCalendar } = await import('./calendar.js');
      exitWith(await publishCalendar(file, options, output));
    });
  calendar
    .command('list')
    .option('--json', 'JSON')
    .description('各版及其进度 · every edition and how far it has come')
    .action(async (options: { json?: true }) => {
      const { listCalendars } = await import('./calendar.js');
      await listCalendars(options, output);
    });

  const pack = yizheng.command('pack').description('规则包 · rule packs, by id or as a JSON file');
  pack
    .command('validate')
    .argument('[pack]', '缺省为全部 · all of this release unless told')
    .description('校验 · whether a pack is sound')
    .action(async (argument: string | undefined) => {
      const { validatePacks } = await import('./pack.js');
      await validatePacks(argument, output);
    });
  pack
    .command('compare')
    .argument('<old>')
    .argument('<new>')
    .option('--json', 'JSON')
    .description('比较：新增、修改、删除，附标注与依据 · what was added, altered and removed')
    .action(async (old: string, young: string, options: { json?: true }) => {
      const { comparePackFiles } = await import('./pack.js');
      await comparePackFiles(old, young, options, output);
    });
  pack
    .command('try')
    .argument('<new>')
    .option('--json', 'JSON')
    .description('在在办案件上试算，不改动 · tries a pack on the running cases and touches nothing')
    .action(async (argument: string, options: { json?: true }) => {
      const { tryPack } = await import('./pack.js');
      await tryPack(argument, options, output);
    });

  const ledger = yizheng
    .command('ledger')
    .description('台账的锚、导出与离线校验 · anchors, export, offline check');
  ledger
    .command('anchor')
    .description('立即签署全部案件的链尾 · signs the heads of all cases now')
    .action(async () => {
      const { anchorLedger } = await import('./ledger.js');
      await anchorLedger(output);
    });
  ledger
    .command('export')
    .argument('[case]', '案件 · such as application/2026000001')
    .option('--out <file>', '写入文件 · to a file')
    .option('--all <folder>', '导出全部案件到新目录 · every case, into a new folder')
    .description('导出台账 · a case’s ledger, or all, with what is needed to check it')
    .action(async (caseId: string | undefined, options: { out?: string; all?: string }) => {
      const { exportLedger } = await import('./ledger.js');
      await exportLedger(caseId, options, output);
    });
  ledger
    .command('verify')
    .argument('<files...>', '导出的文件或目录 · exported files or folders')
    .option('--key <fingerprint>', '所期望的密钥指纹，可重复 · the expected key; repeatable', gather, [])
    .description('离线校验 · checks exported files, without any server')
    .action(async (files: string[], options: { key: string[] }) => {
      const { verifyLedger } = await import('./ledgerVerify.js');
      await verifyLedger(files, options, output);
    });

  return yizheng;
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

function gather(value: string, earlier: readonly string[]): string[] {
  return [...earlier, value];
}
