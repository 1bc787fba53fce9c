import type { JsonObject } from '../../messages/json.js';
import { competentOn } from '../../../rules/competence.js';
import { type CalendarDate, type Instant, dateOf } from '../../../rules/date.js';
import { DomainError, type ErrorCode } from '../../../rules/errors.js';
import type { Procedure } from '../../../rules/facts.js';
import type { RulePack } from '../../../rules/pack.js';
import type { Json } from '../../messages/json.js';
import type { Actor } from '../../messages/request.js';
import type { CleanUpChange, RegistrationChange } from '../../messages/register.js';
import type { ReviewChange } from '../../messages/reviews.js';
import type { CaseState } from '../../messages/state.js';
import type {
  CaseOpening,
  ClockChange,
  DocumentChange,
  IssueChange,
  LedgerLine,
  NoticeDraft,
  PermitChange,
  Place,
  SendDraft,
  TaskChange,
} from '../../messages/step.js';

/** What a step knows of its case, and the words by which the case opens, moves, remembers and refuses. */
export abstract class CaseWords<Facts extends JsonObject> {
  protected readonly draft: {
    stage?: string;
    outcome?: string;
    quiet?: boolean;
    facts: Record<string, Json>;
    tasks: TaskChange[];
    clocks: ClockChange[];
    documents: DocumentChange[];
    ledger: LedgerLine[];
    notices: NoticeDraft[];
    toldByHand: string[];
    sends: SendDraft[];
    permit: PermitChange[];
    packId?: string;
    registration: RegistrationChange[];
    cleanUp: CleanUpChange[];
    issue: IssueChange[];
    reviews: ReviewChange[];
    result: Record<string, Json>;
  } = {
    facts: {},
    tasks: [],
    clocks: [],
    documents: [],
    ledger: [],
    notices: [],
    toldByHand: [],
    sends: [],
    permit: [],
    registration: [],
    cleanUp: [],
    issue: [],
    reviews: [],
    result: {},
  };
  protected openedWith: CaseOpening | undefined;

  constructor(
    readonly state: CaseState,
    readonly at: Instant,
    readonly actor: Actor,
    protected pinned: RulePack | undefined,
  ) {}

  /** The rules that the case pinned when it was opened. */
  get pack(): RulePack {
    if (this.pinned === undefined) throw new DomainError('internal', { what: 'the case has no rules yet' });
    return this.pinned;
  }

  /** The day of the step, Asia/Shanghai. */
  get on(): CalendarDate {
    return dateOf(this.at);
  }

  get caseId(): string {
    return this.state.caseId;
  }

  get stage(): string {
    return this.draft.stage ?? this.state.stage;
  }

  /** What the procedure remembers, with what this step has added. The procedure alone writes it, so it has its shape. */
  get facts(): Facts {
    return { ...this.state.facts, ...this.draft.facts } as Facts;
  }

  get opening(): CaseOpening {
    const opening = this.openedWith ?? this.state.opening;
    if (opening === null) throw new DomainError('internal', { what: 'the case has not been opened' });
    return opening;
  }

  /**
   * Makes this the case's first step, under these rules and for the organs that they make responsible on its day; `organs`
   * names those that the procedure knows better.
   */
  open(
    pack: RulePack,
    {
      organs: named = {},
      ...opening
    }: Omit<CaseOpening, 'kind' | 'packId' | 'organs'> & {
      procedure: Procedure;
      organs?: Partial<CaseOpening['organs']>;
    },
  ): void {
    const { accepting, reviewing, deciding, sealing, supervising } = competentOn(
      pack,
      opening.area,
      opening.procedure,
      this.on,
    );
    const organs = { accepting, reviewing, deciding, sealing, supervising, ...named };
    this.pinned = pack;
    this.openedWith = { ...opening, kind: this.state.kind, packId: pack.id, organs };
  }

  /** From this step on the case follows another pack: its documents, chains and conditions, and its clocks, counted anew. */
  moveTo(pack: RulePack): void {
    this.pinned = pack;
    this.draft.packId = pack.id;
  }

  /** The case goes on as another procedure of the same kind of case: its organs are that procedure's from now on. */
  goOnAs(procedure: Procedure): void {
    const { kind: _, packId: __, organs: ___, ...opening } = this.opening;
    this.open(this.pack, { ...opening, procedure });
  }

  organ(place: Place): string {
    return typeof place === 'string' ? this.opening.organs[place] : place.organ;
  }

  /** Refuses the request, unless the case stands at one of these stages. */
  require(...stages: readonly string[]): void {
    if (stages.includes(this.stage)) return;
    this.refuse('case.stage', {
      what: 'the case is not at a stage that allows this',
      where: this.caseId,
      expected: stages.join(' | '),
      found: this.stage,
    });
  }

  /** Refuses the request; the refusal is recorded as its answer. */
  refuse(code: ErrorCode, detail: ConstructorParameters<typeof DomainError>[1]): never {
    throw new DomainError(code, detail);
  }

  enter(stage: string): void {
    this.draft.stage = stage;
  }

  remember(facts: Partial<Facts>): void {
    Object.assign(this.draft.facts, facts);
  }
}
