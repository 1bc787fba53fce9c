import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { clocks, notices, permits, tasks } from '../../db/schema/index.js';
import { parseInstant } from '../../rules/date.js';
import { permitCaseId } from '../../workflows/messages/caseId.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import { Office, content, plainProject } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { addUnit, type Rig } from './rig.js';

/** What is said of a permit in a test: its holder's acts and what became of it. */
export class HeldPermit {
  readonly caseId: string;
  readonly office: Office;

  constructor(
    readonly rig: Rig,
    readonly unitId: string,
    readonly permitNo: string,
  ) {
    this.caseId = permitCaseId(permitNo);
    this.office = new Office(rig, this.caseId);
  }

  async register() {
    const [row] = await this.rig.db.select().from(permits).where(eq(permits.permitNo, this.permitNo));
    if (row === undefined) throw new Error(`no permit ${this.permitNo}`);
    return row;
  }

  /** Expects the permit to stand in the register in this state, with this last day. */
  async stands(state: string, validTo: string): Promise<void> {
    const story = (await this.timeline()).join('\n');
    expect(await this.register(), `${this.permitNo}\n${story}`).toMatchObject({ state, validTo });
  }

  /** When these events were, in order: `2031-03-05T00:00 permit.expired`. */
  async timeline(...names: readonly string[]): Promise<readonly string[]> {
    return await timelineOf(this.rig, this.caseId, ...names);
  }

  /** The notices to the holder, each with its time: `2030-09-05T09:00 renewal.remind`. */
  async notices(template?: string): Promise<readonly string[]> {
    const rows = await this.rig.db.select().from(notices).where(eq(notices.caseId, this.caseId));
    return rows
      .filter((row) => row.recipient === 'applicant' && (template ?? row.template) === row.template)
      .map((row) => `${row.queuedAt.slice(0, 16)} ${row.template}`)
      .sort();
  }

  /** The cancellation case, of this number. */
  cancellation(number = 1): Cancellation {
    return new Cancellation(this.rig, `cancellation/${this.permitNo}-${number}`);
  }

  /** The holder asks for a renewal now. */
  async renew(more: JsonObject = {}): Promise<Renewal> {
    const caseId = await this.rig.nextApplication();
    const row = await this.writeRenewal(caseId, more);
    const status = await this.rig.send(row);
    if (status.status !== 'done') throw new Error(JSON.stringify(status));
    await this.rig.world.settle();
    return new Renewal(this.rig, caseId, this.permitNo);
  }

  /** Writes the holder's request for a renewal down, and does not send it. */
  async writeRenewal(caseId: string, more: JsonObject = {}) {
    const body = {
      kind: 'renewal',
      permitClass: 'simplified',
      area: '990100',
      unitId: this.unitId,
      permitNo: this.permitNo,
      contentId: content('renewal'),
      files: ['applicationForm', 'commitment'].map((item) => ({ item, contentId: content(item) })),
      project: plainProject,
      causes: [],
      commitment: true,
      ...more,
    };
    const { permitNo } = this;
    return await this.rig.write(people.applicantOf(this.unitId), 'application.submit', caseId, body, {
      permitNo,
    });
  }

  renewal(caseId: string): Renewal {
    return new Renewal(this.rig, caseId, this.permitNo);
  }

  async hold(hold: string, kind = 'lawsuit') {
    const status = await this.rig.ask(people.legalOfficer, 'permit.hold', this.caseId, {
      ...{ hold, kind, reason: '已立案' },
    });
    await this.rig.world.settle();
    return status;
  }

  async release(hold: string) {
    const status = await this.rig.ask(people.legalOfficer, 'permit.release', this.caseId, {
      ...{ hold, reason: '已结案' },
    });
    await this.rig.world.settle();
    return status;
  }
}

/** The work of the bureau on a renewal. */
export class Renewal extends Office<Rig> {
  constructor(
    rig: Rig,
    caseId: string,
    readonly permitNo: string,
  ) {
    super(rig, caseId);
  }

  /** Accepted, reviewed by all six, drafted and signed: all that is missing is the seal. */
  async signAll(conclusion: 'grant' | 'deny' = 'grant'): Promise<void> {
    await this.accept();
    await this.opine();
    const grounds = conclusion === 'deny' ? [{ article: 'REG 11', reason: '不符合许可条件' }] : [];
    await this.draft(conclusion, { grounds });
    if (conclusion === 'deny') await this.sign('sectionHead', 'legalReview', 'deputyHead');
    else await this.sign('sectionHead', 'deputyHead');
  }

  /** The desk does not accept it. */
  async refuse(): Promise<void> {
    await this.complete(people.desk, 'completeness', { outcome: 'refuse', reason: '不予受理' });
    await this.rig.world.settle();
  }

  /** The platform's record of the renewal. */
  async enterPlatform(validFrom: string, validTo: string, at: string): Promise<void> {
    await this.complete(people.desk, 'platform', {
      outcome: 'recorded',
      permitNo: this.permitNo,
      platform: { businessNo: 'R1', at },
      validFrom,
      validTo,
    });
    await this.rig.world.settle();
  }

  /** The desk asks for what is missing, all at once, by a sealed notice. */
  async askForSupplement(ground?: 'unmet'): Promise<void> {
    await this.complete(people.desk, 'completeness', {
      outcome: 'supplement',
      defects: [{ item: 'commitment', what: '未盖章', ...(ground === undefined ? {} : { ground }) }],
    });
    await this.seal('supplementNotice');
    await this.rig.world.settle();
  }

  async supplement(unitId: string): Promise<void> {
    const files = [{ item: 'commitment', contentId: content('supplement') }];
    await this.rig.ask(
      people.applicantOf(unitId),
      'application.supplement',
      this.caseId,
      { files },
      { permitNo: this.permitNo },
    );
    await this.rig.world.settle();
  }

  async withdraw(unitId: string): Promise<void> {
    await this.rig.ask(people.applicantOf(unitId), 'application.withdraw', this.caseId, { reason: '停产' });
    await this.rig.world.settle();
  }
}

/** A permit is born as an application that was granted would ask for it, from this day on. */
export async function issuePermit(
  rig: Rig,
  unit: string,
  validFrom: string,
  area = '990100',
  more: JsonObject = {},
): Promise<HeldPermit> {
  const { id, creditCode } = await addUnit(rig, unit, area);
  const permitNo = `${creditCode}001P`;
  const applicationId = await rig.nextApplication();
  await rig.ask({ id: applicationId, kind: 'system', roles: [] }, 'permit.issue', permitCaseId(permitNo), {
    ...{ permitNo, applicationId, unitId: id, permitClass: 'simplified', area, validFrom },
    contentId: content('v1'),
    platform: { businessNo: 'B1', at: `${validFrom}T10:00:00+08:00` },
    ...more,
  });
  return new HeldPermit(rig, id, permitNo);
}

/** When these events of a case were, in order. */
export async function timelineOf(
  rig: Rig,
  caseId: string,
  ...names: readonly string[]
): Promise<readonly string[]> {
  return (await rig.events(caseId))
    .filter((entry) => names.length === 0 || names.includes(entry.event))
    .map((entry) => `${entry.at.slice(0, 16)} ${entry.event}`);
}

/** The kinds of the tasks that are open in a case. */
export async function openTasks(rig: Rig, caseId: string): Promise<readonly string[]> {
  const rows = await rig.db.select().from(tasks).where(eq(tasks.caseId, caseId));
  return rows
    .filter((task) => task.status === 'open')
    .map((task) => task.kind)
    .sort();
}

/** The last lawful day of a clock of a case. */
export async function dueDay(rig: Rig, caseId: string, clock: string): Promise<string | null> {
  const rows = await rig.db.select().from(clocks).where(eq(clocks.caseId, caseId));
  const found = rows.find((row) => row.id === clock);
  if (found === undefined) throw new Error(`no clock ${clock} in ${caseId}`);
  return found.due;
}

/** The work of the bureau on a cancellation, and the holder's word in it. */
export class Cancellation extends Office<Rig> {
  async check(outcome: 'closed' | 'running', on: string): Promise<void> {
    await this.complete(people.verifier, 'operationCheck', { outcome, on, finding: '现场查看' });
  }

  /** The notice of the intended cancellation is sealed now, and served on this day. */
  async serveIntention(on: string): Promise<void> {
    await this.seal('cancellationIntention');
    await this.serve('cancellationIntention', on);
  }

  async draftDecision(): Promise<void> {
    await this.complete(people.lead, 'cancellationDraft', { outcome: 'draft', opinion: '拟予注销' });
  }

  /** Drafted, and signed by everybody on the chain. */
  async signDecision(): Promise<void> {
    await this.draftDecision();
    await this.sign('sectionHead', 'legalReview', 'deputyHead');
  }

  async serveDecision(on: string): Promise<void> {
    await this.seal('cancellationDecision');
    await this.serve('cancellationDecision', on);
    await this.rig.world.settle();
  }

  /** What is left to do once the decision was served: the platform's record, the publication, the papers. */
  async finish(permitNo: string, on: string): Promise<void> {
    const platform = { businessNo: 'C1', at: `${on}T15:00:00+08:00` };
    await this.complete(people.desk, 'platformCancellation', { outcome: 'recorded', permitNo, platform });
    await this.complete(people.desk, 'publicity', { outcome: 'done', on, note: '已公告' });
    await this.dispatch(on);
  }

  async speak(unitId: string) {
    const actor = people.applicantOf(unitId);
    return await this.rig.ask(
      actor,
      'cancellation.statement',
      this.caseId,
      { text: '我单位仍在生产' },
      mayRefuse,
    );
  }

  async reviewStatement(outcome: 'proceed' | 'end'): Promise<void> {
    const form = { outcome, reason: outcome === 'end' ? '理由成立' : '理由不成立' };
    await this.complete(people.legalOfficer, 'statementReview', form);
  }

  async timeline(...names: readonly string[]): Promise<readonly string[]> {
    return await timelineOf(this.rig, this.caseId, ...names);
  }
}

const mayRefuse = { mayRefuse: true } as const;

/** A permit that lapsed at 00:00 of the day after five years from this day, without a renewal. */
export async function lapsedPermits<Name extends string>(
  rig: Rig,
  names: readonly Name[],
  midnight: string,
  validFrom = '2026-03-05',
): Promise<Record<Name, HeldPermit>> {
  const born: [string, HeldPermit][] = [];
  for (const name of names) born.push([name, await issuePermit(rig, name, validFrom)]);
  await rig.world.advanceTo(parseInstant(`${midnight}T00:00:00+08:00`));
  return Object.fromEntries(born) as Record<Name, HeldPermit>;
}
