import { eq } from 'drizzle-orm';
import type { Transaction } from '../../db/database.js';
import { contents } from '../../db/schema/index.js';
import { asWritten, type Words } from '../../documents/facts.js';
import { termOf } from '../../rules/glossary.js';

/** A working copy is to be read: what goes on for longer is read where it is stored, under its content's id. */
const mostLines = 200;

/**
 * A permit's content as lines, each with where in the content it stands: `排放口·1·限值：10 mg/m3`. Undefined where the
 * content is not stored as JSON.
 */
export async function permitContents(
  tx: Transaction,
  contentId: string,
): Promise<readonly Words[] | undefined> {
  const [content] = await tx.select().from(contents).where(eq(contents.id, contentId));
  if (content?.mediaType !== 'application/json') return undefined;
  const lines = linesOf(JSON.parse(content.bytes.toString()) as unknown, []);
  if (lines.length <= mostLines) return lines;
  const more = lines.length - mostLines;
  return [
    ...lines.slice(0, mostLines),
    { zh: `（另有 ${more} 项，见内容编号所指的内容）`, en: `(${more} more: see the content)` },
  ];
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
    linesOf(inner, [...path, Array.isArray(value) ? asWritten(String(Number(key) + 1)) : termOf(key)]),
  );
}
