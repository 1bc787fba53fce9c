import { content, Office } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import type { RequestName } from '../../workflows/messages/catalogue.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import type { Actor } from '../../workflows/messages/request.js';
import { type HeldPermit, timelineOf } from '../rig/permits.js';
import type { Rig } from '../rig/rig.js';

/** What an officer would say to start each; the permit's unit and area are the register's. */
export const bodies = {
  authorityChange: {
    ...{ trigger: 'standardsChanged', contentId: content('v2'), burdensRise: true },
    reason: '《合成氨工业水污染物排放标准》修改单实施',
  },
  annulment: {
    ...{ by: 'issuer', ground: 'fraud', origin: 'exOfficio', reason: '申请材料系伪造' },
    evidence: [{ note: '鉴定意见' }],
  },
  withdrawal: {
    ...{ ground: 'circumstancesChanged', reason: '所在地块划入饮用水水源保护区' },
    publicInterest: '饮用水安全',
  },
  revocation: {
    ...{
      penaltyDocument: '云环罚〔2026〕9号',
      penaltyOrgan: '云川市生态环境局',
      penaltyArticle: 'REG 34(1)',
    },
    ...{ decidedOn: '2026-04-01', servedOn: '2026-04-03', contentId: content('penalty') },
  },
  urging: { source: 'monitoring', asks: 'change', reason: '自行监测方案与许可证不一致', evidence: [] },
} as const;

type Kind = keyof typeof bodies;

/** A case that the authority starts about a permit, and the work on it. */
export class Act extends Office<Rig> {
  constructor(
    rig: Rig,
    caseId: string,
    readonly permit: HeldPermit,
    staff: people.Staff = people.yunchuan,
  ) {
    super(rig, caseId, staff);
  }

  /** Starts a case of this kind now; throws when it is refused. */
  static async start(
    permit: HeldPermit,
    kind: Kind,
    more: JsonObject = {},
    staff: people.Staff = people.yunchuan,
  ): Promise<Act> {
    const { act, status } = await Act.tryToStart(permit, kind, more, staff);
    if (status.status !== 'done') throw new Error(`${kind}: ${JSON.stringify(status)}`);
    return act;
  }

  /** The same, and how it was answered. */
  static async tryToStart(
    permit: HeldPermit,
    kind: Kind,
    more: JsonObject = {},
    staff: people.Staff = people.yunchuan,
  ) {
    const { rig, permitNo, unitId } = permit;
    const caseId = (await rig.nextApplication()).replace('application/', `${kind}/`);
    const act = new Act(rig, caseId, permit, staff);
    const body = { permitNo, unitId, area: '990100', ...bodies[kind], ...more };
    const status = await act.ask(staff.lead, `${kind}.start`, body, { mayRefuse: true });
    await rig.world.settle();
    return { act, status };
  }

  /** The notice of what is intended is sealed now, and served on this day. */
  async tell(on: string): Promise<void> {
    const notice = `${this.caseId.split('/')[0] ?? ''}Notice`;
    await this.seal(notice);
    await this.serve(notice, on);
    await this.rig.world.settle();
  }

  async holder(name: RequestName, body: JsonObject) {
    const status = await this.ask(this.person, name, body, { mayRefuse: true });
    await this.rig.world.settle();
    return status;
  }

  async speak() {
    return await this.holder('holder.statement', { text: '请重新核算' });
  }

  /** The draft by the lead officer, and the whole chain. */
  override async sign(...steps: readonly ('sectionHead' | 'legalReview' | 'deputyHead')[]): Promise<void> {
    await super.sign(
      ...(steps.length === 0 ? (['sectionHead', 'legalReview', 'deputyHead'] as const) : steps),
    );
  }

  async draftAs(form: JsonObject = { outcome: 'draft', opinion: '拟予办理' }) {
    return await this.complete(this.staff.lead, `${this.caseId.split('/')[0] ?? ''}Draft`, form);
  }

  /** The decision is sealed now, and served on this day. */
  async decide(kind: string, on: string): Promise<void> {
    await this.seal(kind);
    await this.serve(kind, on);
    await this.rig.world.settle();
  }

  async timeline(...names: readonly string[]): Promise<readonly string[]> {
    return await timelineOf(this.rig, this.caseId, ...names);
  }

  private get person(): Actor {
    return people.applicantOf(this.permit.unitId);
  }
}

/** One case of each kind about a permit, whose holder has spoken; with what the API is asked to start another of each. */
export async function actsOf(permit: HeldPermit) {
  const numbers: Record<string, string> = {};
  const resources = {
    ...{ authorityChange: 'authority-changes', annulment: 'annulments', withdrawal: 'withdrawals' },
    urging: 'urgings',
  } as const;
  for (const kind of ['authorityChange', 'annulment', 'withdrawal', 'urging'] as const) {
    const act = await Act.start(permit, kind);
    numbers[`${resources[kind]}.number`] = act.caseId.replace(`${kind}/`, '');
    if (kind === 'urging') await act.holder('urging.answer', { text: '正在办理' });
    else await act.speak();
  }
  await Act.start(permit, 'revocation');
  const { permitNo } = permit;
  const named = <Name extends Kind>(kind: Name) => ({ permitNo, ...bodies[kind] });
  return {
    numbers,
    bodies: {
      authorityChange: named('authorityChange'),
      annulment: named('annulment'),
      withdrawal: named('withdrawal'),
      revocation: named('revocation'),
      urging: named('urging'),
    },
  };
}
