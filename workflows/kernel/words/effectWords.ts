import type { EventName } from '../../../rules/events.js';
import type { Level } from '../../../rules/ladder.js';
import type { NoticeTemplate, SpokenParams } from '../../../rules/notices.js';
import type { MessageName } from '../../messages/between.js';
import type { CaseKind } from '../../messages/caseId.js';
import type { JsonObject } from '../../messages/json.js';
import type { CleanUpChange, RegistrationChange } from '../../messages/register.js';
import type { ReviewChange } from '../../messages/reviews.js';
import type { DocumentChange, IssueChange, PermitChange, SendDraft } from '../../messages/step.js';
import { CaseWords } from './caseWords.js';

/** The words for what a step writes beside its case: ledger, notices, requests to other cases, registers, documents, the answer. */
export abstract class EffectWords<Facts extends JsonObject> extends CaseWords<Facts> {
  /** Writes a line into the ledger. The text and the article are the event's, in `rules/events.ts`. */
  record(event: EventName, params: JsonObject = {}, article?: string | null): void {
    this.draft.ledger.push(article === undefined ? { event, params } : { event, params, article });
  }

  /** Queues a notice. Its text is the template's, in `notices/`; who that is today is found when it is sent. */
  notify<Template extends NoticeTemplate>(
    template: Template,
    recipient: Level,
    params: SpokenParams<Template> & JsonObject,
  ): void {
    this.draft.notices.push({ template, recipient, params });
  }

  /** The recipient of these notices, which no channel could deliver, knows now. */
  toldByHand(notices: readonly string[]): void {
    this.draft.toldByHand.push(...notices);
  }

  /** Sends a request to another case, in this step's transaction. */
  tell(caseId: SendDraft['to'], name: string, body: JsonObject): void {
    this.draft.sends.push({ to: caseId, name, body });
  }

  /** Sends a request to every open case of these kinds that is about a permit: which they are, the transaction knows. */
  tellCasesOf(permitNo: string, kinds: readonly CaseKind[], name: MessageName, body: JsonObject): void {
    this.draft.sends.push({ to: { permitNo, kinds }, name, body });
  }

  permit(change: PermitChange): void {
    this.draft.permit.push(change);
  }

  registration(change: RegistrationChange): void {
    this.draft.registration.push(change);
  }

  cleanUp(change: CleanUpChange): void {
    this.draft.cleanUp.push(change);
  }

  issue(change: IssueChange): void {
    this.draft.issue.push(change);
  }

  reviews(change: ReviewChange): void {
    this.draft.reviews.push(change);
  }

  answer(result: JsonObject): void {
    Object.assign(this.draft.result, result);
  }

  /** The case may continue as new after this step: nothing is under way in it. */
  quietPoint(): void {
    this.draft.quiet = true;
  }

  changeDocument(change: DocumentChange): void {
    this.draft.documents.push(change);
  }
}
