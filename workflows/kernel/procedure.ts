import type { CalendarDate } from '../../rules/date.js';
import type { JsonObject } from '../messages/json.js';
import type { CaseMessages } from '../messages/between.js';
import type { CaseKind } from '../messages/caseId.js';
import type { RequestBodies, TaskForms } from '../messages/catalogue.js';
import type { NextMoment, TaskOpened } from '../messages/step.js';
import type { Step } from './step.js';

/** Everything that may be asked of a case, by people and by other cases. */
export type AllBodies = RequestBodies & CaseMessages;

/** A document, as the handlers of its sealing and service see it. */
export interface DocumentRef {
  readonly id: string;
  readonly kind: string;
  /** The day of the act: the day that clocks run from. */
  readonly on: CalendarDate;
  /** The limit that runs from its service, by the pack. */
  readonly startsClock: string | null;
}

/**
 * A procedure of the law: what happens when. Every entry is one rule: *when this arrives, then that*; together they are
 * the procedure, and the state is plain data, so a case may stand at any point for years, continue as new there, and
 * take up after a crash what the database already knows.
 */
export interface Procedure<Facts extends JsonObject> {
  readonly kind: CaseKind;
  /** The requests that may be a case's first. They call `step.open`. */
  readonly opens: { readonly [Name in keyof AllBodies]?: (step: Step<Facts>, body: AllBodies[Name]) => void };
  readonly requests: {
    readonly [Name in keyof AllBodies]?: (step: Step<Facts>, body: AllBodies[Name]) => void;
  };
  /** Somebody is to have a task of this family: `take` gives it to him, and whoever may not have it is refused. */
  readonly claims?: {
    readonly [Family in keyof TaskForms]?: (
      step: Step<Facts>,
      take: (step: Step<Facts>) => void,
      assignee: string,
    ) => void;
  };
  /** A task of this family was completed. */
  readonly tasks: {
    readonly [Family in keyof TaskForms]?: (
      step: Step<Facts>,
      form: TaskForms[Family],
      task: TaskOpened,
    ) => void;
  };
  /** The last lawful day of this clock is over: it is 00:00 of the next. */
  readonly lapses: Readonly<Record<string, (step: Step<Facts>, moment: NextMoment) => void>>;
  /** A moment of the ladder that means more here than a reminder: `<clock>/<action>`. */
  readonly moments?: Readonly<Record<string, (step: Step<Facts>, moment: NextMoment) => void>>;
  /** A document of this kind bears its seal and date, and so is issued; until it is served it may be voided. */
  readonly issued?: Readonly<Record<string, (step: Step<Facts>, document: DocumentRef) => void>>;
  /** A document of this kind takes effect with its seal: only another decision undoes it. */
  readonly sealed?: Readonly<Record<string, (step: Step<Facts>, document: DocumentRef) => void>>;
  readonly served?: Readonly<Record<string, (step: Step<Facts>, document: DocumentRef) => void>>;
  /** A document of this kind was voided before it was served: it may have to be issued anew. */
  readonly voided?: Readonly<Record<string, (step: Step<Facts>, document: DocumentRef) => void>>;
  /** How a signed lever ends a case, and at which stages it still may. A kind of case without it is ended by the law alone. */
  readonly ended?: {
    readonly stages: readonly string[];
    readonly end: (step: Step<Facts>, reason: string) => void;
  };
  /** The draft of this subject came back to the officer who drafted it. */
  readonly redrafted?: Readonly<Record<string, (step: Step<Facts>) => void>>;
  /** The chain of this subject is signed to its end. */
  readonly signed?: Readonly<Record<string, (step: Step<Facts>) => void>>;
}

/** A procedure as the kernel runs it: what it remembers is its own affair. */
export type AnyProcedure = Procedure<JsonObject>;

/** Hands a procedure to the kernel. The one place where the shape of its facts is forgotten. */
export const procedure = <Facts extends JsonObject>(definition: Procedure<Facts>): AnyProcedure =>
  definition as unknown as AnyProcedure;
