import { cities, type City, organs } from './region.js';

export type Kind = 'first' | 'reapplication';

/** An issuance that the test has caused. */
export interface Issuance {
  readonly permitNo: string;
  readonly unitId: string;
  readonly city: City;
  readonly kind: Kind;
  readonly on: string;
  /** The round that it was there for: a late row of the list comes in the next quarter's. */
  readonly round: number;
}

/** A problem that a reviewer or a unit of the test has found, and how far it has come. */
export interface Problem {
  readonly caseId: string;
  readonly tier: 'sampling' | 'sweep' | 'selfCheck';
  readonly permitNo: string;
  readonly unitId: string;
  readonly city: City;
  readonly severity: 'general' | 'serious';
  readonly responsible: 'unit' | 'authority';
  readonly foundOn: string;
  /** `recurrence`: it is in the ledger already, under another number. */
  state: 'open' | 'overdue' | 'inTime' | 'late' | 'withdrawn' | 'recurrence';
}

/** A review of a drawn issuance that somebody of the test has done. */
export interface Reviewed {
  readonly issuance: Issuance;
  readonly round: number;
  readonly faulty: boolean;
}

/** What the test has caused, written down beside: the independent count that the product's numbers are held against. */
export class YearRecord {
  readonly issued: Issuance[] = [];
  readonly problems: Problem[] = [];
  readonly reviewed: Reviewed[] = [];
  /** By round: what was drawn, as its rows have it. */
  readonly drawn: { readonly issuance: Issuance; readonly round: number }[] = [];

  issuanceOf(permitNo: string, kind: string): Issuance {
    const found = this.issued.find((each) => each.permitNo === permitNo && each.kind === kind);
    if (found === undefined) throw new Error(`nobody issued ${permitNo} (${kind})`);
    return found;
  }

  /** The permits of a city, in the order in which they were issued. */
  permitsOf(city: City): readonly Issuance[] {
    const own = this.issued.filter((each) => each.city === city);
    return own.filter(({ permitNo }, at) => own.findIndex((each) => each.permitNo === permitNo) === at);
  }

  /** What the platform counts per organ and kind up to a day. */
  counts(asOf: string): { organ: string; kind: Kind; count: number }[] {
    return cities.flatMap((city) =>
      (['first', 'reapplication'] as const).flatMap((kind) => {
        const count = this.numberOf(city, kind, asOf);
        return count === 0 ? [] : [{ organ: organs[city].deciding, kind, count }];
      }),
    );
  }

  numberOf(city: City, kind: Kind, asOf: string): number {
    return this.issued.filter((each) => each.city === city && each.kind === kind && each.on <= asOf).length;
  }

  /** The share in whole issuances, rounded up: three or two of every ten, counted out. */
  wanted(city: City, kind: Kind, asOf: string, expected = 0): number {
    const [tenths, issued] = [kind === 'first' ? 3 : 2, this.numberOf(city, kind, asOf) + expected];
    let wanted = 0;
    while (wanted * 10 < issued * tenths) wanted += 1;
    return wanted;
  }

  drawnOf(city: City, kind: Kind): number {
    return this.drawn.filter(({ issuance }) => issuance.city === city && issuance.kind === kind).length;
  }

  /** What a bulletin of these rounds and days has to say of a city. */
  standing(city: City, rounds: readonly number[], from: string, to: string) {
    const [population, sampled, reviewed] = [
      this.issued.filter((each) => each.city === city && rounds.includes(each.round)),
      this.drawn.filter(({ issuance, round }) => issuance.city === city && rounds.includes(round)),
      this.reviewed.filter(({ issuance, round }) => issuance.city === city && rounds.includes(round)),
    ];
    const problems = this.problems.filter(
      ({ tier, state, foundOn, ...each }) =>
        tier === 'sampling' &&
        each.city === city &&
        foundOn >= from &&
        foundOn <= to &&
        !['withdrawn', 'recurrence'].includes(state),
    );
    const inState = (state: Problem['state']): number =>
      problems.filter((each) => each.state === state).length;
    return {
      ...{ city, population: population.length, sampled: sampled.length, reviewed: reviewed.length },
      ...{ faulty: reviewed.filter(({ faulty }) => faulty).length, problems: problems.length },
      byUnit: problems.filter(({ responsible }) => responsible === 'unit').length,
      byAuthority: problems.filter(({ responsible }) => responsible === 'authority').length,
      ...{ closedInTime: inState('inTime'), closedLate: inState('late') },
      ...{ overdue: inState('overdue'), open: inState('open') },
    };
  }
}
