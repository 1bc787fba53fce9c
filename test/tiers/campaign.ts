import { and, eq, sql } from 'drizzle-orm';
import { jsonContent, contentIdOf } from '../../db/queries/contents.js';
import {
  contents,
  permits,
  permitVersions,
  reviewCampaigns,
  reviewItems,
  units,
} from '../../db/schema/index.js';
import { Office, type Refusal } from '../../rehearsal/office.js';
import { officer } from '../../rehearsal/people.js';
import { checklists } from '../../rules/checks/checklists.js';
import { parseDate, parseInstant } from '../../rules/date.js';
import type { ActToJudge } from '../../rules/checks/permitCheck.js';
import { issueCaseId } from '../../workflows/messages/issueId.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import type { Actor } from '../../workflows/messages/request.js';
import { reviewCaseId } from '../../workflows/messages/reviews.js';
import { goodPermit, type PermitInput } from '../checks/documents.js';
import type { Rig } from '../rig/rig.js';

export const inspector = officer('inspector.one', 'inspector@yunchuan');
export const second = officer('inspector.two', 'inspector@yunchuan');

/** A permit whose term is a year too short: the rules find it. */
export const faultyPermit: PermitInput = {
  ...goodPermit,
  permit: { ...goodPermit.permit, validTo: '2030-03-19' },
};

/** The whole checklist answered: all of it holds, but what is told otherwise. */
export const answers = (...fails: readonly JsonObject[]): readonly JsonObject[] =>
  checklists.permit.map(
    ({ id }) => fails.find(({ item }) => item === id) ?? { item: id, answer: 'holds', note: '' },
  );

/** A permit of the register: not lived through, but as an import leaves its rows. */
export interface InRegister {
  readonly permitNo: string;
  readonly issuedOn: string;
  readonly kind?: string;
  readonly content?: object;
  readonly area?: string;
}

/** The number of the rig's permit of this ordinal. */
export const permitNoOf = (rig: Rig, ordinal: number): string =>
  `91T${String(rig.number).padStart(5, '0')}${String(ordinal).padStart(10, '0')}001P`;

/** Writes permits into the register, each of a unit of its own. */
export async function register(rig: Rig, listed: readonly InRegister[]): Promise<void> {
  const stored = new Map(
    listed.map(({ content = goodPermit }) => {
      const { bytes, mediaType } = jsonContent(content as JsonObject);
      return [contentIdOf(bytes), { bytes, mediaType }] as const;
    }),
  );
  const storedAt = parseInstant('2026-01-01T00:00:00+08:00');
  await rig.db
    .insert(contents)
    .values([...stored].map(([id, { bytes, mediaType }]) => ({ id, bytes, mediaType, storedAt })))
    .onConflictDoNothing();
  for (let from = 0; from < listed.length; from += 500) {
    const rows = listed.slice(from, from + 500).map(({ content = goodPermit, area = '990100', ...row }) => ({
      ...{ ...row, area, unitId: `unit.${row.permitNo}`, kind: row.kind ?? 'first' },
      contentId: contentIdOf(jsonContent(content as JsonObject).bytes),
    }));
    await rig.db.insert(units).values(
      rows.map(({ permitNo, unitId, area }) => ({
        ...{ id: unitId, creditCode: permitNo.slice(0, 18), name: `示范 ${permitNo}`, area },
        contact: 'x@example.test',
      })),
    );
    await rig.db.insert(permits).values(
      rows.map(({ permitNo, unitId, area, issuedOn }) => ({
        ...{ permitNo, unitId, area, permitClass: 'key', state: 'valid', version: 1 },
        ...{ validFrom: parseDate(issuedOn), validTo: parseDate('2031-03-04') },
      })),
    );
    await rig.db.insert(permitVersions).values(
      rows.map(({ permitNo, kind, contentId, issuedOn }) => ({
        ...{ permitNo, version: 1, kind, contentId, caseId: 'application/elsewhere', platform: null },
        at: parseInstant(`${issuedOn}T10:00:00+08:00`),
      })),
    );
  }
}

/** A sweep of the city, and the work on its items. */
export class Sweep extends Office<Rig> {
  /** An inspector begins it. */
  static async start(rig: Rig, number: number, more: JsonObject = {}, refusal: Refusal = {}): Promise<Sweep> {
    const sweep = new Sweep(rig, `sweep/yunchuan-2026-${rig.number}${number}`);
    const body = { area: '990100', year: 2026, note: '年度排查', ...more };
    const status = await sweep.ask(inspector, 'sweep.start', body, refusal);
    if (status.status === 'refused') throw new Error(JSON.stringify(status));
    await rig.world.settle();
    return sweep;
  }

  async counts() {
    const [row] = await this.rig.db
      .select()
      .from(reviewCampaigns)
      .where(eq(reviewCampaigns.campaign, this.caseId));
    if (row === undefined) throw new Error(`no campaign ${this.caseId}`);
    const { campaign: _, page: __, ...counts } = row;
    return counts;
  }

  async items(state?: 'listed' | 'open' | 'done') {
    return await this.rig.db
      .select()
      .from(reviewItems)
      .where(
        and(
          eq(reviewItems.campaign, this.caseId),
          state === undefined ? undefined : eq(reviewItems.state, state),
        ),
      )
      .orderBy(sql`ordinal`);
  }

  item(ordinal: number): Review {
    return new Review(this.rig, reviewCaseId(this.caseId, ordinal));
  }
}

/** The work on one item of a campaign. */
export class Review extends Office<Rig> {
  async acts(): Promise<readonly ActToJudge[]> {
    const { rows } = await this.rig.db.execute<{ acts: readonly ActToJudge[] }>(
      sql`select facts->'acts' as acts from cases where id = ${this.caseId}`,
    );
    return rows[0]?.acts ?? [];
  }

  /** Reviewed, with every act that the rules raised confirmed. */
  async review(actor: Actor, on: string, more: JsonObject = {}, refusal: Refusal = {}) {
    const verdicts = (await this.acts()).map(({ act }) => ({ act, outcome: 'confirmed' }));
    return await this.complete(
      actor,
      'qualityReview',
      {
        ...{
          outcome: 'reviewed',
          on,
          method: 'documentsBasis',
          answers: answers(),
          verdicts,
          opinion: '已核',
        },
        ...more,
      },
      refusal,
    );
  }

  /** The issue that a problem of this item has become. */
  issueOf(permitNo: string, subject: string, place: string, campaign: string): string {
    return issueCaseId({
      tier: 'sweep',
      campaign: campaign.slice('sweep/'.length),
      permitNo,
      subject,
      place,
    });
  }
}

/** Stores a permit content; answers with its id. */
export async function storedJson(rig: Rig, content: object): Promise<string> {
  const { bytes, mediaType } = jsonContent(content as JsonObject);
  const id = contentIdOf(bytes);
  const storedAt = parseInstant('2026-01-01T00:00:00+08:00');
  await rig.db.insert(contents).values({ id, bytes, mediaType, storedAt }).onConflictDoNothing();
  return id;
}
