import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { resources } from '../../api/app.js';
import { openapiDocument } from '../../api/openapi.js';
import { taskForms } from '../../workflows/messages/catalogue.js';
import { expectations } from '../identity/expectations.js';

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: { readonly required?: boolean };
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema?: Schema }> }>;
  readonly security: readonly object[];
}
interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

const document = openapiDocument(resources) as Document;
const routes = resources.flatMap((resource) => resource.routes);
const operationOf = (method: string, path: string) => document.paths[path]?.[method];

test('A1: the OpenAPI 3.1 document holds every route, each under an id of its own', () => {
  expect(document.openapi).toBe('3.1.0');
  const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  );
  expect(documented.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
  const ids = Object.values(document.paths).flatMap((operations) =>
    Object.values(operations).map((one) => one.operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test('A1: every parameter in a path is described, and every write asks for its Idempotency-Key', () => {
  for (const { method, path, isWrite } of routes) {
    const operation = operationOf(method, path);
    const described = operation?.parameters ?? [];
    const inPath = described
      .filter((parameter) => parameter.in === 'path')
      .map((parameter) => parameter.name);
    expect(inPath.sort(), path).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort());
    const key = described.find((parameter) => parameter.name === 'Idempotency-Key');
    expect(key?.required ?? false, `${method} ${path}`).toBe(isWrite);
    if (isWrite) expect(operation?.requestBody, path).toBeDefined();
  }
});

test('A1: every route says who may call it and which problems it answers with', () => {
  for (const { method, path, access } of routes) {
    const operation = operationOf(method, path);
    expect(operation?.security, path).toHaveLength(access === 'public' ? 0 : 2);
    const responses = operation?.responses ?? {};
    expect(Object.keys(responses), path).toContain('500');
    if (access !== 'public') {
      expect(responses['401']?.content, path).toHaveProperty(['application/problem+json']);
    }
  }
});

test('A1: whatever a role may get from a route is an answer that the route documents', () => {
  for (const { method, path } of routes) {
    const rules = expectations[`${method.toUpperCase()} ${path}`] ?? [];
    const statuses = rules.flatMap(([, ...expected]) => expected).filter((one) => typeof one === 'number');
    const documented = Object.keys(operationOf(method, path)?.responses ?? {});
    for (const status of statuses) expect(documented, `${method} ${path}`).toContain(String(status));
  }
});

test('A1: a body is asked for where something must be in it, and nowhere else', () => {
  const requiredOf = (path: string) => operationOf('post', path)?.requestBody?.required;
  // Sent nothing at all, it disables the account: the document may not promise a refusal.
  expect(requiredOf('/accounts/{id}/disable')).toBe(false);
  expect(requiredOf('/accounts')).toBe(true);
  expect(requiredOf('/tasks/{kind}/{number}/{task}/complete')).toBe(true);
});

/** Lists that are answered whole, each with what keeps it small. */
const whole: Readonly<Record<string, string>> = {
  '/cases/{kind}/{number}/clocks': 'the clocks of one case',
  '/permits/{no}/versions': 'the versions of one permit',
  '/registrations/{no}/versions': 'the versions of one registration form',
  '/permits/{no}/versions/{version}/differences': 'the differences of two contents, judged together',
  '/applications/{number}/differences': 'the differences of two contents, judged together',
  '/self-checks/{number}': 'the items of one self-check, a list that the rules give',
  '/samplings/{number}/rounds': 'the rounds of one sampling, a dozen a year',
  '/samplings/{number}/rounds/{round}': 'a drawing, which is verified whole',
  '/samplings/{number}/counts': 'what each organ entered for one sampling',
  '/samplings/{number}/forecast': 'a line for each city and kind',
  '/webhooks': 'the systems that administrators have subscribed',
  '/units/{id}/contacts': 'twenty at most',
  '/accounts/{id}/contacts': 'twenty at most',
  '/limits': 'the values of the rule packs',
  '/calendars': 'a few editions a year',
  '/load-calendar': 'a line for each day, organ and city of five years at most',
  '/load-calendar/invitations': 'a plan for a year at most, made and read whole',
  '/watch': 'a line for each kind',
};

test('A1: every list is read page by page, but for those that are small by nature', () => {
  const standing = (schema: Schema | undefined): Schema | undefined =>
    schema?.$ref === undefined ? schema : document.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
  const found = { paged: [] as string[], whole: [] as string[] };
  for (const [path, { get }] of Object.entries(document.paths)) {
    const answered = standing(get?.responses['200']?.content?.['application/json']?.schema);
    const properties = [answered, ...(answered?.anyOf ?? []).map(standing)].flatMap((schema) =>
      Object.keys(schema?.properties ?? {}),
    );
    if (!properties.includes('items')) continue;
    const asked = (get?.parameters ?? []).flatMap((one) => (one.in === 'query' ? [one.name] : []));
    if (!properties.includes('next')) {
      found.whole.push(path);
      continue;
    }
    found.paged.push(path);
    expect(asked, path).toContain('limit');
    // What is numbered without a gap, or has positions of its own, is read on from a number.
    expect(
      asked.filter((name) => ['cursor', 'after', 'before'].includes(name)),
      path,
    ).toHaveLength(1);
  }
  expect(found.whole.sort()).toEqual(Object.keys(whole).sort());
  expect(found.paged).toEqual(expect.arrayContaining(['/tasks', '/covers', '/events', '/audit']));
});

test('A1: every reference leads to a schema of the document', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
  expect(references.length).toBeGreaterThan(20);
  for (const [, name] of references) expect(Object.keys(document.components.schemas)).toContain(name);
});

test('A1: every form of a task stands under a name of its own that tells its family, so that one can be found', () => {
  const body = JSON.stringify(operationOf('post', '/tasks/{kind}/{number}/{task}/complete')?.requestBody);
  const offered = /"form":\{"anyOf":(\[[^\]]*\])/.exec(body)?.[1] ?? '[]';
  const forms = (JSON.parse(offered) as { readonly $ref: string }[]).map(({ $ref }) =>
    $ref.split('/').at(-1),
  );
  expect(new Set(forms).size).toBe(forms.length);
  for (const family of Object.keys(taskForms)) {
    const name = new RegExp(`^${family.charAt(0).toUpperCase()}${family.slice(1)}([A-Z]\\w*)?Form$`);
    expect(
      forms.filter((form) => form !== undefined && name.test(form)),
      family,
    ).not.toEqual([]);
  }
  expect(forms).toContain('CompletenessSupplementForm');
});

test('A1: the document is valid OpenAPI 3.1, by the schema that the OpenAPI Initiative publishes', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(JSON.stringify(document, null, 1));
  expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  expect(validator.version).toBe('3.1');
});
