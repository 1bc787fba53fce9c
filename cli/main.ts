#!/usr/bin/env node
import { run } from './program.js';

// Not process.exit: what is still on its way into a pipe must arrive.
process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
});
