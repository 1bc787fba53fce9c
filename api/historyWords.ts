import proto from '@temporalio/proto';
import { type Instant, instantOf } from '../rules/date.js';
import type { CaseRequest, RequestAnswer } from '../workflows/messages/request.js';
import type { CommitResult } from '../workflows/messages/step.js';

type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;
type Payloads = proto.temporal.api.common.v1.IPayloads | null | undefined;

/** Turns payloads into values. */
export type Decode = (payloads: proto.temporal.api.common.v1.IPayload[]) => Promise<readonly unknown[]>;

/** An event of a workflow's history, told in both languages. */
export interface EventInWords {
  readonly id: number;
  readonly at: Instant;
  readonly type: string;
  readonly zh: string;
  readonly en: string;
  readonly technical: boolean;
  readonly requestId: string | null;
  /** The revisions of the steps that the event brought: their ledger entries stand beside it. */
  readonly revisions: readonly number[];
}

type Telling = Pick<EventInWords, 'zh' | 'en'> &
  Partial<Pick<EventInWords, 'technical' | 'requestId' | 'revisions'>>;

/** Tells an event: ids, names and dates only. What people wrote stays in the case. */
export async function eventInWords(event: HistoryEvent, decode: Decode): Promise<EventInWords> {
  const type = typeOf(event);
  const told = await tell(event, type, decode);
  return {
    id: Number(event.eventId),
    at: instantOf(
      Number(event.eventTime?.seconds ?? 0) * 1000 + Math.floor((event.eventTime?.nanos ?? 0) / 1e6),
    ),
    type,
    technical: false,
    requestId: null,
    revisions: [],
    ...told,
  };
}

/** `EVENT_TYPE_TIMER_FIRED` as `TimerFired`. */
function typeOf(event: HistoryEvent): string {
  const name = proto.temporal.api.enums.v1.EventType[event.eventType ?? 0] ?? 'EVENT_TYPE_UNKNOWN';
  return name
    .replace('EVENT_TYPE_', '')
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('');
}

async function tell(event: HistoryEvent, type: string, decode: Decode): Promise<Telling> {
  const {
    workflowExecutionUpdateAcceptedEventAttributes: accepted,
    workflowExecutionUpdateCompletedEventAttributes: answered,
  } = event;
  if (accepted) return await tellRequest(accepted.acceptedRequest?.input?.args, decode);
  if (answered) return await tellAnswer(answered, decode);
  if (event.markerRecordedEventAttributes) {
    return await tellCommit(event.markerRecordedEventAttributes.details?.['result'], decode);
  }
  if (event.activityTaskCompletedEventAttributes) {
    return await tellCommit(event.activityTaskCompletedEventAttributes.result, decode);
  }
  if (event.timerStartedEventAttributes) {
    const seconds = Number(event.timerStartedEventAttributes.startToFireTimeout?.seconds ?? 0);
    const began = Number(event.eventTime?.seconds ?? 0);
    const until = instantOf((began + seconds) * 1000)
      .slice(0, 16)
      .replace('T', ' ');
    return { zh: `等待至下一时刻 ${until}。`, en: `Waits for its next moment, ${until}.` };
  }
  return sentences[type] ?? { zh: `引擎事件 ${type}。`, en: `Engine event ${type}.`, technical: true };
}

/** Whatever can not be decoded (an older key, another version) is told without its inside. */
async function valuesOf(payloads: Payloads, decode: Decode): Promise<readonly unknown[]> {
  try {
    return await decode(payloads?.payloads ?? []);
  } catch {
    return [];
  }
}

async function tellRequest(args: Payloads, decode: Decode): Promise<Telling> {
  const [request] = (await valuesOf(args, decode)) as readonly (CaseRequest | undefined)[];
  if (request === undefined) return { zh: '收到一项请求。', en: 'A request arrived.' };
  const { id, name, actor } = request;
  const [zh, en] = {
    officer: ['工作人员', 'an officer'],
    applicant: ['申请人', 'the unit'],
    administrator: ['管理员', 'an administrator'],
    system: ['系统', 'the system'],
  }[actor.kind];
  return { zh: `收到${zh}的请求 ${name}。`, en: `Request ${name} from ${en} arrived.`, requestId: id };
}

async function tellAnswer(
  { outcome, meta }: proto.temporal.api.history.v1.IWorkflowExecutionUpdateCompletedEventAttributes,
  decode: Decode,
): Promise<Telling> {
  const requestId = meta?.updateId ?? null;
  if (outcome?.failure) {
    const code = outcome.failure.applicationFailureInfo?.type ?? 'internal';
    return { zh: `请求未获准：${code}。`, en: `The request was refused: ${code}.`, requestId };
  }
  const [answer] = (await valuesOf(outcome?.success, decode)) as readonly (RequestAnswer | undefined)[];
  if (answer === undefined) return { zh: '请求已答复。', en: 'The request was answered.', requestId };
  const { stage, revision } = answer;
  return {
    zh: `请求已办，环节 ${stage}，修订 ${revision}。`,
    en: `The request was done: stage ${stage}, revision ${revision}.`,
    requestId,
  };
}

async function tellCommit(payloads: Payloads, decode: Decode): Promise<Telling> {
  const [result] = (await valuesOf(payloads, decode)) as readonly (CommitResult | null | undefined)[];
  if (!result?.verdict) return { zh: '一步已尝试。', en: 'A step was tried.', technical: true };
  const revisions = result.steps.map((step) => step.revision);
  const { verdict } = result;
  switch (verdict.type) {
    case 'committed':
      return {
        zh: `一步已落账：修订 ${verdict.revision}，环节 ${verdict.stage}。`,
        en: `A step was committed: revision ${verdict.revision}, stage ${verdict.stage}.`,
        revisions,
      };
    case 'refused':
      return { zh: `一步未获准：${verdict.code}。`, en: `A step was refused: ${verdict.code}.`, revisions };
    case 'behind':
      return {
        zh: `数据库已有后续步骤，补记修订 ${revisions.join('、')} 后重新判断。`,
        en: `The database was ahead: adopts ${revisions.join(', ')} and judges again.`,
        revisions,
      };
    case 'wait':
      return { zh: '此前收到的请求先办。', en: 'Requests received before come first.', revisions };
  }
}

/** The engine's events that need no inside. */
const sentences: Readonly<Record<string, Telling>> = {
  WorkflowExecutionStarted: { zh: '案件工作流开始运行。', en: 'The case’s workflow began to run.' },
  WorkflowExecutionContinuedAsNew: {
    zh: '在静止点以新的历史继续。',
    en: 'Continued with a new history at a quiet point.',
  },
  WorkflowExecutionCompleted: { zh: '案件工作流结束。', en: 'The case’s workflow ended.' },
  WorkflowExecutionFailed: {
    zh: '案件工作流失败，需要管理员处理。',
    en: 'The case’s workflow failed: an administrator is needed.',
  },
  WorkflowExecutionTerminated: {
    zh: '案件工作流被管理员终止。',
    en: 'An administrator terminated the case’s workflow.',
  },
  WorkflowExecutionSignaled: { zh: '收到重新计时信号。', en: 'Told to read its clocks again.' },
  TimerFired: { zh: '时刻已到。', en: 'The moment has come.' },
  TimerCanceled: {
    zh: '等待取消，下一时刻已改变。',
    en: 'The wait was cancelled: the next moment has changed.',
  },
  ActivityTaskScheduled: {
    zh: '落账改由可重试的活动执行。',
    en: 'The step is committed by an activity that tries until it can.',
  },
  ActivityTaskFailed: {
    zh: '落账活动失败，将重试。',
    en: 'The committing activity failed and is tried again.',
  },
  ActivityTaskTimedOut: {
    zh: '落账活动超时，将重试。',
    en: 'The committing activity timed out and is tried again.',
  },
  UpsertWorkflowSearchAttributes: {
    zh: '检索项已更新。',
    en: 'What it is found by was updated.',
    technical: true,
  },
  WorkflowTaskScheduled: { zh: '引擎安排判断。', en: 'The engine scheduled a judgement.', technical: true },
  WorkflowTaskStarted: { zh: '执行进程开始判断。', en: 'A worker began to judge.', technical: true },
  WorkflowTaskCompleted: { zh: '执行进程判断完毕。', en: 'A worker has judged.', technical: true },
  WorkflowTaskTimedOut: {
    zh: '执行进程超时，改由其他进程执行。',
    en: 'A worker timed out; another takes over.',
    technical: true,
  },
  WorkflowTaskFailed: {
    zh: '执行进程判断失败，将重试；请查看日志。',
    en: 'A worker failed to judge and tries again: see its log.',
  },
};
