import { categories, type Category } from '../../rules/checks/categories.js';
import type { CalendarDate } from '../../rules/date.js';
import { dateInChinese, dateInEnglish } from '../../rules/dateText.js';
import { termOf } from '../../rules/glossary.js';
import { groundOf } from '../../rules/instruments.js';
import { organOf, type RulePack } from '../../rules/pack.js';
import {
  asWritten,
  type DocumentFacts,
  type Fact,
  type FactName,
  type Words,
} from '../../documents/facts.js';
import type { Json, JsonObject } from '../../workflows/messages/json.js';
import { nameIn } from './ledger.js';

type Reader = (value: Json, pack: RulePack, unitName: string) => Fact | undefined;

const text = (value: Json): Words | undefined =>
  typeof value === 'string' || typeof value === 'number' ? asWritten(withoutStop(String(value))) : undefined;

/** Templates end the sentence themselves. */
const withoutStop = (written: string): string => written.trim().replace(/[。．.；;\s]+$/, '');

const date = (value: Json): Words | undefined =>
  typeof value === 'string'
    ? { zh: dateInChinese(value as CalendarDate), en: dateInEnglish(value as CalendarDate) }
    : undefined;

/** What the pack calls it, else the glossary. */
const named = (code: string, pack: RulePack): Words => nameIn(pack, code) ?? termOf(code);

const term = (value: Json, pack: RulePack): Words | undefined =>
  typeof value === 'string' ? named(value, pack) : undefined;

const organName = (value: Json, pack: RulePack): Words | undefined => {
  if (typeof value !== 'string') return undefined;
  const { zh, en } = organOf(pack, value);
  return { zh, en };
};

const list = (value: Json): readonly Json[] => (isList(value) ? value : []);
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const terms = (value: Json, pack: RulePack): readonly Words[] =>
  list(value).flatMap((each) => (typeof each === 'string' ? named(each, pack) : []));

const said = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const field = (value: Json, name: string): Json | undefined =>
  value !== null && typeof value === 'object' && !isList(value) ? value[name] : undefined;

/** A field of an entry of a list, as it was written. */
const entry = (value: Json, name: string): string => said(field(value, name));

const joined = (words: readonly Words[], between: { readonly zh: string; readonly en: string }): Words => ({
  zh: words.map(({ zh }) => zh).join(between.zh),
  en: words.map(({ en }) => en).join(between.en),
});

/** A reason is what a person wrote, or the triggers of a visit by name. */
const reason: Reader = (value, pack) =>
  isList(value) ? joined(terms(value, pack), { zh: '、', en: ', ' }) : text(value);

/** An item and what is wrong with it. */
const defects: Reader = (value, pack) =>
  list(value).map((each) =>
    joined([named(entry(each, 'item'), pack), asWritten(withoutStop(entry(each, 'what')))], {
      zh: '：',
      en: ': ',
    }),
  );

/** A fact, whether it was found as stated, and what the officers noted. */
const findings: Reader = (value) =>
  list(value).map((each) => {
    const { zh, en } = termOf(entry(each, 'fact'));
    const consistent = field(each, 'consistent') === true;
    const note = withoutStop(entry(each, 'note'));
    return {
      zh: `${zh}：${consistent ? '与申请一致' : '与申请不一致'}。${note}。`,
      en: `${en}: ${consistent ? 'as stated' : 'not as stated'} (${note})`,
    };
  });

/** The reason of a denial with its article: of law, as the procedure has seen to. */
const grounds: Reader = (value) =>
  list(value).map((each) => {
    const citation = groundOf(entry(each, 'article'));
    const written = withoutStop(entry(each, 'reason'));
    return citation === undefined
      ? asWritten(written)
      : { zh: `${written}（${citation.zh}）`, en: `${written} (${citation.en})` };
  });

const articles: Reader = (value) =>
  list(value).flatMap((each) => (typeof each === 'string' ? (groundOf(each) ?? []) : []));

/** A hearing's parties are told with the applicant. */
const parties: Reader = (value, _pack, unitName) =>
  joined([...list(value).map((each) => asWritten(said(each))), asWritten(unitName)], {
    zh: '、',
    en: ', ',
  });

const people: Reader = (value) => list(value).map((each) => asWritten(said(each)));

/** The proofs that a revision asks for, by the conditions that want them. */
const papers: Reader = (value, pack) =>
  list(value).flatMap(
    (each) => pack.gates.find((gate) => gate.id === each)?.evidence ?? asWritten(said(each)),
  );

/** A category of problems by its name, or as a ledger from elsewhere calls it. */
const category: Reader = (value) =>
  typeof value === 'string' && Object.hasOwn(categories, value)
    ? categories[value as Category]
    : asWritten(said(value));

/** What each parameter of a document is to a template. */
const readers: Readonly<Record<string, readonly [FactName, Reader]>> = {
  reason: ['reason', reason],
  rightAuthority: ['rightAuthority', text],
  articles: ['articles', articles],
  deemed: ['deemed', (value) => value === true],
  told: ['defects', defects],
  opinion: ['opinion', text],
  grounds: ['grounds', grounds],
  round: ['round', text],
  elements: ['elements', terms],
  demands: ['demands', text],
  papers: ['papers', papers],
  clock: ['clock', term],
  ground: ['pauseGround', term],
  expectedDays: ['expectedDays', text],
  days: ['extraDays', text],
  visitedOn: ['visitedOn', date],
  officers: ['officers', people],
  findings: ['findings', findings],
  matter: ['matter', text],
  parties: ['addressee', parties],
  toOrgan: ['addressee', organName],
  place: ['place', text],
  chair: ['chair', text],
  record: ['record', text],
  actGround: ['actGround', term],
  hearingRight: ['hearingRight', (value) => value === true],
  publicInterest: ['publicInterest', text],
  compensation: ['compensation', (value) => value === true],
  asks: ['asks', term],
  source: ['source', term],
  ended: ['endedHow', term],
  registrationNo: ['registrationNo', text],
  lastDay: ['lastDay', date],
  category: ['issueCategory', category],
  severity: ['severity', term],
  description: ['description', text],
  basis: ['issueBasis', text],
  measure: ['measure', text],
  rectifyDays: ['rectifyDays', text],
  rectifiedOn: ['rectifiedOn', date],
  determination: ['determination', term],
  method: ['method', term],
  recipient: ['recipient', text],
  receipt: ['receipt', text],
};

/** The facts that a document was issued with. `unitName` is the applicant's. */
export function paramFacts(pack: RulePack, params: JsonObject, unitName = ''): DocumentFacts {
  const facts = Object.entries(params).flatMap(([name, value]): [string, Fact][] => {
    const [fact, read] = Object.hasOwn(readers, name) ? (readers[name] ?? []) : [];
    const given = fact === undefined || value === null ? undefined : read?.(value, pack, unitName);
    return fact === undefined || given === undefined ? [] : [[fact, given]];
  });
  // The day of a hearing, or of a service: which of them, the document's other parameters tell.
  const on = params['on'] === undefined ? undefined : date(params['on']);
  const dayOf = 'of' in params ? 'servedOn' : 'hearingOn';
  return Object.fromEntries(on === undefined ? facts : [...facts, [dayOf, on]]);
}
