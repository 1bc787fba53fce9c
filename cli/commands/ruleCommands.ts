import type { Command } from 'commander';
import type { PublishOptions } from '../calendar.js';
import type { CheckOptions } from '../check.js';
import type { Output } from '../output.js';
import type { SampleOptions } from '../sample.js';
import { gather } from './gather.js';

/** What needs no server: limits, checks, the draw of a sample; and the rules themselves, calendars and packs. */
export function ruleCommands(yizheng: Command, output: Output, exitWith: (code: number) => void): void {
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
      const { deadline } = await import('../deadline.js');
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
      const { sample } = await import('../sample.js');
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
      const { check } = await import('../check.js');
      exitWith(await check(document, file, options, output));
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
      const { publishCalendar } = await import('../calendar.js');
      exitWith(await publishCalendar(file, options, output));
    });
  calendar
    .command('list')
    .option('--json', 'JSON')
    .description('各版及其进度 · every edition and how far it has come')
    .action(async (options: { json?: true }) => {
      const { listCalendars } = await import('../calendar.js');
      await listCalendars(options, output);
    });

  const pack = yizheng.command('pack').description('规则包 · rule packs, by id or as a JSON file');
  pack
    .command('validate')
    .argument('[pack]', '缺省为全部 · all of this release unless told')
    .description('校验 · whether a pack is sound')
    .action(async (argument: string | undefined) => {
      const { validatePacks } = await import('../pack.js');
      await validatePacks(argument, output);
    });
  pack
    .command('compare')
    .argument('<old>')
    .argument('<new>')
    .option('--json', 'JSON')
    .description('比较：新增、修改、删除，附标注与依据 · what was added, altered and removed')
    .action(async (old: string, young: string, options: { json?: true }) => {
      const { comparePackFiles } = await import('../pack.js');
      await comparePackFiles(old, young, options, output);
    });
  pack
    .command('try')
    .argument('<new>')
    .option('--json', 'JSON')
    .description('在在办案件上试算，不改动 · tries a pack on the running cases and touches nothing')
    .action(async (argument: string, options: { json?: true }) => {
      const { tryPack } = await import('../pack.js');
      await tryPack(argument, options, output);
    });
}
