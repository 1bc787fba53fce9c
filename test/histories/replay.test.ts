import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, Runtime } from '@temporalio/worker';
import { expect, inject, test } from 'vitest';
import { dataConverterOf } from '../../codec/dataConverter.js';
import { openKeyring } from '../../codec/keyring.js';
import { caseKinds } from '../../workflows/messages/caseId.js';
import { type NamedHistory, replayAll } from '../rig/replay.js';
import { corpus, corpusFiles, corpusFolder, corpusKeys } from './corpus.js';
import { stagesOfHistory, stagesOfSources, workflowTypes } from './coverage.js';

Runtime.install({ logger: new DefaultLogger('ERROR') });

const dataConverter = dataConverterOf(await openKeyring(corpusKeys));

/** What the corpus must show, whatever is recorded anew: each story's stages, in the run in which they come. */
const shown = [
  ...['received', 'supplement', 'review', 'revision', 'signing', 'awaitingPlatform', 'end'].map(
    (stage) => `application.granted.0@${stage}`,
  ),
  'application.withdrawn.0@end',
  'application.deemedAccepted.0@end',
  ...['reassign', 'retime', 'hold', 'held', 'release', 'end'].map((stage) => `application.levers.0@${stage}`),
  ...['sealing', 'serving', 'contact', 'told', 'end'].map((stage) => `application.unreached.0@${stage}`),
  // The second run began with the state that the first handed on.
  'permit.lapsed.1@valid',
  'permit.lapsed.4@lapsed',
  'permit.lapsed.4@end',
  'permit.renewedByLaw.5@end',
  'permit.annulled.0@annulled',
  'permit.annulled.0@end',
  'application.permitEnded.0@end',
  'cancellation.formality.0@drafting',
  ...['announced', 'drafting', 'signing', 'decided', 'awaitingPlatform', 'end'].map(
    (stage) => `authorityChange.recorded.0@${stage}`,
  ),
  ...['annulment.annulled', 'withdrawal.withdrawn'].flatMap((story) =>
    ['announced', 'drafting', 'signing', 'decided', 'end'].map((stage) => `${story}.0@${stage}`),
  ),
  ...['checking', 'end'].map((stage) => `revocation.confirmed.0@${stage}`),
  ...['noticing', 'waiting', 'checking', 'lead', 'end'].map((stage) => `urging.lead.0@${stage}`),
  // Each waking of a form is a run of its own, begun with the state that the database has.
  ...[0, 1, 2, 3].map((run) => `registration.expired.${run}@end`),
  ...['checkingList', 'signing', 'sealing', 'end'].map((stage) => `cleanUp.sent.0@${stage}`),
  ...['feedback', 'objection', 'determining', 'assigning', 'notifying', 'rectifying', 'verifying'].map(
    (stage) => `issue.closedOut.0@${stage}`,
  ),
  ...['sweeping', 'paused', 'end'].map((stage) => `sweep.completed.2@${stage}`),
  ...['inspecting', 'end'].map((stage) => `qualityReview.problems.0@${stage}`),
  ...['inspecting', 'awaitingOther', 'end'].map((stage) => `qualityReview.blind.0@${stage}`),
  ...['selfChecking', 'mending', 'end'].map((stage) => `selfCheck.problems.0@${stage}`),
  'issue.closedOut.1@archived',
  'issue.closedOut.2@end',
  ...['waiting', 'reconciling', 'frozen', 'drawn', 'end'].map((stage) => `sampling.drawn.0@${stage}`),
  ...['drafting', 'commenting', 'revising', 'signing', 'sealing', 'end'].map(
    (stage) => `bulletin.issued.0@${stage}`,
  ),
  ...['checking', 'held', 'announced', 'signing', 'end'].map((stage) => `cancellation.signed.0@${stage}`),
  'cancellation.running.0@running',
  // Counted anew by a publication, with its signal; and moved to another pack by a signed lever.
  ...['received', 'retimed', 'end'].map((stage) => `application.retimed.0@${stage}`),
  ...['review', 'moved', 'end'].map((stage) => `application.moved.0@${stage}`),
  'calendarPublication.published.0@end',
  ...['held', 'end'].map((stage) => `permit.held.4@${stage}`),
  ...['withdrawn', 'revoked', 'imported'].map((story) => `permit.${story}.0@end`),
  'registration.imported.0@end',
  ...['found', 'end'].map((stage) => `issue.suspected.0@${stage}`),
];

test('the corpus shows every workflow at every stage that matters, in less than three megabytes', async () => {
  expect(corpus().map(({ workflowId }) => workflowId)).toEqual(expect.arrayContaining(shown));
  const sizes = await Promise.all(
    corpusFiles().map(async (name) => (await stat(join(corpusFolder, name))).size),
  );
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3_000_000);
});

test('every type of workflow, and every stage at which a case of its kind may stand, is in the corpus', async () => {
  const reached = new Map<string, Set<string>>();
  for (const each of corpus()) {
    const [kind = ''] = each.workflowId.split('.');
    const stages = reached.get(kind) ?? new Set();
    for (const stage of await stagesOfHistory(each, dataConverter)) stages.add(stage);
    reached.set(kind, stages);
  }
  const types = workflowTypes();
  expect([...types.keys()].sort()).toEqual([...caseKinds, 'calendarPublication'].sort());
  expect([...reached.keys()].sort()).toEqual([...types.keys()].sort());
  const missing = [...types].flatMap(([kind, file]) =>
    stagesOfSources(kind, file)
      .filter((stage) => reached.get(kind)?.has(stage) !== true)
      .map((stage) => `${kind} ${stage}`),
  );
  // A new stage comes with a recording of it: npx vitest run --config vitest.histories.config.ts
  expect(missing).toEqual([]);
});

test('today’s workflows replay every recorded history at every stage', async () => {
  const { workflowBundle } = inject('servers');
  await replayAll(corpus(), { workflowBundle, dataConverter });
});

/** The recorded history of this name. */
function recorded(name: string): NamedHistory {
  const found = corpus().find(({ workflowId }) => workflowId === name);
  if (found === undefined) throw new Error(`no history ${name} in the corpus`);
  return found;
}

test('a workflow whose commands come in another order does not replay one of them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'yizheng-changed-'));
  const { failureConverterPath } = dataConverter;
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(corpusFolder, 'changedWorkflows.ts'),
    logger: new DefaultLogger('ERROR'),
    ...(failureConverterPath === undefined ? {} : { failureConverterPath }),
  });
  const workflowBundle = join(folder, 'bundle.js');
  await writeFile(workflowBundle, code);
  for (const kind of workflowTypes().keys()) {
    const [first] = corpus().filter(({ workflowId }) => workflowId.startsWith(`${kind}.`));
    if (first === undefined) throw new Error(`no history of ${kind}`);
    const replayed = replayAll([first], { workflowBundle, dataConverter });
    await expect(replayed).rejects.toMatchObject({
      message: `the history of ${first.workflowId} does not replay`,
      cause: { name: 'DeterminismViolationError' },
    });
  }
  await rm(folder, { recursive: true });
});

test('a history that lacks an event, and a wrong key, fail the replay too', async () => {
  const { workflowBundle } = inject('servers');
  const { history } = recorded('application.granted.0@review');
  const events = history.events ?? [];
  const marker = events.findIndex((event) => event.markerRecordedEventAttributes != null);
  const cut = { ...history, events: events.filter((_, index) => index !== marker) };
  const named = (changed: typeof history) => [{ workflowId: 'changed', history: changed }];
  await expect(replayAll(named(cut), { workflowBundle, dataConverter })).rejects.toThrow(
    'changed does not replay',
  );
  const others = dataConverterOf(await openKeyring(inject('servers').codecKeys));
  const options = { workflowBundle, dataConverter: others };
  await expect(replayAll(named(history), options)).rejects.toThrow('changed does not replay');
});
