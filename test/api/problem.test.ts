import { DrizzleQueryError } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { parse } from '../../api/parse.js';
import { problemOfError } from '../../api/problem.js';
import { after, writeCursor } from '../../db/queries/keyset.js';
import { DomainError, errorCatalogue } from '../../rules/errors.js';
import { requestSchemas } from '../../workflows/messages/catalogue.js';

test('A1: an error of the catalogue keeps its code, status and both titles', () => {
  for (const [code, { status, zh, en }] of Object.entries(errorCatalogue)) {
    const error = new DomainError(code as keyof typeof errorCatalogue, {
      what: 'so',
      where: 'here',
      found: 'this',
    });
    expect(problemOfError(error, '/x')).toEqual({
      ...{ type: `urn:yizheng:problem:${code}`, title: zh, titleEn: en, status, code },
      ...{ detail: 'so', instance: '/x', where: 'here', found: 'this' },
    });
  }
});

test('A1: an invalid input names every fault at once, with its path, what was expected and what was found', () => {
  const body = { kind: 'fisrt', permitClass: 'key', files: [{ item: '' }], extra: 1 };
  const problem = problemOf(() => parse(requestSchemas['application.submit'], body, 'body'));
  expect(problem).toMatchObject({ status: 400, code: 'input.invalid' });
  const faults = new Map(problem.errors?.map((fault) => [fault.path, fault]));
  expect(faults.get('body.kind')).toMatchObject({
    expected: 'first | renewal | reapplication | change | replacement',
    found: 'fisrt',
  });
  expect(faults.get('body.area')).toMatchObject({ expected: 'string', found: 'nothing' });
  expect(faults.get('body.files.0.contentId')).toMatchObject({ found: 'nothing' });
  expect(faults.get('body.extra')).toMatchObject({ what: 'unknown field' });
});

test('A5: a password is never repeated', () => {
  const schema = requestSchemas['cancellation.statement'].extend({
    password: requestSchemas['cancellation.statement'].shape.text.max(3),
  });
  expect(
    JSON.stringify(problemOf(() => parse(schema, { text: 'x', password: 'secret!' }, 'body'))),
  ).not.toContain('secret!');
});

test('A7: a database that is away is a 503, at whatever depth the driver says so', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const wrapped = new DrizzleQueryError('select 1', ['a name'], refused);
  expect(problemOfError(wrapped, '/x')).toMatchObject({ status: 503, code: 'service.unavailable' });
  const shuttingDown = Object.assign(new Error('terminating connection'), { code: '57P01' });
  expect(problemOfError(shuttingDown, '/x').status).toBe(503);
});

test('A5: what nobody expected is a 500 that says nothing of its inside', () => {
  const problem = problemOfError(new Error('duplicate key (username)=(zhang)'), '/x');
  expect(problem).toMatchObject({ status: 500, code: 'internal' });
  expect(JSON.stringify(problem)).not.toContain('zhang');
  expect(problemOfError('not even an error', '/x').status).toBe(500);
});

test('A1: a cursor that no list gave is refused as an input', () => {
  const key = [{ by: { getSQL: () => undefined as never }, type: 'text' }] as const;
  for (const strange of ['x', writeCursor(['a', 'b']), Buffer.from('{"a":1}').toString('base64url')]) {
    expect(problemOf(() => after(key, strange))).toMatchObject({ status: 400, where: 'query.cursor' });
  }
});

function problemOf(act: () => unknown) {
  try {
    act();
  } catch (error) {
    return problemOfError(error, '/x');
  }
  throw new Error('nothing was thrown');
}
