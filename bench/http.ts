import { randomUUID } from 'node:crypto';
import { demonstrationPassword } from '../cli/demonstration.js';
import { plainProject } from '../rehearsal/office.js';
import { type HumanStep, humanSteps } from './script.js';
import type { Subject, Unopened } from './subject.js';

/** What the application is about, to be stored first. */
export const applicationContent = { json: { outfalls: [{ id: 'DW001' }] } };

/** A complete first application with this stored content. */
export const submissionOf = (contentId: string) => ({
  ...{ kind: 'first', permitClass: 'key', area: '990100', unitId: 'steel', contentId },
  files: ['commitment', 'applicationForm', 'preDisclosure'].map((item) => ({ item, contentId })),
  ...{ project: plainProject, commitment: true },
});

/** The product over HTTP, as people use it: signed in, with an idempotency key for each write. */
export async function httpOf(url: string): Promise<Subject> {
  const tokens = new Map<string, string>();
  const call = async (username: string, method: string, path: string, body?: object) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        authorization: `Bearer ${tokens.get(username) ?? ''}`,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
    return { status: response.status, answer };
  };
  const post = async (username: string, path: string, body: object): Promise<Record<string, unknown>> => {
    const { status, answer } = await call(username, 'POST', path, body);
    // On a machine under load a step may take longer than the API waits for it: it counts once it is done.
    let open = status === 202;
    while (open) {
      const request = await call(username, 'GET', `/requests/${String(answer['requestId'])}`);
      open = request.answer['status'] === 'open';
    }
    return answer;
  };
  for (const username of new Set(['steel', ...humanSteps.map((step) => step.username)])) {
    const { token } = await post(username, '/sign-in', { username, password: demonstrationPassword });
    tokens.set(username, String(token));
  }
  const { id } = await post('steel', '/contents', applicationContent);
  const submission = submissionOf(String(id));
  const newCase = (): Unopened => {
    let caseId = '';
    return {
      async open() {
        caseId = String((await post('steel', '/applications', submission))['caseId']);
      },
      steps: humanSteps.map(({ username, does }) => () => {
        const { path, body } = callOf(caseId, does);
        return post(username, path, body);
      }),
    };
  };
  return { prepare: (count) => Promise.resolve(Array.from({ length: count }, newCase)) };
}

/** The path and the body of a step over HTTP. */
export function callOf(caseId: string, does: HumanStep['does']): { path: string; body: object } {
  switch (does.act) {
    case 'claim':
      return { path: `/tasks/${caseId}/${does.task}/claim`, body: {} };
    case 'complete':
      return { path: `/tasks/${caseId}/${does.task}/complete`, body: { form: does.form } };
    case 'seal': {
      const { document, seal, by } = does;
      return { path: `/documents/${caseId}/document-${document}/seal`, body: { seal, by } };
    }
  }
}
