import { eq } from 'drizzle-orm';
import { issues } from '../../db/schema/index.js';
import { Office, type Refusal } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import type { RequestStatus } from '../../relay/send.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import type { Actor } from '../../workflows/messages/request.js';
import { type HeldPermit, timelineOf } from '../rig/permits.js';
import type { Rig } from '../rig/rig.js';

const { officer } = people;

/** The people of the quality assurance in the city, each another person. */
export const inspectors = ['found', 'one', 'two', 'three'].map((name) =>
  officer(`inspector.${name}`, 'inspector@yunchuan'),
) as [Actor, Actor, Actor, Actor];
export const [finder, one, two, three] = inspectors;
export const ofProvince = {
  inspector: officer('inspector.province', 'inspector@province'),
  second: officer('inspector.province.2', 'inspector@province'),
  sectionHead: officer('sectionHead.province', 'sectionHead@province'),
  desk: officer('acceptance.province', 'acceptance@province'),
  sealKeeper: officer('sealKeeper.province', 'sealKeeper@province'),
};

export const mayRefuse = { mayRefuse: true } as const;
export const paper = (note = '整改照片'): readonly JsonObject[] => [{ note, contentId: null }];

let count = 0;

/** A problem of a permit, as an inspector writes it down. */
export const findingOf = (permit: HeldPermit, more: JsonObject = {}): JsonObject => ({
  ...{
    tier: 'sweep',
    campaign: '2026-1',
    permitNo: permit.permitNo,
    permitVersion: 1,
    method: 'documentsBasis',
  },
  ...{ rule: 'PQ-03', item: null, group: 'D', test: 'complete', category: 'mainOutletMissing' },
  ...{
    severity: 'general',
    description: '遗漏主要排放口DA003',
    basis: 'HJ 846-2017',
    place: `DA${(count += 1)}`,
  },
  ...{ evidence: paper('许可证副本'), foundOn: '2026-03-05', responsible: 'unit', falsified: false },
  ...{ business: null, issuedOn: null, industry: null, examiners: [], institution: null },
  ...{ unitId: permit.unitId, area: '990100' },
  ...more,
});

/** The work on one issue. */
export class IssueCase extends Office<Rig> {
  constructor(
    rig: Rig,
    readonly permit: HeldPermit,
    caseId = `issue/${rig.number}-${permit.unitId}-${(count += 1)}`,
    staff: people.Staff = people.yunchuan,
  ) {
    super(rig, caseId, staff);
  }

  /** An inspector finds it. */
  static async find(permit: HeldPermit, more: JsonObject = {}, actor: Actor = finder): Promise<IssueCase> {
    const issue = new IssueCase(permit.rig, permit);
    await issue.ask(actor, 'issue.find', findingOf(permit, more));
    await permit.rig.world.settle();
    return issue;
  }

  get unit(): Actor {
    return people.applicantOf(this.permit.unitId);
  }

  /** Fed back, by a talk on this day. */
  async feedBack(on: string, to: 'unit' | 'authority' | 'both' = 'unit', actor: Actor = finder) {
    const form = { outcome: 'recorded', to, on, method: '电话', recipient: '李某', note: '已告知' };
    return await this.complete(actor, 'issueNotice', form);
  }

  async object(actor: Actor, more: Refusal = {}) {
    const body = { outcome: 'objection', grounds: '排放口已合并', evidence: [] };
    return await this.ask(actor, 'issue.object', body, more);
  }

  async acceptFinding(actor: Actor) {
    return await this.ask(actor, 'issue.object', { outcome: 'noObjection' });
  }

  async determine(
    form: JsonObject = { outcome: 'upheld', reason: '属实' },
    actor: Actor = people.sectionHead,
  ) {
    return await this.complete(actor, 'issueDetermination', form);
  }

  async assign(more: JsonObject = {}, refusal: Refusal = {}, actor: Actor = finder) {
    const form = { outcome: 'assigned', responsible: 'unit', person: '李某', measure: '补充DA003', ...more };
    return await this.complete(actor, 'issueAssignment', form, refusal);
  }

  /** Found, fed back, accepted, upheld and assigned to the unit, whose notice is served: all on this day. */
  async begin(on: string, more: JsonObject = {}): Promise<void> {
    await this.feedBack(on);
    await this.acceptFinding(this.unit);
    await this.determine();
    await this.assign(more);
    await this.dispatch(on);
  }

  async apply(on: string, more: JsonObject = {}, refusal: Refusal = {}, actor: Actor = this.unit) {
    const body = { completedOn: on, note: '已补充', evidence: paper(), ...more };
    return await this.ask(actor, 'issue.apply', body, refusal);
  }

  async verifyMended(
    actor: Actor,
    which: 'first' | 'second',
    on: string,
    more: JsonObject = {},
    refusal: Refusal = {},
  ): Promise<RequestStatus> {
    const form = { outcome: 'pass', on, method: 'onSite', finding: '已整改', ...more };
    return await this.complete(actor, `issueVerification.${which}`, form, refusal);
  }

  async close(refusal: Refusal = {}, actor: Actor = people.sectionHead): Promise<RequestStatus> {
    return await this.complete(actor, 'issueClosing', { outcome: 'close', opinion: '准予' }, refusal);
  }

  /** Applied for with evidence, verified by two, closed and sealed. */
  async closeOut(on: string): Promise<void> {
    await this.apply(on);
    await this.verifyMended(one, 'first', on);
    await this.verifyMended(two, 'second', on);
    await this.close();
    await this.dispatch(on);
  }

  async row() {
    const [row] = await this.rig.db.select().from(issues).where(eq(issues.caseId, this.caseId));
    if (row === undefined) throw new Error(`no issue ${this.caseId}`);
    return row;
  }

  async timeline(...names: readonly string[]): Promise<readonly string[]> {
    return await timelineOf(this.rig, this.caseId, ...names);
  }
}
