import { z } from 'zod';
import { DomainError, type ErrorCode, type ErrorDetail, errorCatalogue } from '../rules/errors.js';
import { type Fault, faultSchema, InvalidInput } from './parse.js';

/** RFC 9457, with a stable code and the reader's two languages. */
export const problemSchema = z
  .object({
    type: z.string().meta({ example: 'urn:yizheng:problem:case.stage' }),
    title: z.string().meta({ description: 'in Chinese', example: '案件当前环节不能办理此事项' }),
    titleEn: z.string().meta({ example: 'The case is not at a stage that allows this' }),
    status: z.int(),
    code: z
      .enum(Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]])
      .meta({ description: 'never renamed' }),
    detail: z.string(),
    instance: z.string().meta({ description: 'the path of the request' }),
    where: z.string().optional(),
    expected: z.string().optional(),
    found: z.string().optional(),
    errors: z.array(faultSchema).optional().meta({ description: 'every fault of an invalid input' }),
    requestId: z.string().optional().meta({ description: 'the recorded request that was refused' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });

export type Problem = z.infer<typeof problemSchema>;

/** Makes the problem of a code of the catalogue. `status` differs from the catalogue's only where HTTP has a finer one. */
export function problemOf(
  code: ErrorCode,
  detail: Partial<ErrorDetail>,
  instance: string,
  more: { readonly status?: number; readonly errors?: readonly Fault[]; readonly requestId?: string } = {},
): Problem {
  const { status, zh, en } = errorCatalogue[code];
  const { what, where, expected, found } = detail;
  return {
    type: `urn:yizheng:problem:${code}`,
    title: zh,
    titleEn: en,
    status: more.status ?? status,
    code,
    detail: what ?? en,
    instance,
    ...(where === undefined ? {} : { where }),
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
    ...(more.errors === undefined ? {} : { errors: [...more.errors] }),
    ...(more.requestId === undefined ? {} : { requestId: more.requestId }),
  };
}

/** The problem of whatever was thrown. What we did not throw on purpose says nothing of its inside. */
export function problemOfError(error: unknown, instance: string): Problem {
  if (error instanceof InvalidInput)
    return problemOf(error.code, error.detail, instance, { errors: error.faults });
  if (error instanceof DomainError) return problemOf(error.code, error.detail, instance);
  const refused = inputProblem(error, instance);
  if (refused !== undefined) return refused;
  if (isUnavailable(error)) {
    return problemOf(
      'service.unavailable',
      { what: 'the database does not answer; try again', where: 'database' },
      instance,
    );
  }
  return problemOf('internal', { what: 'something went wrong on our side; the log has it' }, instance);
}

/** Express refuses bodies that are too large, not JSON or in a strange encoding, and paths that can not be decoded. */
function inputProblem(error: unknown, instance: string): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  // PostgreSQL's class 22: a value that it can not read, such as a day in a cursor that somebody made up.
  if (causes(error).some(({ code }) => code.startsWith('22'))) {
    return problemOf('input.invalid', { what: 'a value can not be read' }, instance);
  }
  const status = 'status' in error ? error.status : undefined;
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  const type = 'type' in error ? String(error.type) : '';
  const what =
    type === 'entity.parse.failed'
      ? 'the body is not JSON, or holds a NUL or half a surrogate pair'
      : type === ''
        ? 'the path can not be decoded'
        : `the body can not be read (${type})`;
  const where = type === '' ? 'path' : 'body';
  const limit = 'limit' in error ? { expected: `at most ${String(error.limit)} bytes` } : {};
  const code = status === 413 ? 'input.tooLarge' : 'input.invalid';
  return problemOf(code, { what, where, ...limit }, instance, { status });
}

/** Whether the database was away: a connection that failed or was cut, at any depth of the causes. */
export function isUnavailable(error: unknown): boolean {
  return causes(error).some(
    ({ code, message }) =>
      // 08: connection; 53: too many connections; 57P: shutting down or starting; 57014: statement time-out.
      /^(ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|08|53|57P|57014)/.test(code) ||
      /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
        message,
      ),
  );
}

/** An error and everything that it says caused it. */
function causes(error: unknown): readonly { readonly code: string; readonly message: string }[] {
  if (!(error instanceof Error)) return [];
  const own = { code: 'code' in error ? String(error.code) : '', message: error.message };
  const inner = error instanceof AggregateError ? error.errors.flatMap(causes) : [];
  return [own, ...inner, ...causes(error.cause)];
}
