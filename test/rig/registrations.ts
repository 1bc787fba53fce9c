import { until } from '../../rehearsal/world.js';
import { asc, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { notices, registrations, registrationVersions } from '../../db/schema/index.js';
import { content, Office } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { registrationCaseId } from '../../workflows/messages/caseId.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import { timelineOf } from './permits.js';
import { addUnit, type Rig } from './rig.js';

/** An act on the platform at an instant, as tests write it: `2026-03-05 10:00`. */
export const actAt = (text: string) => ({ businessNo: 'W1', at: `${text.replace(' ', 'T')}:00+08:00` });

/** A registration form in a test: its holder's acts, and what became of it. */
export class HeldRegistration extends Office<Rig> {
  constructor(
    rig: Rig,
    readonly unitId: string,
    readonly registrationNo: string,
  ) {
    super(rig, registrationCaseId(registrationNo));
  }

  private get holder() {
    return people.applicantOf(this.unitId);
  }

  async change(changedOn: string, filedAt: string) {
    const body = { contentId: content(`changed ${changedOn}`), changedOn, platform: actAt(filedAt) };
    return await this.ask(this.holder, 'registration.change', body, { mayRefuse: true });
  }

  async renew(filedAt: string) {
    const body = { platform: actAt(filedAt) };
    return await this.ask(this.holder, 'registration.renew', body, { mayRefuse: true });
  }

  async end(on: string) {
    return await this.ask(this.holder, 'registration.close', { on, reason: '停止排污' }, { mayRefuse: true });
  }

  async register() {
    const [row] = await this.rig.db
      .select()
      .from(registrations)
      .where(eq(registrations.registrationNo, this.registrationNo));
    return row;
  }

  async stands(state: string, validTo: string): Promise<void> {
    expect(await this.register(), this.registrationNo).toMatchObject({ state, validTo });
  }

  async versions(): Promise<readonly string[]> {
    const rows = await this.rig.db
      .select()
      .from(registrationVersions)
      .where(eq(registrationVersions.registrationNo, this.registrationNo))
      .orderBy(asc(registrationVersions.version));
    return rows.map(({ version, kind }) => `${version} ${kind}`);
  }

  async timeline(...names: readonly string[]) {
    return await timelineOf(this.rig, this.caseId, ...names);
  }

  /** The notices to the holder, each with its time. */
  async told(): Promise<readonly string[]> {
    const rows = await this.rig.db.select().from(notices).where(eq(notices.caseId, this.caseId));
    return rows
      .filter(({ recipient }) => recipient === 'applicant')
      .map(({ queuedAt, template }) => `${queuedAt.slice(0, 16)} ${template}`)
      .sort();
  }
}

/** What a unit files, as the API would pass it on. */
export const filing = (unitId: string, registrationNo: string, filedAt: string, more: JsonObject = {}) => ({
  ...{ registrationNo, unitId, area: '990100', contentId: content('form') },
  ...{ platform: actAt(filedAt), commitment: true as const, ...more },
});

/** A unit files a registration form now, with the number that the platform gave it at this instant. */
export async function fileRegistration(
  rig: Rig,
  unit: string,
  filedAt: string,
  more: JsonObject = {},
): Promise<HeldRegistration> {
  const { creditCode } = await addUnit(rig, unit);
  const held = new HeldRegistration(rig, unit, `${creditCode}001W`);
  const body = filing(unit, held.registrationNo, filedAt, more);
  await held.ask(people.applicantOf(unit), 'registration.file', body);
  return held;
}

/** The case rests: a run ends a moment after its step is committed, and then none is open. */
export async function atRest(rig: Rig, caseId: string): Promise<void> {
  const workflow = rig.client.workflow.getHandle(caseId);
  await until(
    async () => ((await workflow.describe()).status.name === 'RUNNING' ? 'running' : null),
    `${caseId} rests`,
  );
}
