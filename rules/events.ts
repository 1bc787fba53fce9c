import { DomainError } from './errors.js';
import { acceptanceEvents } from './events/acceptance.js';
import { bulletinEvents } from './events/bulletin.js';
import { calendarEvents } from './events/calendar.js';
import { authorityEvents } from './events/authority.js';
import { cancellationEvents } from './events/cancellation.js';
import { decisionEvents } from './events/decision.js';
import { everyCaseEvents } from './events/everyCase.js';
import { issueEvents } from './events/issue.js';
import { leverEvents } from './events/lever.js';
import { permitEvents } from './events/permit.js';
import { registrationEvents } from './events/registration.js';
import { reviewEvents } from './events/review.js';
import { samplingEvents } from './events/sampling.js';
import { tierEvents } from './events/tiers.js';
import { watchEvents } from './events/watch.js';
import { versionEvents } from './events/versions.js';
import type { EventText } from './events/eventText.js';
import { glossary, termOf } from './glossary.js';

/** Every event that a ledger may hold. A name is never changed: ledgers are read for decades. */
export const events = {
  ...acceptanceEvents,
  ...reviewEvents,
  ...decisionEvents,
  ...permitEvents,
  ...cancellationEvents,
  ...authorityEvents,
  ...versionEvents,
  ...issueEvents,
  ...samplingEvents,
  ...bulletinEvents,
  ...tierEvents,
  ...everyCaseEvents,
  ...leverEvents,
  ...calendarEvents,
  ...watchEvents,
  ...registrationEvents,
} as const satisfies Record<string, EventText>;

/** The name of an event. */
export type EventName = keyof typeof events;

/** A parameter of an event, as JSON. */
type Parameter =
  string | number | boolean | null | readonly Parameter[] | { readonly [key: string]: Parameter };

/** A language of our texts. */
export type Language = 'zh' | 'en';

/** What a code is called: documents, files, limits as the case's pack names them, everything else as the glossary does. */
export type Naming = (code: string) => { readonly zh: string; readonly en: string } | undefined;

/**
 * The article and the two sentences of an event with its parameters, as the ledger keeps them. `named` knows the names that
 * the case's pack gives. Throws `internal` for an unknown event.
 */
export function textOf(
  event: string,
  params: Readonly<Record<string, Parameter>>,
  named: Naming = () => undefined,
): EventText {
  if (!Object.hasOwn(events, event))
    throw new DomainError('internal', { what: 'unknown event', found: event });
  const { article, zh, en } = events[event as EventName];
  return { article, zh: fill(zh, params, 'zh', named), en: fill(en, params, 'en', named) };
}

/** A sentence of a template with its `{parameters}` said in the sentence's language. */
export function fill(
  sentence: string,
  params: Readonly<Record<string, Parameter>>,
  language: Language,
  named: Naming = () => undefined,
): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => spoken(params[name] ?? null, language, named));
}

function spoken(value: Parameter, language: Language, named: Naming): string {
  const chinese = language === 'zh';
  if (value === null) return chinese ? '无' : 'none';
  if (typeof value === 'boolean') return chinese ? (value ? '是' : '否') : value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return wordFor(value, language, named);
  if (!isList(value)) return JSON.stringify(value);
  if (value.length === 0) return chinese ? '无' : 'none';
  return value.map((item) => spoken(item, language, named)).join(chinese ? '、' : ', ');
}

const isList = (value: object): value is readonly Parameter[] => Array.isArray(value);

/** The word for a code, whatever its round (`supplement.2`) and part (`opinion.air`); the text itself where it is no code. */
function wordFor(text: string, language: Language, named: Naming): string {
  const [, name = text, round] = /^([A-Za-z.]+?)(?:\.(\d+))?$/.exec(text) ?? [];
  const whole = named(name) ?? known(name);
  const parts = name.split('.').map(known);
  const words = whole === undefined ? parts : [whole];
  const spelled = words.map((word) => word?.[language]);
  if (spelled.includes(undefined)) return text;
  const word = spelled.join(language === 'zh' ? '·' : ', ');
  if (round === undefined) return word;
  return language === 'zh' ? `${word}（第${round}次）` : `${word} (${round})`;
}

const known = (code: string) => (Object.hasOwn(glossary, code) ? termOf(code) : undefined);
