import type { Calendar } from '../calendar.js';
import type { Standing } from '../citation.js';
import type { CalendarDate } from '../date.js';
import type { RulePack } from '../pack.js';
import type { Category } from './categories.js';
import type { CheckSettings } from './settings.js';

/** The same words in both languages. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** 1: the legal effect is wrong; 2: content is wrong or missing; 3: a matter of form. */
export type Severity = 1 | 2 | 3;

/** The four yardsticks of HJ 1299: complete, conforming, consistent, timely. */
export type Yardstick = 'complete' | 'conforming' | 'consistent' | 'timely';

/** What a finding leads to once a person agrees. */
export type Remedy =
  | 'change'
  | 'authorityChange'
  | 'reapplication'
  | 'rectificationOpinion'
  | 'supplement'
  | 'returnReport'
  | 'bulletin'
  | 'cancellation'
  | 'lead';

/** What a rule needs to know beside the document: the day of the check, the working days, the time limits, the tolerances. */
export interface CheckContext {
  readonly on: CalendarDate;
  readonly calendar: Calendar;
  readonly pack: RulePack;
  readonly settings: CheckSettings;
}

/** One place where a rule's condition holds. */
export interface Found {
  /** The field, as a path: `limits.3.annual`. */
  readonly at: string;
  readonly expected: Words;
  readonly found: Words;
  /** The act that it is about: findings about one act are merged, whichever rules raise them. */
  readonly act: string;
  /** Only a suspicion here, though the rule as a whole decides. */
  readonly suspicion?: true;
  /** Where the value used here was read less well, or better, than the rule as a whole. */
  readonly standing?: Standing;
}

/** What every rule says of itself. */
export interface RuleFacts {
  /** The row of the check catalogue, such as `PQ-03`. */
  readonly id: string;
  /** The standard or the article. */
  readonly basis: Words;
  /** The fields that it reads. */
  readonly reads: readonly string[];
  /** The condition that raises the problem. */
  readonly condition: Words;
  readonly category: Category;
  readonly severity: Severity;
  readonly test: Yardstick;
  readonly remedy: Remedy;
  /** Raised as a suspicion, for a person to confirm. */
  readonly suspicion: boolean;
  /** Whether what the rule rests on was read, recalled, or derived. */
  readonly standing: Standing;
}

/** A rule over one kind of document. */
export interface Rule<Subject> extends RuleFacts {
  readonly find: (subject: Subject, context: CheckContext) => readonly Found[];
}

/** The same text in both languages: a number, a code, a name. */
export const both = (text: string | number): Words => ({ zh: String(text), en: String(text) });

/** Words in two languages. */
export const say = (zh: string, en: string): Words => ({ zh, en });

/** What is not there. */
export const nothing: Words = { zh: '无', en: 'nothing' };

/** A place with its number in a list: `place('limits', 3, 'annual')`. */
export const place = (...parts: readonly (string | number)[]): string => parts.join('.');
