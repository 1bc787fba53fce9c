import { readFile } from 'node:fs/promises';
import { eq } from 'drizzle-orm';
import { nextPage } from '../activities/publication/page.js';
import { tryPage, type TriedChange, withCalendar } from '../activities/publication/trial.js';
import type { Database } from '../db/database.js';
import { CalendarSource, calendarWith } from '../db/queries/calendarSource.js';
import {
  confirmEdition,
  findPublication,
  listPublications,
  proposeEdition,
  type Publication,
} from '../db/queries/publications.js';
import { grants, users } from '../db/schema/index.js';
import { type AnnouncedYear, parseEdition } from '../rules/calendarEdition.js';
import { DomainError } from '../rules/errors.js';
import { editionText } from '../workflows/messages/publication.js';
import { changesText } from './changesText.js';
import type { Output } from './output.js';
import { withDatabase } from './withDatabase.js';

/** What `yizheng calendar publish` is told. */
export interface PublishOptions {
  readonly dryRun?: true;
  readonly confirmedBy?: string;
  readonly json?: true;
}

/** The installation itself: there is no HTTP request, and nobody is signed in. */
const byHand = { actorId: null, requestId: null };

/**
 * `yizheng calendar publish`: tries an edition on every open clock, and unless that is all, hands it to the workers to be
 * published. Answers with the exit code: 1 where due days change and no legal officer is named, which leaves the edition
 * tried and waiting. Throws `input.invalid` with every fault of the file.
 */
export async function publishCalendar(
  path: string,
  { dryRun, confirmedBy, json }: PublishOptions,
  output: Output,
): Promise<number> {
  const announced = parseEdition(await jsonOf(path));
  return await withDatabase(async (db) => {
    if (dryRun === true) {
      const changes = await tryOn(db, announced);
      output.out(
        json === true ? JSON.stringify({ year: announced.year, changes }, null, 2) : changesText(changes),
      );
      return 0;
    }
    const tried = await triedToTheEnd(db, announced);
    const row = await confirmed(db, tried, confirmedBy);
    const { year, edition, document, hash, status } = row;
    const report = { year, edition, document, hash, status, tried: row.tried, changed: row.changed };
    output.out(json === true ? JSON.stringify(report, null, 2) : publicationText(row));
    return status === 'tried' ? 1 : 0;
  });
}

/** `yizheng calendar list`: every edition that was proposed, and how far it has come. */
export async function listCalendars({ json }: { readonly json?: true }, output: Output): Promise<void> {
  const rows = await withDatabase(listPublications);
  const items = rows.map(({ days: _, cursor: __, ...row }) => row);
  output.out(json === true ? JSON.stringify(items, null, 2) : rows.map(publicationText).join('\n'));
}

async function jsonOf(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new DomainError('input.invalid', {
      ...{ what: '文件无法打开 · the file can not be opened', found: path },
    });
  });
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new DomainError('input.invalid', { what: '不是 JSON · not JSON', where: path, expected: 'JSON' });
  }
}

/** What an edition would change, of all open cases. Writes nothing. */
async function tryOn(db: Database, announced: AnnouncedYear): Promise<readonly TriedChange[]> {
  const rulesFor = withCalendar(
    await calendarWith(db, { ...announced, edition: Number.MAX_SAFE_INTEGER, estimated: false }),
  );
  const all: TriedChange[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await tryPage(db, cursor, rulesFor);
    all.push(...page.changes);
    ({ cursor } = page);
  }
  return all;
}

/** The edition, proposed and tried to the end: by us, whether or not a worker is there. */
async function triedToTheEnd(db: Database, announced: AnnouncedYear): Promise<Publication> {
  const proposed = await proposeEdition(db, announced, byHand);
  for (let row = proposed; row.status === 'trying'; row = await findPublication(db, row))
    await nextPage(db, new CalendarSource(), row);
  return await findPublication(db, proposed);
}

async function confirmed(db: Database, row: Publication, username: string | undefined): Promise<Publication> {
  if (row.status !== 'tried' || (row.tried > 0 && username === undefined)) return row;
  const person = username === undefined ? 'console' : await legalOfficer(db, username);
  const by = {
    person,
    isLegalOfficer: username !== undefined,
    hash: row.hash,
    reason: 'yizheng calendar publish',
  };
  return await confirmEdition(db, row, { ...by, ...byHand });
}

/** The account of this name, which must hold the role. Throws `auth.forbidden`. */
async function legalOfficer(db: Database, username: string): Promise<string> {
  const held = await db
    .select({ id: users.id, role: grants.role })
    .from(users)
    .innerJoin(grants, eq(grants.userId, users.id))
    .where(eq(users.username, username));
  const found = held.find(({ role }) => role === 'legalOfficer');
  if (found !== undefined) return found.id;
  throw new DomainError('auth.forbidden', {
    ...{ what: '须由法制人员确认 · a legal officer confirms the edition', where: '--confirmed-by' },
    ...{ expected: 'legalOfficer', found: username },
  });
}

const statusNames = {
  trying: '试算中 · being tried',
  tried: '待法制人员确认 · waits for a legal officer',
  confirmed: '已确认，待发布 · confirmed, waits for a worker',
  publishing: '发布中 · being published',
  published: '已发布 · published',
} as const satisfies Record<Publication['status'], string>;

function publicationText(row: Publication): string {
  const { status, tried, changed, document } = row;
  return `${editionText(row)}  ${document}  ${statusNames[status]}  试算 ${tried} 个、已改 ${changed} 个届满日 · ${tried} due days tried, ${changed} changed`;
}
