import { dateOf } from '../rules/date.js';
import { packOfArea } from '../rules/packs/index.js';
import { runCase } from './kernel/case.js';
import { issueDocument } from './kernel/documents.js';
import { type Procedure, procedure } from './kernel/procedure.js';
import { startSigning } from './kernel/sign.js';
import type { Step } from './kernel/step.js';
import type { RequestBodies, TaskForms } from './messages/catalogue.js';
import type { CaseInput } from './messages/state.js';

/** What a clean-up remembers. The permits on its list are the database's. */
type CleanUpFacts = {
  readonly area: string;
};

type CleanUpStep = Step<CleanUpFacts>;

/** A batch list holds no more permits than this; the rest is for the next. */
const mostItems = 500;

/** SEED II(1): the expired permits of closed units that the area's organ decides on, each checked against what would hold its cancellation. */
function draft(step: CleanUpStep, { area }: RequestBodies['cleanUp.draft']): void {
  step.open(packOfArea(area, dateOf(step.at)), { area, procedure: 'cleanUp', unitId: '', permitNo: null });
  step.remember({ area });
  const organ = step.organ('deciding');
  step.dependOn(
    'cleanUpCandidates',
    { organ },
    {
      some: (branch) => {
        branch.cleanUp({ type: 'draft', batch: branch.caseId, organ, most: mostItems });
        branch.record('cleanUp.drafted', { area });
        review(branch);
      },
    },
  );
}

/** An officer looks through the list, and takes off it, with a reason, what does not belong there. */
function review(step: CleanUpStep): void {
  step.enter('checkingList');
  step.openTask('cleanUpReview', 'officer', 'accepting', { limit: 'cleanUp.review' });
}

/** What was taken off stays off, with its reason; the rest is signed. */
function submit(step: CleanUpStep, { opinion, removed }: TaskForms['cleanUpReview']): void {
  for (const { permitNo, reason } of removed)
    step.cleanUp({ type: 'remove', batch: step.caseId, permitNo, reason });
  step.record('cleanUp.reviewed', { opinion, removed: removed.map(({ permitNo }) => permitNo) });
  step.enter('signing');
  startSigning(step, 'cleanUp', { legalReview: true });
}

/** Signed: the list is sealed and published, and then each permit gets a cancellation of its own. */
function issueList(step: CleanUpStep): void {
  step.enter('sealing');
  issueDocument(step, 'cleanUpList', {}, 'deciding');
}

/** No permit is cancelled by a list: each is told, looks once more at what holds it, and opens its own case. */
function openCancellations(step: CleanUpStep): void {
  step.cleanUp({ type: 'send', batch: step.caseId });
  step.record('cleanUp.sent', {});
  step.openTask('publicity', 'acceptance', 'accepting', { limit: 'publicity' });
  step.conclude('sent', 'publicity');
}

/** A signed lever ends it before its list is sealed: no permit was told. */
function end(step: CleanUpStep, reason: string): void {
  step.record('cleanUp.ended', { reason });
  step.conclude('ended');
}

/**
 * The periodic clean-up (清理) of expired permits of closed units, a batch list of an organ:
 *
 *   checkingList ⇄ signing → sealing → concluding → closed
 */
const definition: Procedure<CleanUpFacts> = {
  kind: 'cleanUp',
  opens: { 'cleanUp.draft': draft },
  requests: {},
  tasks: {
    cleanUpReview: submit,
    publicity: (step, { on }) => step.record('cleanUp.published', { on }),
  },
  lapses: {},
  sealed: { cleanUpList: openCancellations },
  voided: { cleanUpList: issueList },
  ended: { stages: ['checkingList', 'signing'], end },
  redrafted: { cleanUp: review },
  signed: { cleanUp: issueList },
};

/** The workflow of a clean-up: `cleanUp/<organ>-<year>-<n>`. */
export async function cleanUp(input: CaseInput): Promise<void> {
  await runCase(procedure(definition), input);
}
