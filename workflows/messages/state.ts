import type { CalendarDate } from '../../rules/date.js';
import type { CaseKind } from './caseId.js';
import type { CaseOpening, ClockView, NextMoment, TaskOpened } from './step.js';
import type { JsonObject } from './json.js';

/** A document that still needs to be sealed or served. */
export interface OpenDocument {
  readonly kind: string;
  readonly needsSeal: boolean;
  readonly needsService: boolean;
  /** The day of its seal: it can not be served before. */
  readonly sealedOn?: CalendarDate;
}

/** What a case's workflow knows. Plain JSON, so that it travels through continue-as-new; `version` tells `upgrade` apart. */
export interface CaseState {
  readonly version: 1;
  readonly caseId: string;
  readonly kind: CaseKind;
  readonly revision: number;
  readonly opening: CaseOpening | null;
  readonly stage: string;
  readonly outcome: string | null;
  readonly facts: JsonObject;
  readonly tasks: Readonly<Record<string, TaskOpened>>;
  readonly documents: Readonly<Record<string, OpenDocument>>;
  readonly clocks: Readonly<Record<string, ClockView>>;
  readonly next: NextMoment | null;
}

/** What a case's workflow is started with. */
export interface CaseInput {
  readonly caseId: string;
  readonly kind: CaseKind;
  /** Milliseconds to add to the workflow's time: 0 but in a rehearsal, whose world has a time of its own. */
  readonly clockOffset: number;
  /** Carried through continue-as-new; absent at the start. */
  readonly state?: CaseState;
  /** The changes that the run was begun under, so that it need not ask (`kernel/patches.ts`); absent in older runs. */
  readonly begunUnder?: readonly Change[];
}

/** A change to the order of commands that runs begun earlier must not see. */
export type Change = 'quietSteps';

/** What every new run is begun under: all of them. */
export const newest = { begunUnder: ['quietSteps'] } as const satisfies Pick<CaseInput, 'begunUnder'>;
