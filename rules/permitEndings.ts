import { DomainError } from './errors.js';

/** The grounds of an annulment (ALL 69): the authority may, for its own faults; it must, for the holder's fraud. */
export const annulmentGrounds = {
  abuse: { article: 'ALL 69(1)', mandatory: false },
  ultraVires: { article: 'ALL 69(2)', mandatory: false },
  procedureBreached: { article: 'ALL 69(3)', mandatory: false },
  unqualified: { article: 'ALL 69(4)', mandatory: false },
  otherByLaw: { article: 'ALL 69(5)', mandatory: false },
  /** Obtained by deceit or by bribery: annulled, fined, and barred for three years (REG 40). */
  fraud: { article: 'ALL 69', mandatory: true },
  bribery: { article: 'ALL 69', mandatory: true },
} as const satisfies Record<string, { readonly article: string; readonly mandatory: boolean }>;

/** A ground of an annulment. */
export type AnnulmentGround = keyof typeof annulmentGrounds;

/** The grounds of a withdrawal (ALL 8), both in the public interest. */
export const withdrawalGrounds = ['lawChanged', 'circumstancesChanged'] as const;

/** The articles under which a penalty may revoke a permit, and whether the holder is barred for three years after it. */
const revoking: Readonly<Record<string, { readonly barred: boolean }>> = {
  'REG 34': { barred: false },
  'REG 34(1)': { barred: false },
  'REG 34(2)': { barred: false },
  'REG 41': { barred: true },
};

/** Whether a revocation under this article bars the holder for three years. Throws `rule.refused` where none revokes. */
export function revocationBars(article: string): boolean {
  const found = Object.hasOwn(revoking, article) ? revoking[article] : undefined;
  if (found !== undefined) return found.barred;
  throw new DomainError('rule.refused', {
    what: 'no penalty under this article revokes a permit',
    where: 'article',
    expected: Object.keys(revoking).join(' | '),
    found: article,
  });
}
