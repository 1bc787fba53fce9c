// A process that starts the stack and tells about it, for tests that kill it; see `compiledParent`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onStopSignal, startStack } from '../../stack/index.js';

const dataFolder = process.argv[2] ?? '';
const stack = await startStack({ dataFolder, historyShards: 4, cacheFolder: process.env.YIZHENG_CACHE });
onStopSignal(() => {
  void stack.stop().then(() => process.exit(0));
});
const servers = Object.values(stack.servers).map((server) => server?.pid ?? 0);
const guardian = Number(readFileSync(join(dataFolder, 'stack.lock'), 'utf8').split(' ')[1]);
process.stdout.write(`${JSON.stringify({ processes: [...servers, guardian], url: stack.databaseUrl })}\n`);
