import { z } from 'zod';
import { anchorText } from '../../ledger/anchor.js';
import { publicKeys } from '../../ledger/anchoredHeads.js';
import { exportCase } from '../../ledger/exports.js';
import { anchorsBefore } from '../../db/queries/anchors.js';
import { findCase } from '../../db/queries/cases.js';
import { DomainError } from '../../rules/errors.js';
import { caseIdOf, casePath, instant } from '../fields.js';
import { scopeFor } from '../policy.js';
import { type Resource, route } from '../route.js';

const anchorSchema = z
  .object({
    number: z.int(),
    at: instant,
    cases: z.int(),
    entries: z.int(),
    root: z.string().meta({ description: 'the root of the tree over the heads of all cases' }),
    previous: z.string().meta({ description: 'the hash of the anchor before' }),
    keyId: z.string(),
    signature: z.string().meta({ description: 'Ed25519 over `text`, in base64' }),
    text: z.string().meta({ description: 'what is signed, byte for byte: worth keeping elsewhere' }),
  })
  .meta({ id: 'LedgerAnchor' });

const anchorQuery = z.object({
  before: z.coerce.number<string>().int().min(1).optional().meta({
    type: 'integer',
    description: 'only anchors below this number: the `next` of the page before',
  }),
  limit: z.coerce.number<string>().int().min(1).max(1000).default(100).meta({ type: 'integer' }),
});

/** The ledger as evidence: its anchors, and a case's chain as a file that anybody can check. */
export const ledger: Resource = {
  name: 'ledger',
  description: '台账证据 / the ledger as evidence: signed anchors, and exports to check offline',
  routes: [
    route({
      method: 'get',
      path: '/ledger/anchors',
      summary: '台账锚 / the signed anchors, the newest first, and every key that has signed',
      access: 'ledger.export',
      query: anchorQuery,
      answers: {
        200: {
          description: 'Anchors and keys',
          schema: z.object({
            items: z.array(anchorSchema),
            next: z.int().nullable().meta({ description: 'the `before` of the next page' }),
            keys: z.record(z.string(), z.string()).meta({
              description: 'by fingerprint, the public key as DER (SPKI) in base64',
            }),
          }),
        },
      },
      async handle({ db }, _person, { query: { before, limit } }) {
        const anchors = await anchorsBefore(db, before, limit);
        const items = anchors.map((anchor) => ({ ...anchor, text: anchorText(anchor) }));
        const last = items.at(-1)?.number ?? 1;
        return { status: 200, body: { items, next: last > 1 ? last : null, keys: await publicKeys(db) } };
      },
    }),
    route({
      method: 'get',
      path: '/cases/{kind}/{number}/ledger/export',
      summary: '导出台账 / the case’s ledger as a file for `yizheng ledger verify`',
      description:
        'Holds the entries, the last anchor, the proof that the case is under it, and the public keys.',
      access: 'ledger.export',
      logs: true,
      params: casePath,
      answers: { 200: { description: 'The file', schema: z.looseObject({ format: z.string() }) } },
      async handle({ db, headTrees }, person, { path }) {
        const caseId = caseIdOf(path);
        const row = await findCase(db, scopeFor(person, 'ledger.export'), caseId);
        if (row === undefined)
          throw new DomainError('not.found', { what: 'there is no such case', found: caseId });
        const name = encodeURIComponent(caseId.replace('/', '-'));
        return {
          status: 200,
          body: await exportCase(db, caseId, headTrees),
          headers: { 'Content-Disposition': `attachment; filename="${name}.json"` },
        };
      },
    }),
  ],
};
