import { randomUUID } from 'node:crypto';
import { demonstrationPassword } from '../cli/demonstration.js';
import { plainProject } from '../rehearsal/office.js';
import { type HumanStep, humanSteps } from './script.js';
import type { Subject, Unopened } from './subject.js';

/** The product over HTTP, as people use it: signed in, with an idempotency key for each write. */
export async function httpOf(url: string): Promise<Subject> {
  const tokens = new Map<string, string>();
  const post = async (username: string, path: string, body: object): Promise<Record<string, unknown>> => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        authorization: `Bearer ${tokens.get(username) ?? ''}`,
      },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    // A 202 would be a step that is not done: it must not count as a quick one.
    if (response.status !== 200 && response.status !== 201)
      throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  for (const username of new Set(['steel', ...humanSteps.map((step) => step.username)])) {
    const { token } = await post(username, '/sign-in', { username, password: demonstrationPassword });
    tokens.set(username, String(token));
  }
  const { id: contentId } = await post('steel', '/contents', { json: { outfalls: [{ id: 'DW001' }] } });
  const files = ['commitment', 'applicationForm', 'preDisclosure'].map((item) => ({ item, contentId }));
  const submission = {
    ...{ kind: 'first', permitClass: 'key', area: '990100', unitId: 'steel', contentId, files },
    ...{ project: plainProject, commitment: true },
  };
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

function callOf(caseId: string, does: HumanStep['does']): { path: string; body: object } {
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
