import { expect } from 'vitest';
import { officer, type Staff, staffOf } from '../../../rehearsal/people.js';
import type { Actor } from '../../../workflows/messages/request.js';
import { IssueCase, mayRefuse, paper } from '../../issues/issueCase.js';
import { HeldPermit } from '../../rig/permits.js';
import type { Rig } from '../../rig/rig.js';
import type { Problem } from './record.js';
import { inspectorsOf, organs, staffIn } from './region.js';

/** How the people of the test handle a problem, each doing his part, and what they write down of it. */
export class Handling {
  readonly issue: IssueCase;
  private readonly level: string;
  private readonly staff: Staff;

  constructor(
    rig: Rig,
    readonly problem: Problem,
  ) {
    const { tier, city, unitId, permitNo, caseId } = problem;
    this.level = tier === 'sampling' ? 'province' : organs[city].supervising;
    this.staff = staffOf(this.level);
    this.issue = new IssueCase(rig, new HeldPermit(rig, unitId, permitNo), caseId, this.staff);
  }

  /** Told, accepted, upheld, assigned and, where it is the unit's, served. */
  async begin(on: string): Promise<void> {
    const { responsible } = this.problem;
    await this.issue.feedBack(on, responsible, this.inspectors[0]);
    await this.issue.acceptFinding(this.mender);
    await this.issue.determine({ outcome: 'upheld', reason: '属实' }, this.staff.sectionHead);
    await this.assign(on);
  }

  async assign(on: string): Promise<void> {
    const { responsible } = this.problem;
    await this.issue.assign({ responsible }, {}, this.inspectors[0]);
    if (responsible === 'unit') await this.issue.dispatch(on);
  }

  /** Mended with evidence, verified by two, closed, the slip sealed. */
  async mend(on: string): Promise<void> {
    await this.apply(on);
    const [one, two] = this.inspectors;
    await this.issue.verifyMended(one, 'first', on);
    await this.issue.verifyMended(two, 'second', on);
    await this.issue.close({}, this.staff.sectionHead);
    await this.issue.dispatch(on);
    this.problem.state = this.problem.state === 'overdue' ? 'late' : 'inTime';
    expect(await this.issue.row(), this.problem.caseId).toMatchObject({ closedOn: on });
  }

  /** Handed in, verified by one person twice, which is refused, and sent back by the other. */
  async mendInVain(on: string): Promise<void> {
    await this.apply(on);
    const [one, two] = this.inspectors;
    await this.issue.verifyMended(one, 'first', on);
    const again = await this.issue.verifyMended(one, 'second', on, {}, mayRefuse);
    expect(again).toMatchObject({ status: 'refused', detail: { expected: 'two persons' } });
    await this.issue.verifyMended(two, 'second', on, { outcome: 'return', finding: '标准仍未更正' });
    const bare = await this.issue.apply(on, { evidence: [] }, mayRefuse);
    expect(bare).toMatchObject({ status: 'refused', detail: { where: 'evidence' } });
  }

  /** The unit objects, and the finding level finds that it is right. */
  async withdraw(on: string): Promise<void> {
    await this.issue.feedBack(on, this.problem.responsible, this.inspectors[0]);
    await this.issue.object(this.mender);
    await this.issue.determine({ outcome: 'noFault', reason: '标准适用无误' }, this.staff.sectionHead);
    this.problem.state = 'withdrawn';
  }

  /** Nobody has mended it by its last day, and the ledger of the case says so on that day. */
  async isOverdueSince(instant: string): Promise<void> {
    expect((await this.issue.timeline('issue.overdue'))[0], this.problem.caseId).toBe(
      `${instant} issue.overdue`,
    );
    this.problem.state = 'overdue';
  }

  private get inspectors(): readonly [Actor, Actor] {
    return inspectorsOf(this.level);
  }

  /** Who mends it: the unit, or an officer of the authority whose error it is. */
  private get mender(): Actor {
    const { responsible, city } = this.problem;
    return responsible === 'unit'
      ? this.issue.unit
      : officer(`officer.${city}`, `officer@${organs[city].deciding}`);
  }

  private async apply(on: string): Promise<void> {
    if (this.problem.responsible === 'unit') {
      await this.issue.apply(on);
      return;
    }
    const form = { outcome: 'applied', completedOn: on, note: '已变更', evidence: paper() };
    await this.issue.complete(staffIn(this.problem.city).lead, 'issueRectification', form);
  }
}
