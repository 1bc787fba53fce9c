import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../db/database.js';
import { firstBreak } from '../db/ledgerChain.js';
import { ledgerOf } from '../db/queries/cases.js';
import { eq } from 'drizzle-orm';
import { cases } from '../db/schema/index.js';
import { openRehearsal } from '../rehearsal/rehearsal.js';
import { storyBegins, storyUnit, wholeLife } from '../rehearsal/story.js';
import { parseInstant } from '../rules/date.js';
import { onStopSignal, startStack } from '../stack/index.js';
import { configurationOf } from '../temporal.config.js';
import { searchAttributes } from '../workflows/messages/searchAttributes.js';
import type { Output } from './output.js';
import { workflowBundle } from './worker.js';

/** A line of the story. */
interface StoryEntry {
  readonly at: string;
  readonly case: string;
  readonly event: string;
  readonly actor: { readonly kind: string; readonly id: string };
  readonly article: string | null;
  readonly text: string;
  readonly textEn: string;
}

/**
 * `yizheng demo`: a permit's whole life in skipped time, on servers of its own that are gone afterwards; prints the ledgers
 * of its cases as one story, or as JSON with what the chains came to.
 */
export async function demo(options: { readonly json?: true }, output: Output): Promise<void> {
  const { cacheFolder, temporal } = configurationOf(process.env);
  const dataFolder = await mkdtemp(join(tmpdir(), 'yizheng-demo-'));
  // PostgreSQL does not run as root: its own user must reach the folder.
  await chmod(dataFolder, 0o755);
  const interrupt = new AbortController();
  const release = onStopSignal(() => interrupt.abort());
  const stack = await startStack({
    dataFolder,
    cacheFolder,
    temporalArchive: temporal.archive,
    temporalReleases: temporal.releases,
    searchAttributes: searchAttributes.map(({ name }) => ({ name, type: 'KEYWORD' as const })),
    timeSkipping: true,
    historyShards: 4,
    ui: false,
    report: (line) => output.err(line),
    signal: interrupt.signal,
  });
  try {
    release();
    onStopSignal(() => void stack.stop());
    const rehearsal = await openRehearsal({
      databaseUrl: stack.databaseUrl,
      temporalAddress: stack.temporalAddress,
      namespace: stack.namespace,
      codecKeys: join(dataFolder, 'codec-keys.json'),
      workflowBundle: workflowBundle(),
      begins: parseInstant(storyBegins),
    });
    try {
      await rehearsal.addUnit({ ...storyUnit, name: '示范钢铁有限公司', contact: 'steel@example.test' });
      output.err('正在快进十年 · ten years are passing …');
      const caseIds = await wholeLife(rehearsal);
      const { entries, chain } = await storyOf(rehearsal.db, caseIds);
      if (options.json === true) output.out(JSON.stringify({ entries, chain }));
      else output.out([...entries.map(lineOf), '', `链 · chain: ${chain}`].join('\n'));
    } finally {
      await rehearsal.close();
    }
  } finally {
    await stack.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

async function storyOf(
  db: Database,
  caseIds: readonly string[],
): Promise<{ entries: readonly StoryEntry[]; chain: string }> {
  const all: (StoryEntry & { readonly position: number })[] = [];
  let chain = 'ok';
  // One snapshot: a message between cases that is still under way must not look like a broken chain.
  await db.transaction(
    async (tx) => {
      for (const caseId of caseIds) {
        const entries = await ledgerOf(tx, caseId);
        const [row] = await tx.select().from(cases).where(eq(cases.id, caseId));
        const head = { count: row?.ledgerCount ?? 0, hash: row?.ledgerHead ?? '' };
        const broken = firstBreak(caseId, entries, head);
        if (broken !== null) chain = `${caseId} is broken at ${broken}`;
        for (const { at, event, actor, article, zh, en, position } of entries) {
          const { kind, id } = actor;
          all.push({ at, case: caseId, event, actor: { kind, id }, article, text: zh, textEn: en, position });
        }
      }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
  // Entries of one instant stand in the order in which they were written.
  all.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.position - b.position));
  return { entries: all.map(({ position: _, ...entry }) => entry), chain };
}

const lineOf = ({ at, case: caseId, article, text, textEn }: StoryEntry): string =>
  `${at.slice(0, 16).replace('T', ' ')}  ${caseId}\n    ${text}${article === null ? '' : `（${article}）`}\n    ${textEn}`;
