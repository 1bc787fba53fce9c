import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { parseDate } from '../../rules/date.js';
import { DomainError } from '../../rules/errors.js';
import { standingOf } from '../../rules/bulletinFigures.js';
import { freezeBulletinRows } from '../../db/queries/bulletinRows.js';
import { figureCounts, formerBulletin, issueTold } from '../../db/queries/bulletins.js';
import { bulletins } from '../../db/schema/index.js';
import type { Guard } from './guards.js';
import { required } from './permitRows.js';

const typicalCases = z.array(z.object({ issueId: z.string(), note: z.string() }));

/** What only the transaction can do for a bulletin: its figures are the rows that it freezes. */
export const bulletinGuards: Readonly<Record<string, Guard>> = {
  /** Counts the period, and keeps every row that is counted. */
  async bulletinFigures(tx, params, input, { pack }) {
    const [region, from, to] = [required(params, 'region'), required(params, 'from'), required(params, 'to')];
    const period = { bulletin: input.caseId, from: parseDate(from), to: parseDate(to) };
    await tx.insert(bulletins).values({
      ...{ caseId: input.caseId, region, from: period.from, to: period.to, frozenAt: input.at },
      ...{ former: await formerBulletin(tx, region, period.from), typical: [], issuedOn: null },
    });
    await freezeBulletinRows(tx, pack, period);
    const { sampled, problems } = standingOf(await figureCounts(tx, input.caseId));
    return { answer: 'frozen', found: { sampled, issues: problems } };
  },

  /** Is every typical case an issue that its finding organ has determined? Throws with the one that is not. */
  async bulletinTypical(tx, params, input) {
    const typical = typicalCases.parse(JSON.parse(required(params, 'typical')));
    for (const { issueId } of typical) {
      const issue = await issueTold(tx, issueId);
      if (issue?.determined === true) continue;
      throw new DomainError('rule.refused', {
        what: 'nobody is named before the problem is determined',
        where: 'typical',
        expected: 'an issue that was upheld',
        found: issueId,
      });
    }
    await tx.update(bulletins).set({ typical }).where(eq(bulletins.caseId, input.caseId));
    return { answer: 'determined', found: {} };
  },

  /** Sealed: from this day on it is the former bulletin of those that follow. */
  async bulletinIssued(tx, params, input) {
    const issuedOn = parseDate(required(params, 'on'));
    await tx.update(bulletins).set({ issuedOn }).where(eq(bulletins.caseId, input.caseId));
    return { answer: 'issued', found: {} };
  },
};
