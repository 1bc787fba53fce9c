import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { watchFindings } from '../db/schema/index.js';
import type { Channel } from '../notices/channel.js';
import type { Letter } from '../notices/letter.js';
import { allWatchKinds, watchKind } from '../rules/watchKinds.js';
import type { WatchContext } from './context.js';

type Finding = typeof watchFindings.$inferSelect;

/** Whom the watch tells, and by which way. */
export interface AlertTarget {
  readonly channel: Pick<Channel, 'messageIdOf' | 'send'>;
  readonly address: string;
}

/** How many findings of a kind a letter names. */
const named = 20;

/**
 * Tells the administrators once of each finding, and once that it is gone: one letter for all that is untold. What the mail
 * server does not take stays untold until the next look. Ids and words alone: the letter names no person. Answers with how
 * many findings were told of.
 */
export async function tellAdministrators(
  { db, logger }: Pick<WatchContext, 'db' | 'logger'>,
  { channel, address }: AlertTarget,
): Promise<number> {
  const untold = await db.select().from(watchFindings).where(eq(watchFindings.told, false));
  if (untold.length === 0) return 0;
  const messageId = channel.messageIdOf(`watch/${randomUUID()}`);
  const outcome = await channel.send({ messageId, address, letter: letterOf(untold) });
  if (outcome.type !== 'sent') {
    logger.warn({ reason: outcome.reason }, 'the administrators could not be told');
    return 0;
  }
  await db.transaction(async (tx) => {
    for (const { kind, id, goneAt } of untold) {
      // One that has turned since is told of again.
      const same = goneAt === null ? sql`gone_at is null` : sql`gone_at is not null`;
      const row = and(eq(watchFindings.kind, kind), eq(watchFindings.id, id), same);
      await tx.update(watchFindings).set({ told: true }).where(row);
    }
  });
  return untold.length;
}

function letterOf(findings: readonly Finding[]): Letter {
  const standing = findings.filter(({ goneAt }) => goneAt === null);
  const gone = findings.filter(({ goneAt }) => goneAt !== null);
  return {
    subject: `一证值守 · Yizheng watch: ${standing.length} 项新发现 found, ${gone.length} 项已消除 gone`,
    body: [
      ...paragraphsOf(standing, true),
      ...(gone.length === 0 ? [] : ['已消除 · gone:', ...paragraphsOf(gone, false)]),
      'yizheng doctor，GET /watch',
    ].join('\n\n'),
  };
}

function paragraphsOf(findings: readonly Finding[], withRemedy: boolean): readonly string[] {
  return allWatchKinds.flatMap((kind) => {
    const ids = findings.filter((finding) => finding.kind === kind).map(({ id }) => id);
    if (ids.length === 0) return [];
    const { zh, en, remedy } = watchKind(kind);
    const more = ids.length > named ? [`… +${ids.length - named}`] : [];
    const what = withRemedy ? [`→ ${remedy.zh} · ${remedy.en}`] : [];
    return [[`${zh} · ${en} (${ids.length})`, ...ids.slice(0, named), ...more, ...what].join('\n')];
  });
}
