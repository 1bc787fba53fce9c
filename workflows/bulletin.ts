import { type CalendarDate, dateOf } from '../rules/date.js';
import { packOf } from '../rules/packs/index.js';
import { supervisingOrgans } from '../rules/samplingArea.js';
import { runCase } from './kernel/case.js';
import { requireNotLater } from './kernel/days.js';
import { issueDocument } from './kernel/documents.js';
import { type Procedure, procedure } from './kernel/procedure.js';
import { startSigning } from './kernel/sign.js';
import { found, type Step } from './kernel/step.js';
import type { RequestBodies, TaskForms } from './messages/catalogue.js';
import type { CaseInput } from './messages/state.js';
import type { TaskOpened } from './messages/step.js';

/** What a bulletin remembers. Its figures, and the rows behind them, are the database's. */
type BulletinFacts = {
  readonly region: string;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly text: string | null;
  readonly comments: readonly { readonly organ: string; readonly text: string | null }[];
  readonly answer: string | null;
};

type BulletinStep = Step<BulletinFacts>;

/** The figures of a period are frozen with the rows behind them: what is circulated is what is signed. */
function draft(step: BulletinStep, { region, from, to }: RequestBodies['bulletin.draft']): void {
  const pack = packOf(region, dateOf(step.at));
  step.open(pack, { area: region, procedure: 'bulletin', unitId: '', permitNo: null });
  const writers = ['inspector', 'sectionHead'].map((role) => `${role}@${step.organ('accepting')}`);
  if (!writers.some((role) => step.actor.roles.includes(role))) {
    step.refuse('auth.forbidden', {
      what: 'a bulletin is the region’s own',
      where: 'region',
      expected: writers.join(' | '),
    });
  }
  requireNotLater(step, to as CalendarDate, 'to');
  step.remember({
    ...{ region, from: from as CalendarDate, to: to as CalendarDate },
    ...{ text: null, comments: [], answer: null },
  });
  step.dependOn(
    'bulletinFigures',
    { region, from, to },
    {
      frozen: (branch) => {
        branch.record('bulletin.drafted', { from, to, sampled: found('sampled'), issues: found('issues') });
        branch.enter('drafting');
        branch.openTask('bulletinDraft', 'inspector', 'accepting', { limit: 'bulletin.handling' });
      },
    },
  );
}

/** The cities hear what is to be said of them, and have a term to comment. */
function circulate(step: BulletinStep, { text, typical }: TaskForms['bulletinDraft']): void {
  step.require('drafting');
  step.remember({ text });
  // A problem is told only once it is determined: the transaction looks.
  step.dependOn(
    'bulletinTypical',
    { typical: JSON.stringify(typical) },
    {
      determined: (branch) => {
        branch.record('bulletin.circulated', { typical: typical.length });
        branch.enter('commenting');
        branch.startClock('comments', 'bulletin.comment', branch.on);
        for (const organ of supervisingOrgans(branch.pack))
          branch.openTask(`bulletinComment.${organ}`, 'sectionHead', { organ }, { clock: 'comments' });
      },
    },
  );
}

function hear(step: BulletinStep, form: TaskForms['bulletinComment'], task: TaskOpened): void {
  const text = form.outcome === 'comment' ? form.text : null;
  step.remember({ comments: [...step.facts.comments, { organ: task.organ, text }] });
  step.record('bulletin.commented', { organ: task.organ, text });
  if (step.openTasks().some(({ kind }) => kind.startsWith('bulletinComment.'))) return;
  step.stopClocks('comments');
  askForSubmission(step);
}

/** Who has said nothing by the last day has said nothing. */
function commentsOver(step: BulletinStep): void {
  const silent = step.openTasks().filter(({ kind }) => kind.startsWith('bulletinComment.'));
  step.record('bulletin.commentsOver', { silent: silent.map(({ organ }) => organ) });
  step.overtakeTasks(...silent.map(({ kind }) => kind));
  askForSubmission(step);
}

function askForSubmission(step: BulletinStep): void {
  step.enter('revising');
  step.openTask('bulletinSubmission', 'inspector', 'accepting', { limit: 'bulletin.handling' });
}

function submit(step: BulletinStep, { answer }: TaskForms['bulletinSubmission']): void {
  step.remember({ answer });
  step.record('bulletin.submitted', { answer });
  step.enter('signing');
  startSigning(step, 'bulletin', { legalReview: false });
}

/** Signed: it is numbered, and issued when it is sealed. */
function number(step: BulletinStep): void {
  step.enter('sealing');
  issueDocument(step, 'bulletin', {}, 'deciding');
}

function issued(step: BulletinStep): void {
  step.dependOn(
    'bulletinIssued',
    { on: step.on },
    {
      issued: (branch) => {
        branch.record('bulletin.issued', {});
        branch.conclude('issued');
      },
    },
  );
}

/**
 * A bulletin (通报) of a region and a period:
 *
 *   drafting → commenting → revising ⇄ signing → sealing → closed
 */
const definition: Procedure<BulletinFacts> = {
  kind: 'bulletin',
  opens: { 'bulletin.draft': draft },
  requests: {},
  tasks: { bulletinDraft: circulate, bulletinComment: hear, bulletinSubmission: submit },
  lapses: { comments: commentsOver },
  sealed: { bulletin: issued },
  voided: { bulletin: number },
  redrafted: { bulletin: askForSubmission },
  signed: { bulletin: number },
  ended: {
    stages: ['drafting', 'commenting', 'revising', 'signing'],
    end: (step: BulletinStep, reason) => {
      step.record('bulletin.ended', { reason });
      step.conclude('ended');
    },
  },
};

/** The workflow of a bulletin: `bulletin/<region>-<year>-<n>`. */
export async function bulletin(input: CaseInput): Promise<void> {
  await runCase(procedure(definition), input);
}
