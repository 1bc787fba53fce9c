import { expect } from 'vitest';
import { officer } from '../../../rehearsal/people.js';
import { filesOf } from '../../../rehearsal/office.js';
import type { JsonObject } from '../../../workflows/messages/json.js';
import { Application } from '../../application/application.js';
import { addUnit, type Rig } from '../../rig/rig.js';
import type { Issuance } from './record.js';
import { type City, staffIn } from './region.js';

/** A unit's first application in a city, on its way through the whole procedure. */
export class Applying {
  private constructor(
    readonly application: Application,
    readonly city: City,
    readonly unitId: string,
    private readonly permitNo: string,
  ) {}

  /** Received now. */
  static async receive(rig: Rig, city: City, unit: string, more: JsonObject = {}): Promise<Applying> {
    const { id, creditCode } = await addUnit(rig, unit, city);
    const application = await Application.receive(rig, id, { area: city, ...more }, staffIn(city));
    return new Applying(application, city, id, `${creditCode}001P`);
  }

  /** The desk names what is missing; the unit hands it in. */
  async supplement(on: string): Promise<void> {
    await this.application.askForSupplement(['preDisclosure']);
    await this.application.dispatch(on);
    await this.application.supplement(this.unitId, ['preDisclosure']);
  }

  /** Who has claimed the opinion on water is away: the section head gives it to another, and he comes too late. */
  async opineInPlaceOfAnAbsentOne(): Promise<void> {
    const { application } = this;
    const { roles } = application.staff.reviewer('water');
    const [absent, present] = [officer('water.absent', ...roles), officer('water.present', ...roles)];
    const taskId = await application.rig.task(application.caseId, 'opinion.water');
    await application.ask(absent, 'task.claim', { taskId });
    const reassigned = { taskId, assignee: present.id, reason: '病假' };
    await application.ask(application.staff.sectionHead, 'task.reassign', reassigned);
    const agree = { outcome: 'agree', opinion: '同意', demands: [] };
    const late = await application.complete(absent, 'opinion.water', agree, { mayRefuse: true });
    expect(late).toMatchObject({ status: 'refused', code: 'task.claimed' });
    await application.complete(present, 'opinion.water', agree);
    await application.opine('agree', ['air', 'soil', 'solidWaste', 'noise', 'selfMonitoring']);
  }

  /** Decided, numbered, delivered and published, all on this day: an issuance of the year. */
  async grant(on: string, round: number, { opined = false } = {}): Promise<Issuance> {
    const { application, city, unitId, permitNo } = this;
    await application.decideVisit('notNeeded');
    if (!opined) await application.opine();
    await application.draft();
    // The approval bureau has every decision reviewed by its legal officer.
    if (city === '990200') await application.sign('sectionHead', 'legalReview', 'deputyHead');
    else await application.sign('sectionHead', 'deputyHead');
    await application.seal('approval');
    await application.enterNumber(permitNo, on, `${Number(on.slice(0, 4)) + 5}${dayBefore(on)}`);
    await application.dispatch(on);
    await application.record('delivery', on);
    await application.record('publicity', on);
    return { permitNo, unitId, city, kind: 'first', on, round };
  }
}

/** `-MM-DD` of the day before one that is not a month's first. */
const dayBefore = (on: string): string =>
  `${on.slice(4, 8)}${String(Number(on.slice(8)) - 1).padStart(2, '0')}`;

/** The file without what a desk asks for. */
export const incomplete = { files: filesOf(['commitment', 'applicationForm']) };
