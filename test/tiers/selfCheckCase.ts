import { and, eq } from 'drizzle-orm';
import { cases, issues } from '../../db/schema/index.js';
import { Office, type Refusal } from '../../rehearsal/office.js';
import { applicantOf } from '../../rehearsal/people.js';
import type { SelfCheckItem } from '../../rules/selfCheck.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import type { HeldPermit } from '../rig/permits.js';
import type { Rig } from '../rig/rig.js';

/** The work of a unit on its self-check. */
export class SelfCheck extends Office<Rig> {
  constructor(
    readonly permit: HeldPermit,
    readonly period: string,
  ) {
    super(permit.rig, `selfCheck/${period}-${permit.permitNo}`);
  }

  async row() {
    const [row] = await this.rig.db.select().from(cases).where(eq(cases.id, this.caseId));
    if (row === undefined) throw new Error(`no ${this.caseId}`);
    return row;
  }

  async submit(problems: readonly JsonObject[], refusal: Refusal = {}, leftOut = 0) {
    const { facts } = await this.row();
    const items = facts['items'] as unknown as readonly SelfCheckItem[];
    const answers = items
      .slice(leftOut)
      .map(({ id }) => problems.find(({ item }) => item === id) ?? { item: id, answer: 'conforms' });
    const responsible = { name: '李环', position: '环保负责人' };
    const signedOn = (await this.rig.world.now()).slice(0, 10);
    const body = { answers, responsible, signedOn, commitment: true };
    const status = await this.ask(applicantOf(this.permit.unitId), 'selfCheck.submit', body, refusal);
    await this.rig.world.settle();
    return status;
  }

  async mend(item: string, mendedOn: string, refusal: Refusal = {}) {
    const body = { item, mendedOn, note: '已更换', evidence: [{ note: '照片' }] };
    return await this.ask(applicantOf(this.permit.unitId), 'selfCheck.mend', body, refusal);
  }

  async issues() {
    return await this.rig.db
      .select()
      .from(issues)
      .where(and(eq(issues.permitNo, this.permit.permitNo), eq(issues.tier, 'selfCheck')));
  }
}

/** A question that the unit answers with a problem. */
export const problem = (item: string, more: JsonObject = {}): JsonObject => ({
  ...{ item, answer: 'problem' },
  problem: { description: `${item} 不符`, severity: 'general', ...more },
});
