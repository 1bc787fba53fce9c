import { sql } from 'drizzle-orm';
import { issueCaseId } from '../../../workflows/messages/issueId.js';
import type { JsonObject } from '../../../workflows/messages/json.js';
import type { Rig } from '../../rig/rig.js';
import { inspector, other } from '../../sampling/campaign.js';
import { answers, Review, Sweep } from '../../tiers/campaign.js';
import type { Problem, YearRecord } from './record.js';
import { type City, inspectorsOf, organs } from './region.js';

/** A drawn issuance as its row has it: the test reads rows, and counts by its own record. */
type DrawnRow = {
  readonly permit_no: string;
  readonly kind: string;
  readonly issued_on: string;
  readonly reviews: readonly [string, string?];
};

/** The issue of a person's finding under P-F3, at a place. */
const issueOf = (tier: Problem['tier'], campaign: string, permitNo: string, place: string): string =>
  issueCaseId({ tier, campaign, permitNo, subject: 'P-F3', place });

const failing = (
  place: string,
  { severity, responsible }: Pick<Problem, 'severity' | 'responsible'>,
): JsonObject => ({
  ...{ item: 'P-F3', answer: 'fails' },
  problem: {
    ...{ category: 'standard', description: '执行标准已废止', basis: 'GB 28662' },
    ...{ place, severity, responsible },
  },
});

/** Reads what a round drew, in its order, and writes it down. */
export async function noteDrawn(rig: Rig, record: YearRecord, campaign: string, round: number) {
  const { rows } = await rig.db.execute<DrawnRow>(sql`
    select permit_no, kind, issued_on::text, reviews from sampling_items
    where campaign = ${campaign} and round = ${round} and state = 'drawn' order by position`);
  const drawn = rows.map(({ permit_no, kind, issued_on, reviews }) => {
    const issuance = record.issuanceOf(permit_no, kind);
    if (issuance.on !== issued_on) throw new Error(`${permit_no} was issued on ${issuance.on}`);
    return { issuance, round, reviews };
  });
  record.drawn.push(...drawn);
  return drawn;
}

/** A drawn issuance with the cases that review it. */
export type Drawn = Awaited<ReturnType<typeof noteDrawn>>[number];

/** What the rules have raised in an item is no problem to its reviewer. */
const dismissed = async (review: Review): Promise<JsonObject> => ({
  verdicts: (await review.acts()).map(({ act }) => ({
    ...{ act, outcome: 'dismissed', reason: '经核实不成立' },
  })),
});

/** One drawn issuance is reviewed, by two people where it was drawn for two; the second finds nothing anywhere. */
export async function reviewDrawn(
  rig: Rig,
  record: YearRecord,
  { issuance, round, reviews: [first, second] }: Drawn,
  on: string,
  found: Pick<Problem, 'severity' | 'responsible'> | null,
  reviewer = inspector,
): Promise<Problem | null> {
  const { permitNo, unitId, city } = issuance;
  const place = `第${round}轮`;
  const review = new Review(rig, first);
  const more = found === null ? {} : { answers: answers(failing(place, found)) };
  await review.review(reviewer, on, { ...(await dismissed(review)), ...more });
  if (second !== undefined) {
    const blind = new Review(rig, second);
    await blind.review(reviewer === other ? inspector : other, on, await dismissed(blind));
  }
  record.reviewed.push({ issuance, round, faulty: found !== null });
  if (found === null) return null;
  const problem: Problem = {
    ...{ tier: 'sampling', permitNo, unitId, city, ...found, foundOn: on, state: 'open' },
    caseId: issueOf('sampling', '990000-2027', permitNo, place),
  };
  record.problems.push(problem);
  return problem;
}

/** A city sweeps its permits: the first of its list has a problem, and so has everything that is found `again`. */
export class CitySweep {
  readonly sweep: Sweep;
  private readonly organ: string;

  constructor(
    rig: Rig,
    private readonly record: YearRecord,
    readonly city: City,
  ) {
    this.organ = organs[city].supervising;
    this.sweep = new Sweep(rig, `sweep/${this.organ}-2027-1`);
  }

  async start(): Promise<void> {
    const body = { area: this.city, year: 2027, note: '年度排查' };
    await this.sweep.ask(inspectorsOf(this.organ)[0], 'sweep.start', body);
  }

  /** Everything on the list, by two inspectors in turn; what the rules raise is confirmed as the authority's error. */
  async review(on: string, again: readonly Problem[]): Promise<void> {
    for (const { ordinal, permitNo, unitId } of await this.sweep.items()) {
      const review = this.sweep.item(ordinal);
      const known = again.find((each) => each.permitNo === permitNo);
      const place = known === undefined ? 'DA009' : '第1轮';
      const whose = { severity: 'general', responsible: 'unit' } as const;
      const faulty = known !== undefined || ordinal === 1;
      const acts = await review.acts();
      await review.review(this.reviewer(ordinal), on, {
        verdicts: acts.map(({ act }) => ({
          ...{ act, outcome: 'confirmed', severity: 'general', responsible: 'authority' },
        })),
        ...(faulty ? { answers: answers(failing(place, whose)) } : {}),
      });
      const campaign = this.sweep.caseId.slice('sweep/'.length);
      const problem = { tier: 'sweep', permitNo, unitId, city: this.city, foundOn: on } as const;
      if (faulty)
        this.record.problems.push({
          ...{ ...problem, ...whose, caseId: issueOf('sweep', campaign, permitNo, place) },
          state: known === undefined ? 'open' : 'recurrence',
        });
      for (const { rule: subject, place: where } of acts)
        this.record.problems.push({
          ...{ ...problem, severity: 'general', responsible: 'authority', state: 'open' },
          caseId: issueCaseId({ tier: 'sweep', campaign, permitNo, subject, place: where }),
        });
    }
  }

  private reviewer(ordinal: number) {
    return inspectorsOf(this.organ)[ordinal % 2 === 0 ? 0 : 1];
  }
}
