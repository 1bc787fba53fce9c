import { and, eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/database.js';
import { contents } from '../../db/schema/index.js';
import { asWritten, type Words } from '../../documents/facts.js';
import { fieldTerm } from '../../rules/content/terms.js';

/** A working copy is to be read: what goes on for longer is read where it is stored, under its content's id. */
const mostLines = 200;
/** In bytes: a step does not wait for a content that no copy would hold anyway. */
const mostBytes = 512 * 1024;

/**
 * A permit's content as lines, each with where in the content it stands: `排放口·1·限值：10 mg/m3`. Undefined where the
 * content is not stored as JSON, or is too large to be read in a step.
 */
export async function permitContents(
  tx: Transaction,
  contentId: string,
): Promise<readonly Words[] | undefined> {
  const [content] = await tx
    .select()
    .from(contents)
    .where(and(eq(contents.id, contentId), sql`octet_length(${contents.bytes}) <= ${mostBytes}`));
  const value = content?.mediaType === 'application/json' ? jsonOf(content.bytes) : undefined;
  if (value === undefined) return undefined;
  const lines = linesOf(value, []);
  if (lines.length <= mostLines) return lines;
  const more = lines.length - mostLines;
  return [
    ...lines.slice(0, mostLines),
    { zh: `（另有 ${more} 项，见内容编号所指的内容）`, en: `(${more} more: see the content)` },
  ];
}

/** Undefined for what is no JSON: contents of older releases were not checked. */
function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString()) as unknown;
  } catch {
    return undefined;
  }
}

function linesOf(value: unknown, path: readonly Words[]): readonly Words[] {
  if (value === null || typeof value !== 'object') {
    const written = String(value);
    return [
      {
        zh: `${path.map(({ zh }) => zh).join('·')}：${written}`,
        en: `${path.map(({ en }) => en).join(', ')}: ${written}`,
      },
    ];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    linesOf(inner, [...path, Array.isArray(value) ? asWritten(String(Number(key) + 1)) : fieldTerm(key)]),
  );
}
