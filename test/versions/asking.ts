import { eq } from 'drizzle-orm';
import { jsonContent, storeContent } from '../../db/queries/contents.js';
import { holds, permitVersions } from '../../db/schema/index.js';
import { filesOf, Office, plainProject, type Refusal } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { requestSchemas } from '../../workflows/messages/catalogue.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import { goodPermit, type PermitInput } from '../checks/documents.js';
import type { HeldPermit } from '../rig/permits.js';
import { issuePermit } from '../rig/permits.js';
import type { Rig } from '../rig/rig.js';

export const mayRefuse = { mayRefuse: true } as const;

/** What a permit permits in these tests: the good permit of the checks, under simplified management. */
export const permitted: PermitInput = {
  ...goodPermit,
  permit: { ...goodPermit.permit, category: 'simplified' },
};

/** Stores a content as the API does; answers with its id. */
export async function stored(rig: Rig, value: unknown): Promise<string> {
  return (await storeContent(rig.db, 'tester', jsonContent(value as JsonObject))).id;
}

/** The permitted content with something else in it, stored. */
export async function storedWith(rig: Rig, change: (permit: PermitInput) => void): Promise<string> {
  const copy = structuredClone(permitted);
  change(copy);
  return await stored(rig, copy);
}

export const lowerConcentration = (permit: PermitInput): void => {
  Object.assign(permit.limits?.[0]?.concentration ?? {}, { value: 8 });
};
export const newName = (permit: PermitInput): void => {
  Object.assign(permit.unit, { name: '新名建材有限公司' });
};
export const moreOutlets = (permit: PermitInput): void => {
  permit.outlets?.push({ id: 'DW002', medium: 'water', type: 'general' });
};

/** A permit of a unit whose content can be compared, from this day on. */
export async function issueComparable(rig: Rig, unit: string, validFrom: string): Promise<HeldPermit> {
  return await issuePermit(rig, unit, validFrom, '990100', { contentId: await stored(rig, permitted) });
}

const files = {
  change: ['applicationForm', 'commitment', 'changeProof'],
  reapplication: ['applicationForm', 'commitment'],
  replacement: ['applicationForm', 'lossStatement'],
} as const;

/** What a holder asks of its permit, and the bureau's work on it. */
export class Asking extends Office<Rig> {
  private constructor(
    readonly permit: HeldPermit,
    caseId: string,
  ) {
    super(permit.rig, caseId);
  }

  /** Filed by the holder now. */
  static async file(
    permit: HeldPermit,
    kind: 'change' | 'reapplication' | 'replacement',
    contentId: string,
    more: JsonObject = {},
    refusal: Refusal = {},
  ) {
    const { rig, unitId, permitNo } = permit;
    const asking = new Asking(permit, await rig.nextApplication());
    const body = requestSchemas['application.submit'].parse({
      ...{ kind, permitClass: 'simplified', area: '990100', unitId, permitNo, contentId },
      ...{ files: filesOf(files[kind]), project: plainProject, causes: [], commitment: true },
      ...more,
    }) as JsonObject;
    const actor = people.applicantOf(unitId);
    const status = await rig.ask(actor, 'application.submit', asking.caseId, body, { permitNo, ...refusal });
    await rig.world.settle();
    return { asking, status };
  }

  static async filed(...filing: Parameters<typeof Asking.file>): Promise<Asking> {
    return (await Asking.file(...filing)).asking;
  }

  /** The desk accepts, or tries to. */
  async decide(more: JsonObject = {}, refusal: Refusal = {}) {
    return await this.complete(people.desk, 'completeness', { outcome: 'accept', ...more }, refusal);
  }

  async convert(to: 'reapplication' | 'change', more: JsonObject = {}, refusal: Refusal = {}) {
    const form = {
      outcome: 'convert',
      to,
      reason: '新增排放口',
      agreement: { note: '申请人书面同意' },
      ...more,
    };
    const status = await this.complete(people.desk, 'completeness', form, refusal);
    await this.rig.world.settle();
    return status;
  }

  /** Drafted, signed and sealed: granted, and awaiting the platform. */
  async grant(document: string): Promise<void> {
    await this.draft();
    await this.sign('sectionHead', 'deputyHead');
    await this.seal(document);
  }

  async enterPlatform(validFrom: string, validTo: string, refusal: Refusal = {}) {
    const platform = { businessNo: 'P2', at: await this.rig.world.now() };
    const { permitNo } = this.permit;
    const form = { outcome: 'recorded', permitNo, platform, validFrom, validTo };
    const status = await this.complete(people.desk, 'platform', form, refusal);
    await this.rig.world.settle();
    return status;
  }

  async withdraw() {
    await this.ask(people.applicantOf(this.permit.unitId), 'application.withdraw', { reason: '不再需要' });
    await this.rig.world.settle();
  }

  /** What the table said, as the case remembers it. */
  async judgement() {
    const found = (await this.entries('change.judged')).at(-1);
    const { verdict, rows, late, lastDay } = found?.params ?? {};
    return { verdict, rows, late, lastDay };
  }
}

/** The versions of a permit: `2 change`. */
export async function versionsOf({ rig, permitNo }: HeldPermit): Promise<readonly string[]> {
  const rows = await rig.db.select().from(permitVersions).where(eq(permitVersions.permitNo, permitNo));
  return rows.map(({ version, kind }) => `${version} ${kind}`).sort();
}

/** What holds a permit's cancellation today: the kinds. */
export async function heldBy({ rig, permitNo }: HeldPermit): Promise<readonly string[]> {
  const rows = await rig.db.select().from(holds).where(eq(holds.permitNo, permitNo));
  return rows.filter(({ releasedAt }) => releasedAt === null).map(({ kind }) => kind);
}

/** The holder asks for the end of its permit. */
export async function applyForCancellation(permit: HeldPermit, refusal: Refusal = {}) {
  const actor = people.applicantOf(permit.unitId);
  const body = { reason: '已停产搬迁', closedOn: '2026-05-20' };
  const status = await permit.rig.ask(actor, 'cancellation.apply', permit.caseId, body, refusal);
  await permit.rig.world.settle();
  return status;
}
