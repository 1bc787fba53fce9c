import type { JsonObject } from '../../workflows/messages/json.js';
import { filesOf, Office, type Refusal, submission } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { test } from 'vitest';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';

/** Where a story happens: its own world and database, and one unit in the city. */
export interface Scene {
  readonly rig: Rig;
  readonly unitId: string;
  readonly creditCode: string;
}

/** A test that begins at this time in Shanghai. At its end every chain is checked and every history replayed. */
export function story(name: string, begins: string, tell: (scene: Scene) => Promise<void>): void {
  test(name, async () => {
    const rig = await openRig(at(begins));
    const { id, creditCode } = await addUnit(rig, 'steel');
    await tell({ rig, unitId: id, creditCode });
    await rig.close();
  });
}

/** What a refused request answers, in part. */
export const refused = (code: string, detail: JsonObject = {}) => ({ status: 'refused', code, detail });

/** A first application, as the unit and the bureau work on it. */
export class Application extends Office<Rig> {
  /** A new application of a unit, as it came in. */
  static async receive(
    rig: Rig,
    unitId: string,
    more: JsonObject = {},
    staff = people.yunchuan,
  ): Promise<Application> {
    const application = new Application(rig, await rig.nextApplication(), staff);
    await application.ask(people.applicantOf(unitId), 'application.submit', submission(unitId, more));
    return application;
  }

  /** Received and accepted at once. */
  static async accepted(...received: Parameters<typeof Application.receive>): Promise<Application> {
    const application = await Application.receive(...received);
    await application.accept();
    return application;
  }

  /** Accepted, and agreed to by all six without a visit. */
  static async reviewed(...received: Parameters<typeof Application.receive>): Promise<Application> {
    const application = await Application.accepted(...received);
    await application.review();
    return application;
  }

  /** Granted: signed by everybody and sealed. */
  static async granted(...received: Parameters<typeof Application.receive>): Promise<Application> {
    const application = await Application.reviewed(...received);
    await application.grant();
    return application;
  }

  /** From the merged opinions to the seal. */
  async grant(): Promise<void> {
    await this.draft();
    await this.sign('sectionHead', 'deputyHead');
    await this.seal('approval');
  }

  async advanceTo(instant: string): Promise<void> {
    await this.rig.world.advanceTo(at(instant));
  }

  /** One notice that names these items. */
  async askForSupplement(items: readonly string[], more: JsonObject = {}) {
    const defects = items.map((item) => ({ item, what: '缺少' }));
    return await this.complete(this.staff.desk, 'completeness', { outcome: 'supplement', defects, ...more });
  }

  async supplement(unitId: string, items: readonly string[], more: JsonObject = {}) {
    return await this.ask(people.applicantOf(unitId), 'application.supplement', {
      files: filesOf(items),
      ...more,
    });
  }

  async withdraw(unitId: string, more: Refusal = {}) {
    return await this.ask(people.applicantOf(unitId), 'application.withdraw', { reason: '项目暂缓' }, more);
  }

  /** The opinions are in and nobody needs to visit: the lead officer may merge. */
  async review(): Promise<void> {
    await this.decideVisit('notNeeded');
    await this.opine();
  }

  /** One merged revision notice for these elements. */
  async revise(which: readonly string[], more: JsonObject = {}) {
    const form = { outcome: 'revise', elements: which, demands: '请修改', ...more };
    return await this.complete(this.staff.lead, 'merge', form);
  }

  /** What the national platform answered. */
  async enterNumber(permitNo: string, validFrom: string, validTo: string, more: Refusal = {}) {
    const platform = { businessNo: 'B1', at: await this.rig.world.now() };
    const form = { outcome: 'recorded', permitNo, platform, validFrom, validTo };
    return await this.complete(this.staff.desk, 'platform', form, more);
  }

  /** Records that the permit was delivered, or the decision published. */
  async record(act: 'delivery' | 'publicity', on: string, more: Refusal = {}) {
    return await this.complete(this.staff.desk, act, { outcome: 'done', on, note: '已办' }, more);
  }
}
