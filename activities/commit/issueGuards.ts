import { eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { DomainError } from '../../rules/errors.js';
import { isFulfilledBy } from '../../rules/issueRoutes.js';
import { type IssueRoute, routes } from '../../rules/issueWords.js';
import type { Transaction } from '../../db/database.js';
import { cases, permits } from '../../db/schema/index.js';
import { type CommitInput, type GuardParams, isEnded } from '../../workflows/messages/step.js';
import { examinationsOf, institutionsOf } from './examiners.js';
import { openIssueOf } from './issues.js';
import { required } from './permitRows.js';

const routeIn = (text: string): IssueRoute => z.enum(routes).parse(text);

async function requirePermitEnded(tx: Transaction, permitNo: string, untried: string): Promise<void> {
  const [permit] = await tx
    .select({ state: permits.state })
    .from(permits)
    .where(eq(permits.permitNo, permitNo));
  if (permit !== undefined && isEnded(permit.state)) return;
  throw new DomainError('rule.refused', {
    what: 'an issue closes without what it has started only where that has been tried, and has failed',
    where: untried,
    expected: 'a case that has ended without effect, or a permit that has ended',
    found: permit?.state ?? 'no such permit',
  });
}

/** What only the transaction can tell of an issue: whether its problem is known, who examined its permit, what its cases came to. */
export const issueGuards = {
  /** Is the same problem at the same place in the ledger, and not over? Throws where the permit is not the unit's. */
  async sameIssue(tx: Transaction, params: GuardParams, input: CommitInput): Promise<string> {
    const permitNo = required(params, 'permitNo');
    const [permit] = await tx.select().from(permits).where(eq(permits.permitNo, permitNo));
    if (permit?.unitId !== params['unitId']) {
      throw new DomainError('not.found', {
        what: 'the unit has no such permit',
        where: 'permitNo',
        found: permitNo,
      });
    }
    const problem = { permitNo, subject: required(params, 'subject'), place: required(params, 'place') };
    // Two that find the same at once: the second finds the first.
    const key = `issue ${permitNo} ${problem.subject} ${problem.place}`;
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${key}))`);
    return (await openIssueOf(tx, problem, input.caseId)) === undefined ? 'none' : 'known';
  },

  /** Is there such a case, of this kind, about this permit, or about its unit where it has no permit yet? */
  async linkedCase(tx: Transaction, params: GuardParams): Promise<string> {
    const [id, route] = [required(params, 'caseId'), routeIn(required(params, 'route'))];
    const [found] = await tx.select().from(cases).where(eq(cases.id, id));
    const refuse = (what: string, expected: string, value: string): never => {
      throw new DomainError('rule.refused', { what, where: 'caseId', expected, found: value });
    };
    if (found === undefined) return refuse('there is no such case', `a case of ${route}`, id);
    if (found.procedure !== route && found.kind !== route)
      return refuse('the case is of another kind', route, found.procedure);
    const isOurs =
      found.permitNo === null ? found.unitId === params['unitId'] : found.permitNo === params['permitNo'];
    if (!isOurs) {
      const [ours, theirs] = [required(params, 'permitNo'), found.permitNo ?? found.unitId];
      return refuse('the case is about another permit', ours, theirs);
    }
    if (found.outcome !== null && !isFulfilledBy(route, found.outcome))
      return refuse(
        'the case has ended without what the issue needs of it',
        `another case of ${route}`,
        found.outcome,
      );
    return 'fits';
  },

  /**
   * Have the cases that an issue has started, by their routes, all ended? Throws with the first that has not. Routes that
   * nobody has tried (`untried`) may be left out only where the permit has ended, so that nobody can try them any more.
   */
  async linkedCasesEnded(tx: Transaction, all: GuardParams): Promise<string> {
    const { permitNo = null, untried = null, ...params } = all;
    if (untried !== null) await requirePermitEnded(tx, permitNo ?? '', untried);
    const ids = Object.values(params).flatMap((id) => id ?? []);
    if (ids.length === 0) return 'ended';
    // In one order, so that two issues with the same cases never wait for each other.
    const found = await tx.select().from(cases).where(inArray(cases.id, ids)).orderBy(cases.id).for('share');
    const open = found.find(({ outcome }) => outcome === null);
    // Its message may be on its way: what it says is read here already.
    const failed = Object.entries(params).flatMap(([route, id]) =>
      found.filter(
        (each) => each.id === id && each.outcome !== null && !isFulfilledBy(routeIn(route), each.outcome),
      ),
    )[0];
    if (open === undefined && failed === undefined && found.length === new Set(ids).size) return 'ended';
    throw new DomainError('rule.refused', {
      what: 'an issue closes when what it has started is over',
      where: (open ?? failed)?.id ?? ids.join(', '),
      expected:
        open === undefined && failed !== undefined
          ? 'a case that ends with effect'
          : 'the end of the linked case',
      found: open?.stage ?? failed?.outcome ?? 'no such case',
    });
  },

  /** Has this person examined the permit, in whichever of its applications, or his institution compiled or assessed it? Throws if so. */
  async notExaminer(tx: Transaction, params: GuardParams): Promise<string> {
    const [permitNo, person] = [required(params, 'permitNo'), required(params, 'person')];
    const examined = (await examinationsOf(tx, permitNo)).find((each) => each.person === person);
    // Absent from steps of cases that were judged before institutions counted.
    const { institution = null } = params;
    if (institution !== null && (await institutionsOf(tx, permitNo, null)).includes(institution)) {
      throw new DomainError('rule.refused', {
        what: 'a rectification is verified by somebody who had no part in the permit',
        where: 'institution',
        expected: 'somebody who is not of the permit’s institution',
        found: institution,
      });
    }
    if (examined === undefined) return 'free';
    throw new DomainError('rule.refused', {
      what: 'a rectification is verified by somebody who had no part in the permit',
      where: examined.task,
      expected: 'somebody who did not examine the permit',
      found: person,
    });
  },
};
