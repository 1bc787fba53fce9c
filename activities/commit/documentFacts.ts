import { and, desc, eq, ne } from 'drizzle-orm';
import { type CalendarDate, dateOf, type Instant, parseInstant } from '../../rules/date.js';
import { dateInChinese, dateInEnglish } from '../../rules/dateText.js';
import { bulletinLines } from '../../rules/bulletinLines.js';
import { termOf } from '../../rules/glossary.js';
import { type Limit, mayTakeEffect } from '../../rules/limit.js';
import { organOf, type RulePack } from '../../rules/pack.js';
import { remedySentence } from '../../rules/remedies.js';
import type { Transaction } from '../../db/database.js';
import { figureCounts } from '../../db/queries/bulletins.js';
import {
  type cases,
  cleanUpItems,
  type clocks,
  documents,
  permits,
  permitVersions,
  units,
} from '../../db/schema/index.js';
import { statement } from '../../db/statement.js';
import { asWritten, type DocumentFacts, type Fact, type Words } from '../../documents/facts.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import { permitContents } from './permitContents.js';
import { paramFacts } from './paramFacts.js';

/** The case that issues a document, as its step leaves it. */
export interface IssuingCase extends Pick<
  typeof cases.$inferSelect,
  'id' | 'unitId' | 'permitNo' | 'procedure' | 'facts'
> {
  readonly pack: RulePack;
  readonly clocks: readonly (typeof clocks.$inferSelect)[];
}

/** The document to be rendered. */
export interface DocumentToRender {
  readonly kind: string;
  readonly organ: string;
  readonly params: JsonObject;
  readonly at: Instant;
}

// Nearly every document names its unit: the query builder took longer over it than the database.
const unitOf = statement<{ name: string; creditCode: string }>(
  'commit.unitOf',
  'select name, credit_code as "creditCode" from units where id = $1',
);

/** The document that another one follows upon in its case, and speaks of. */
const followsUpon: Readonly<Record<string, string>> = {
  returnNotice: 'supplementNotice',
  hearingRecord: 'hearingNotice',
  cancellationDecision: 'cancellationIntention',
  cancellationPublication: 'cancellationDecision',
  formalCancellationNotice: 'formalCancellation',
  conversionPublication: 'conversionDecision',
};

/**
 * Everything that a template may say of a document: from its case, the unit, the permit, the clocks and the pack, as the
 * step's transaction sees them, but for its number, which is taken last. What is not known is left out.
 */
export async function documentFacts(
  tx: Transaction,
  issuing: IssuingCase,
  document: DocumentToRender,
): Promise<DocumentFacts> {
  const { pack } = issuing;
  const { kind, organ, params, at } = document;
  const documentKind = pack.documents[kind];
  const [unit] = await unitOf(tx, issuing.unitId);
  const earlier = await earlierOf(tx, issuing.id, followsUpon[kind]);
  const name = unit?.name ?? issuing.unitId;
  const term = documentKind?.startsClock === null ? undefined : pack.limits[documentKind?.startsClock ?? ''];
  return known({
    title: documentKind,
    replacedNumber: await numberOf(tx, params['replaces']),
    organ: organOf(pack, organ),
    draftedOn: day(dateOf(at)),
    articles: documentKind?.grounds,
    remedies: documentKind?.remedies === true ? remedySentence(pack, organ) : undefined,
    addressee: asWritten(name),
    caseNo: asWritten(issuing.id.slice(issuing.id.indexOf('/') + 1)),
    procedure: termOf(issuing.procedure),
    unitName: asWritten(name),
    creditCode: unit === undefined ? undefined : asWritten(unit.creditCode),
    earlierNumber: earlier?.number === null || earlier === undefined ? undefined : asWritten(earlier.number),
    term: term === undefined ? undefined : lengthOf(term),
    termBinds: term === undefined ? undefined : mayTakeEffect(term),
    ...(await permitFacts(tx, issuing, kind)),
    ...(kind === 'bulletin' ? await bulletinFacts(tx, issuing) : {}),
    ...(kind === 'cleanUpList' ? { cleanUpPermits: await listedPermits(tx, issuing.id) } : {}),
    ...caseFacts(issuing),
    ...clockFacts(issuing),
    ...(earlier === undefined ? {} : paramFacts(pack, { place: earlier.params['place'] ?? null })),
    ...(await servedFacts(tx, pack, params['of'])),
    ...paramFacts(pack, params, name),
  });
}

/** Leaves out what is not known. */
const known = (facts: { readonly [Name in keyof DocumentFacts]: Fact | undefined }): DocumentFacts =>
  Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));

const day = (date: CalendarDate): Words => ({ zh: dateInChinese(date), en: dateInEnglish(date) });

/** What the case remembers: the days of receipt and acceptance, the class, the papers, whether the holder was heard. */
function caseFacts({ facts, pack }: IssuingCase): DocumentFacts {
  const { receivedOn, acceptedOn, permitClass, files, statement, ground } = facts;
  const dayOf = (value: unknown): Words | undefined =>
    typeof value === 'string' ? day(value as CalendarDate) : undefined;
  const listed = Array.isArray(files) ? (files as readonly string[]) : undefined;
  return known({
    receivedOn: dayOf(receivedOn),
    acceptedOn: dayOf(acceptedOn),
    permitClass: typeof permitClass === 'string' ? termOf(permitClass) : undefined,
    files: listed?.map((item) => pack.requiredFiles.find((file) => file.id === item) ?? asWritten(item)),
    statement: statement === true ? heard : statement === false ? notHeard : undefined,
    // A case from before there was more than one ground says none.
    expiredUnrenewed: ground === undefined || ground === 'expired',
    cancellationGround:
      typeof ground === 'string' && ground !== 'expired' ? termOf(`ground.${ground}`) : undefined,
  });
}

const heard: Words = {
  zh: '已收到你单位的陈述申辩并进行了复核',
  en: 'your statement was received and reviewed',
};
const notHeard: Words = {
  zh: '期限内未收到你单位的陈述申辩',
  en: 'no statement was received in time',
};

/** The days that the case's clocks come to, after the step. */
function clockFacts({ clocks: rows, pack }: IssuingCase): DocumentFacts {
  const decision = rows.find((clock) => clock.id === 'decision');
  const completeness = rows.filter(({ id, state }) => id.startsWith('completeness.') && state === 'running');
  const limit = pack.limits[decision?.limit ?? ''];
  const { due, promisedDue } = decision ?? {};
  return known({
    completenessDue: dueWords(completeness.at(-1), completeness.at(-1)?.due),
    decisionLimit: limit === undefined ? undefined : lengthOf(limit),
    decisionDue: dueWords(decision, due),
    promisedDue: promisedDue === due ? undefined : dueWords(decision, promisedDue),
  });
}

/** A due day as a document says it: one that counts a year whose holidays are not announced yet says that it may move. */
function dueWords(
  clock: Pick<IssuingCase['clocks'][number], 'estimated'> | undefined,
  date: CalendarDate | null | undefined,
): Words | undefined {
  if (clock === undefined || date === null || date === undefined) return undefined;
  const { zh, en } = day(date);
  if (clock.estimated === 'no') return { zh, en };
  return {
    zh: `${zh}（放假安排尚未公布，暂按周末推算）`,
    en: `${en} (by weekends only, until the holidays are announced)`,
  };
}

/** A length as documents say it: 30个工作日, 30 working days. */
function lengthOf({ length, unit }: Pick<Limit, 'length' | 'unit'>): Words {
  const { zh, en } = {
    workingDay: wordsOfUnit('个工作日', 'working day'),
    calendarDay: wordsOfUnit('日', 'day'),
    year: wordsOfUnit('年', 'year'),
  }[unit];
  return { zh: `${length}${zh}`, en: `${length} ${en}${length === 1 ? '' : 's'}` };
}

const wordsOfUnit = (zh: string, en: string): Words => ({ zh, en });

/** The permit that the case is about, and, for a working copy, its newest version. */
async function permitFacts(tx: Transaction, { permitNo }: IssuingCase, kind: string): Promise<DocumentFacts> {
  if (permitNo === null) return {};
  const [permit] = await tx.select().from(permits).where(eq(permits.permitNo, permitNo));
  if (permit === undefined) return { permitNo: asWritten(permitNo) };
  const facts: DocumentFacts = {
    permitNo: asWritten(permitNo),
    permitClass: termOf(permit.permitClass),
    area: asWritten(permit.area),
    validFrom: day(permit.validFrom),
    validTo: day(permit.validTo),
  };
  if (kind !== 'certificateCopy') return facts;
  const [version] = await tx
    .select()
    .from(permitVersions)
    .where(and(eq(permitVersions.permitNo, permitNo), eq(permitVersions.version, permit.version)));
  if (version === undefined) return facts;
  const { businessNo, at } = version.platform ?? {};
  return known({
    ...facts,
    version: asWritten(String(version.version)),
    versionCause: termOf(version.kind),
    platformNo: typeof businessNo === 'string' ? asWritten(businessNo) : undefined,
    platformAt: typeof at === 'string' ? asWritten(platformTime(at)) : undefined,
    contentId: asWritten(version.contentId),
    contents: await permitContents(tx, version.contentId),
  });
}

/** The permits that are on the batch list still, each with its unit and its last day. */
async function listedPermits(tx: Transaction, batch: string): Promise<readonly Words[]> {
  const listed = await tx
    .select({ permitNo: cleanUpItems.permitNo, validTo: cleanUpItems.validTo, name: units.name })
    .from(cleanUpItems)
    .leftJoin(units, eq(units.id, cleanUpItems.unitId))
    .where(and(eq(cleanUpItems.batch, batch), eq(cleanUpItems.state, 'listed')))
    .orderBy(cleanUpItems.permitNo);
  return listed.map(({ permitNo, validTo, name }) => ({
    zh: `${permitNo}，${name ?? ''}，有效期至${dateInChinese(validTo)}`,
    en: `${permitNo}, ${name ?? ''}, valid to ${dateInEnglish(validTo)}`,
  }));
}

/** What a bulletin says: its text, and a line for the region and for each city. */
async function bulletinFacts(tx: Transaction, { id, facts, pack }: IssuingCase): Promise<DocumentFacts> {
  const counts = await figureCounts(tx, id);
  return {
    bulletinText: asWritten(typeof facts['text'] === 'string' ? facts['text'] : ''),
    bulletinLines: bulletinLines(counts, pack.divisions),
  };
}

/** The platform's time as the platform's own pages show it: 2026-11-25 02:23, Asia/Shanghai. */
const platformTime = (at: string): string => parseInstant(at, 'platform.at').slice(0, 16).replace('T', ' ');

async function earlierOf(tx: Transaction, caseId: string, kind: string | undefined) {
  if (kind === undefined) return undefined;
  const [found] = await tx
    .select({ number: documents.number, params: documents.params })
    .from(documents)
    .where(and(eq(documents.caseId, caseId), eq(documents.kind, kind), ne(documents.state, 'void')))
    .orderBy(desc(documents.draftedAt))
    .limit(1);
  return found;
}

async function numberOf(tx: Transaction, id: unknown): Promise<Words | undefined> {
  if (typeof id !== 'string') return undefined;
  const [found] = await tx.select({ number: documents.number }).from(documents).where(eq(documents.id, id));
  const number = found?.number ?? null;
  return number === null ? undefined : asWritten(number);
}

/** The document whose service is recorded. */
async function servedFacts(tx: Transaction, pack: RulePack, id: unknown): Promise<DocumentFacts> {
  if (typeof id !== 'string') return {};
  const [served] = await tx.select({ kind: documents.kind }).from(documents).where(eq(documents.id, id));
  return known({
    servedTitle: pack.documents[served?.kind ?? ''],
    servedNumber: await numberOf(tx, id),
  });
}
