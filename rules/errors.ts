/**
 * The one catalogue of stable error codes. A code becomes the `code` of a problem+json answer, with the status and the
 * titles given here, and the `type` of the `ApplicationFailure` that a workflow throws. Codes are never renamed.
 */
export const errorCatalogue = {
  'input.invalid': { status: 400, zh: '输入无效', en: 'The input is not valid' },
  'input.tooLarge': { status: 413, zh: '内容过大', en: 'The body is too large' },
  'content.type': {
    status: 415,
    zh: '文件类型不允许或与内容不符',
    en: 'The type of the file is not allowed, or not that of its bytes',
  },
  'auth.required': { status: 401, zh: '请先登录', en: 'Sign in first' },
  'rate.limited': { status: 429, zh: '请求过于频繁', en: 'Too many requests' },
  'auth.locked': { status: 429, zh: '账号暂时锁定', en: 'The account is locked for a while' },
  'auth.forbidden': { status: 403, zh: '无权办理', en: 'Not allowed for your role, organ or region' },
  'not.found': { status: 404, zh: '未找到', en: 'Not found' },
  'method.notAllowed': { status: 405, zh: '此地址不支持该方法', en: 'Not a method of this address' },
  'case.exists': { status: 409, zh: '该案件已存在', en: 'There is such a case already' },
  'case.closed': { status: 409, zh: '案件已办结', en: 'The case is closed' },
  'case.stage': {
    status: 409,
    zh: '案件当前环节不能办理此事项',
    en: 'The case is not at a stage that allows this',
  },
  'task.closed': { status: 409, zh: '任务已办结或已失效', en: 'The task is done or overtaken' },
  'task.notYours': { status: 403, zh: '任务不属于您', en: 'The task is not yours' },
  'task.claimed': { status: 409, zh: '任务已被他人领取', en: 'Somebody else has claimed the task' },
  'clock.notPausable': { status: 422, zh: '该期限不能扣除', en: 'This time limit can not be paused' },
  'clock.state': {
    status: 409,
    zh: '期限当前状态不允许',
    en: 'The clock is not in a state that allows this',
  },
  'clock.extension': { status: 422, zh: '该期限不能延长', en: 'This time limit can not be extended' },
  'rule.refused': { status: 422, zh: '不符合规定', en: 'The rules do not allow this' },
  'request.mismatch': {
    status: 422,
    zh: '同一幂等键对应的内容不同',
    en: 'The same idempotency key was used with another body',
  },
  'request.unknown': { status: 404, zh: '未知的办理事项', en: 'Unknown kind of request' },
  'service.unavailable': { status: 503, zh: '服务暂不可用', en: 'A service that is needed is not available' },
  internal: { status: 500, zh: '内部错误', en: 'Internal error' },
} as const satisfies Record<string, { status: number; zh: string; en: string }>;

/** A stable error code. */
export type ErrorCode = keyof typeof errorCatalogue;

/** What went wrong, said so that the reader can mend it: what, where, what was expected, what was found. */
export interface ErrorDetail {
  readonly what: string;
  readonly where?: string;
  readonly expected?: string;
  readonly found?: string;
}

/** An error with a stable code; everything we throw on purpose is one. Its message carries no personal data. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ErrorCode,
    readonly detail: ErrorDetail,
  ) {
    const place = detail.where === undefined ? '' : ` at ${detail.where}`;
    const expected = detail.expected === undefined ? '' : `; expected ${detail.expected}`;
    const found = detail.found === undefined ? '' : `; found ${detail.found}`;
    super(`${detail.what}${place}${expected}${found}`);
  }
}
