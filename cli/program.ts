import { Command, CommanderError } from 'commander';
import { DomainError, errorCatalogue } from '../rules/errors.js';
import { FaultyInput } from '../rules/faultyInput.js';
import { ledgerCommands } from './commands/ledgerCommands.js';
import { listCommands } from './commands/listCommands.js';
import { ruleCommands } from './commands/ruleCommands.js';
import { serverCommands } from './commands/serverCommands.js';
import { upkeepCommands } from './commands/upkeepCommands.js';
import type { Output } from './output.js';

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

  ruleCommands(yizheng, output, exitWith);
  serverCommands(yizheng, output);
  upkeepCommands(yizheng, output, exitWith);
  listCommands(yizheng, output, exitWith);
  ledgerCommands(yizheng, output);
  return yizheng;
}
