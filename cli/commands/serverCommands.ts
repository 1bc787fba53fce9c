import type { Command } from 'commander';
import type { Output } from '../output.js';

/** The parts that run, and what they are built and brought up to date with. */
export function serverCommands(yizheng: Command, output: Output): void {
  yizheng
    .command('start')
    .description('启动全部服务与示范区 · everything, with a demonstration region; Ctrl-C stops it')
    .option('--no-demonstration', '不建示范账号 · without the demonstration region')
    .action(async (options: { demonstration: boolean }) => {
      const { start } = await import('../start.js');
      await start(options, output);
    });

  yizheng
    .command('demo')
    .description('快进十年演示一证一生 · a permit’s whole life in skipped time')
    .option('--json', 'JSON')
    .action(async (options: { json?: true }) => {
      const { demo } = await import('../demo.js');
      await demo(options, output);
    });

  yizheng
    .command('api')
    .description('只启动 API · the API alone, on servers that exist')
    .action(async () => {
      const { api } = await import('../api.js');
      await api();
    });

  yizheng
    .command('worker')
    .description('只启动执行进程 · a worker alone, on servers that exist')
    .action(async () => {
      const { worker } = await import('../worker.js');
      await worker();
    });

  yizheng
    .command('migrate')
    .description('升级数据库与命名空间 · brings the database and the namespace to this release')
    .action(async () => {
      const { migrateCommand } = await import('../migrateCommand.js');
      await migrateCommand(output);
    });

  yizheng
    .command('bundle')
    .description('打包工作流代码（构建时调用）· builds the workflows’ code; part of the build')
    .action(async () => {
      const { bundle } = await import('../bundle.js');
      await bundle();
    });
}
