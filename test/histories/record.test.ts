import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { test } from 'vitest';
import { Application } from '../application/application.js';
import { applicantOf as applicant } from '../../rehearsal/people.js';
import { IssueCase, one } from '../issues/issueCase.js';
import { issuePermit } from '../rig/permits.js';
import { chainOf } from '../rig/replay.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';
import { corpusFolder, corpusKeys } from './corpus.js';

/** Records the corpus anew, on demand: `RECORD_HISTORIES=1 npx vitest run test/histories/record`. */
const recording = process.env['RECORD_HISTORIES'] === '1';

const openRecordingRig = (begins: string): Promise<Rig> => openRig(at(begins), { codecKeys: corpusKeys });

/** A case that is recorded: the stages are noted on the way, and the runs written at the end. */
class Recording {
  /** By run, the oldest first: how long the history was at each stage. */
  private readonly stages: Record<string, number>[] = [];

  constructor(
    private readonly rig: Rig,
    private readonly caseId: string,
    private readonly story: string,
  ) {}

  async note(stage: string): Promise<void> {
    await this.rig.world.settle();
    const [newest, ...older] = await chainOf(this.rig.client, this.caseId);
    (this.stages[older.length] ??= {})[stage] = newest?.events?.length ?? 0;
  }

  async write(): Promise<void> {
    await this.note('end');
    const [kind] = this.caseId.split('/');
    const runs = [...(await chainOf(this.rig.client, this.caseId))].reverse();
    for (const [run, history] of runs.entries()) {
      const stages = this.stages[run] ?? { end: history.events?.length ?? 0 };
      const json = { stages, history: JSON.parse(historyToJSON(history)) as unknown };
      await writeFile(join(corpusFolder, `${kind}.${this.story}.${run}.json`), `${JSON.stringify(json)}\n`);
    }
  }
}

test.runIf(recording)('an application at every stage', async () => {
  const rig = await openRecordingRig('2026-03-02 09:00');
  const { id, creditCode } = await addUnit(rig, 'steel');
  const application = await Application.receive(rig, id);
  const recording = new Recording(rig, application.caseId, 'granted');
  const keep = (stage: string) => recording.note(stage);
  await keep('received');
  await application.askForSupplement(['preDisclosure']);
  await application.dispatch('2026-03-02');
  await keep('supplement');
  await application.supplement(id, ['preDisclosure']);
  await application.accept();
  await keep('review');
  await application.decideVisit('notNeeded');

  await application.opine('agree', ['air', 'soil', 'solidWaste', 'noise', 'selfMonitoring']);
  await application.opine('revise', ['water']);
  await application.revise(['water']);
  await application.dispatch('2026-03-02');
  await keep('revision');
  await application.ask(applicant(id), 'application.revise', { contentId: 'ab'.repeat(32), note: '已改' });
  await application.opine('agree', ['water']);
  await application.draft();
  await keep('signing');
  await application.sign('sectionHead', 'deputyHead');
  await application.seal('approval');
  await keep('awaitingPlatform');
  await application.enterNumber(`${creditCode}001P`, '2026-03-02', '2031-03-01');
  await application.record('delivery', '2026-03-02');
  await application.record('publicity', '2026-03-02');
  await application.dispatch('2026-03-02');
  await recording.write();
  const withdrawn = await Application.receive(rig, id);
  await withdrawn.withdraw(id);
  await withdrawn.dispatch('2026-03-02');
  await new Recording(rig, withdrawn.caseId, 'withdrawn').write();
  const deemed = await Application.receive(rig, id);
  await deemed.advanceTo('2026-03-06 00:00');
  await new Recording(rig, deemed.caseId, 'deemedAccepted').write();
  await rig.close();
});

test.runIf(recording)('a permit and its cancellation at every stage', async () => {
  const rig = await openRecordingRig('2026-03-05 10:00');
  const renewed = await issuePermit(rig, 'renewed', '2026-03-05');
  const ended = await issuePermit(rig, 'ended', '2026-03-05');
  const [life, byLaw] = [
    new Recording(rig, ended.caseId, 'lapsed'),
    new Recording(rig, renewed.caseId, 'renewedByLaw'),
  ];
  await rig.world.advanceTo(at('2027-03-10 09:00'));
  await life.note('valid');
  await rig.world.advanceTo(at('2031-01-03 16:00'));
  await (await renewed.renew()).accept();
  await rig.world.advanceTo(at('2031-03-05 00:00'));
  await byLaw.write();
  await life.note('lapsed');
  const cancellation = ended.cancellation();
  const formalities = new Recording(rig, cancellation.caseId, 'signed');
  const keep = (stage: string) => formalities.note(stage);
  await keep('checking');
  await ended.hold('lawsuit');
  await keep('held');
  await ended.release('lawsuit');
  await rig.world.advanceTo(at('2031-03-06 09:00'));
  await cancellation.check('closed', '2031-03-06');
  await cancellation.serveIntention('2031-03-06');
  await keep('announced');
  await rig.world.advanceTo(at('2031-03-14 09:00'));
  await cancellation.draftDecision();
  await keep('signing');
  await cancellation.sign('sectionHead', 'legalReview', 'deputyHead');
  await cancellation.serveDecision('2031-03-14');
  await cancellation.finish(ended.permitNo, '2031-03-14');
  await formalities.write();
  await ended.office.dispatch('2031-03-14');
  await life.write();
  await rig.close();
});

test.runIf(recording)('an issue at every stage, returned, overdue and reopened', async () => {
  const rig = await openRecordingRig('2026-03-05 10:00');
  const permit = await issuePermit(rig, 'steel', '2026-03-05');
  const issue = await IssueCase.find(permit);
  const recording = new Recording(rig, issue.caseId, 'closedOut');
  const keep = (stage: string) => recording.note(stage);
  await keep('feedback');
  await issue.feedBack('2026-03-05');
  await keep('objection');
  await rig.world.advanceTo(at('2026-03-13 09:00'));
  await keep('determining');
  await issue.determine();
  await keep('assigning');
  await issue.assign();
  await keep('notifying');
  await issue.dispatch('2026-03-13');
  await keep('rectifying');
  await rig.world.advanceTo(at('2026-04-13 09:00'));
  await issue.apply('2026-04-13');
  await keep('verifying');
  await issue.verifyMended(one, 'first', '2026-04-13', { outcome: 'return' });
  await issue.closeOut('2026-04-13');
  await keep('archived');
  await issue.ask(one, 'issue.reopen', { reason: '复查又见' });
  await issue.assign();
  await issue.dispatch('2026-04-13');
  await issue.closeOut('2026-04-13');
  await rig.world.advanceTo(at('2027-04-14 09:00'));
  await recording.write();
  await rig.close();
});
