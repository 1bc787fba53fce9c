import type { Logger } from 'pino';
import { type CommitInput, type CommitResult, causeKey } from '../workflows/messages/step.js';
import type { Metrics } from './metrics.js';
import { idsOf } from './origin.js';

/** A commit that was tried: what it came to, or undefined where it threw. */
export type StepListener = (
  input: CommitInput,
  verdict: CommitResult['verdict'] | undefined,
  milliseconds: number,
) => void;

/** Logs and counts each step: ids, revision and verdict, and the call that it goes back to. */
export function stepListener(logger: Logger, metrics: Metrics): StepListener {
  return ({ caseId, cause, origin }, verdict, milliseconds) => {
    const name = verdict?.type ?? 'failed';
    metrics.step(caseId.slice(0, caseId.indexOf('/')), cause.type, name, milliseconds / 1000);
    const level = name === 'failed' ? 'warn' : name === 'committed' || name === 'refused' ? 'info' : 'debug';
    logger[level](
      {
        case: caseId,
        ...(cause.type === 'request' ? { request: cause.id } : { cause: causeKey(cause) }),
        verdict: name,
        ...(verdict?.type === 'committed' ? { revision: verdict.revision, stage: verdict.stage } : {}),
        ...(verdict?.type === 'refused' ? { code: verdict.code } : {}),
        milliseconds: Math.round(milliseconds),
        ...idsOf(origin),
      },
      'step',
    );
  };
}
