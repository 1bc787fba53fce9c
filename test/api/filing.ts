import { expect } from 'vitest';
import { plainProject } from '../../rehearsal/office.js';
import type { Caller } from './client.js';

/** Stores what the file needs and makes the body of a complete first application. */
export async function submission(caller: Caller, unitId: string) {
  const { body } = await caller.send('POST', '/contents', { json: { outfalls: [{ id: 'DW001' }], unitId } });
  const contentId = body['id'];
  const files = ['commitment', 'applicationForm', 'preDisclosure'].map((item) => ({ item, contentId }));
  const facts = {
    kind: 'first',
    permitClass: 'key',
    area: '990100',
    project: plainProject,
    commitment: true,
  };
  return { ...facts, unitId, contentId, files };
}

/** Files a first application; answers with its case's id. */
export async function file(caller: Caller, unitId = 'steel'): Promise<string> {
  const { body, status } = await caller.post('/applications', await submission(caller, unitId));
  expect(status, JSON.stringify(body)).toBe(201);
  return String(body['caseId']);
}

/** The path of a case's first completeness task. */
export const completeness = (caseId: string): string => `/tasks/${caseId}/completeness.1`;

/** The path of an operation on an application. */
export const operation = (caseId: string, name: string): string =>
  `/${caseId.replace('application', 'applications')}/${name}`;

/** Reads a list page by page of this size; answers with every item. */
export async function allPages(
  caller: Caller,
  path: string,
  limit: number,
  more = '',
): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { body } = await caller.get(
      `${path}?limit=${limit}${more}${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    items.push(...(body['items'] as Record<string, unknown>[]));
    cursor = body['next'] as string | null;
  }
  return items;
}
