import { inArray } from 'drizzle-orm';
import type { Database } from '../../db/database.js';
import { requests } from '../../db/schema/index.js';

/** Why a case refused what a row asked of it. */
export interface RefusedRequest {
  readonly code: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What became of the requests of an import. */
export interface Answers {
  readonly refused: ReadonlyMap<string, RefusedRequest>;
  /** How many are still on their way: the relay goes on with them. */
  readonly open: number;
}

/** How many requests are looked at together. */
const page = 1000;

/** Waits until the cases have answered, at most so many milliseconds; what is not answered by then is, later. */
export async function answersTo(
  db: Database,
  requestIds: readonly string[],
  patience: number,
): Promise<Answers> {
  const until = Date.now() + patience;
  const refused = new Map<string, RefusedRequest>();
  let open = [...requestIds];
  for (;;) {
    const waiting: string[] = [];
    for (let first = 0; first < open.length; first += page) {
      const rows = await db
        .select({ id: requests.id, status: requests.status, answer: requests.answer })
        .from(requests)
        .where(inArray(requests.id, open.slice(first, first + page)));
      for (const { id, status, answer } of rows) {
        if (status === 'open') waiting.push(id);
        if (status === 'refused') refused.set(id, refusalOf(answer));
      }
    }
    open = waiting;
    if (open.length === 0 || Date.now() >= until) return { refused, open: open.length };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function refusalOf(answer: Readonly<Record<string, unknown>> | null): RefusedRequest {
  const { code, detail } = answer ?? {};
  return {
    code: typeof code === 'string' ? code : 'internal',
    detail: typeof detail === 'object' && detail !== null ? { ...detail } : {},
  };
}
