import { applicationContent, callOf, submissionOf } from '../../../bench/http.js';
import {
  accept,
  complete,
  decision,
  type HumanStep,
  humanSteps,
  opinions,
  seal,
  step,
} from '../../../bench/script.js';
import type { Acknowledged, Clerks } from './clerk.js';
import type { Random } from './random.js';

/** An act that has no task and is no seal: the applicant's, or the service of a document. */
interface OwnCall {
  readonly username: string;
  readonly path: (caseId: string) => string;
  readonly body: object;
}

type Act = HumanStep | OwnCall;

const number = (caseId: string): string => caseId.replace('application/', '');
const defects = [{ item: 'commitment', what: '未盖章' }];

/** Shanghai's day: that of the service. */
const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** One that goes straight to the seal, one with a supplement, one that is withdrawn and closes: taken in turn. */
const ways: readonly ((contentId: string) => readonly Act[])[] = [
  () => humanSteps,
  (contentId) => [
    step('desk', 'acceptance', complete('completeness.1', { outcome: 'supplement', defects })),
    seal(2),
    {
      username: 'desk',
      path: (caseId) => `/documents/${caseId}/document-2/serve`,
      body: { method: 'electronic', recipient: '示范钢铁有限公司', on: today() },
    },
    {
      username: 'steel',
      path: (caseId) => `/applications/${number(caseId)}/supplement`,
      body: { files: [{ item: 'commitment', contentId }] },
    },
    accept(2),
    ...opinions,
    ...decision,
  ],
  () => [
    accept(1),
    ...opinions.slice(0, 3),
    {
      username: 'steel',
      path: (caseId) => `/applications/${number(caseId)}/withdrawal`,
      body: { reason: '项目暂缓' },
    },
    // The receipt of the file is all that is left to seal: with it the case closes.
    seal(1),
  ],
];

/**
 * Files an application and works it through, one act after the other, each by its own person; some click twice. Answers with
 * everything that was acknowledged.
 */
export async function runErrand(
  clerks: Clerks,
  random: Random,
  index: number,
): Promise<readonly Acknowledged[]> {
  const content = await clerks.store('steel', '/contents', applicationContent);
  const contentId = String(content['id']);
  const filed = await clerks.act('steel', '/applications', submissionOf(contentId), random.next() < 0.2);
  const { caseId } = filed;
  const done = [filed];
  for (const act of ways[index % ways.length]?.(contentId) ?? []) {
    const { path, body } =
      'path' in act ? { path: act.path(caseId), body: act.body } : callOf(caseId, act.does);
    done.push(await clerks.act(act.username, path, body, random.next() < 0.1));
  }
  return done;
}
