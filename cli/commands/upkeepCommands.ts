import type { Command } from 'commander';
import type { DoctorOptions } from '../doctor.js';
import type { Output } from '../output.js';
import type { RolloverOptions } from '../rollover.js';

/** What keeps an installation well: the watch, backups, releases, administrators, fonts. */
export function upkeepCommands(yizheng: Command, output: Output, exitWith: (code: number) => void): void {
  yizheng
    .command('doctor')
    .description(
      '值守检查：应发生而未发生的事；有发现时退出码为 1 · what should have happened and did not; exits 1 on findings',
    )
    .option('--repair', '做无害的修复 · does about it what can do no harm')
    .option('--deep', '逐一询问工作流 · asks every workflow how far it has come')
    .option('--json', 'JSON')
    .action(async (options: DoctorOptions) => {
      const { doctor } = await import('../doctor.js');
      exitWith(await doctor(options, output));
    });

  yizheng
    .command('backup')
    .argument('<folder>', '新的或空的目录 · a new or empty folder')
    .description('备份数据库、密钥与设置，不停机 · databases, keys and settings, while people work')
    .action(async (folder: string) => {
      const { backup } = await import('../backup.js');
      await backup(folder, output);
    });

  yizheng
    .command('restore')
    .argument('<folder>', '备份目录 · a backup')
    .description('校验后恢复到空的数据目录 · checks it, then restores it into an empty data folder')
    .action(async (folder: string) => {
      const { restore } = await import('../backup.js');
      await restore(folder, output);
    });

  yizheng
    .command('rollover')
    .description('发布后令空闲案件另起新运行 · makes idle cases begin anew after a release')
    .option('--before <instant>', '此刻之前开始的运行，缺省为现在 · runs begun before; by default now')
    .option('--rate <n>', '每秒案件数 · cases a second', '20')
    .option('--json', 'JSON')
    .action(async (options: RolloverOptions) => {
      const { rollover } = await import('../rollover.js');
      exitWith(await rollover(options, output));
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
      const { createAdministrator } = await import('../admin.js');
      await createAdministrator(options, output);
    });

  yizheng
    .command('fonts')
    .argument('[folder]', '目标目录 · where to; the person’s own fonts unless told')
    .description('安装文书所用的中文字体（思源宋体，OFL 1.1）· installs the Chinese font of the documents')
    .action(async (folder: string | undefined) => {
      const { fonts } = await import('../fonts.js');
      await fonts(folder, output);
    });
}
