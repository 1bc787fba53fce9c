import { eq } from 'drizzle-orm';
import { reviewItems } from '../../db/schema/index.js';
import { Office } from '../../rehearsal/office.js';
import { officer } from '../../rehearsal/people.js';
import { populationOfRound, roundsOf, sharesOf } from '../../db/queries/samplings.js';
import { importList, permitNo, row, type TestRow } from '../import/lists.js';
import type { Rig } from '../rig/rig.js';

/** The people of the region's organ. */
export const inspector = officer('inspector.province', 'inspector@province');
export const other = officer('inspector.province.2', 'inspector@province');
export const head = officer('sectionHead.province', 'sectionHead@province');

/** The cities of the region as the platform's list writes them, with the organ that decides there. */
export const cities = {
  990100: { city: '云川市', county: '市辖区', organ: 'yunchuan', name: '云川市生态环境局' },
  990171: {
    city: '云川市',
    county: '金滩经济技术开发区',
    organ: 'zone',
    name: '金滩经济技术开发区生态环境局',
  },
  990200: { city: '澜江市', county: '松溪县', organ: 'lanjiang.approval', name: '澜江市行政审批服务局' },
  990300: { city: '北岚市', county: '沙井县', organ: 'beilan', name: '北岚市生态环境局' },
  990400: { city: '南泽市', county: '市辖区', organ: 'nanze', name: '南泽市生态环境局' },
  990500: { city: '西澍市', county: '古台县', organ: 'xishu', name: '西澍市生态环境局' },
} as const;
export type City = `${keyof typeof cities}`;

export interface Issued {
  readonly unit: number;
  readonly city: City;
  readonly kind: 'first' | 'reapplication';
  readonly on: string;
}

/** A sampling, and the test's own list of what was issued: what it expects it counts there. */
export class Campaign extends Office<Rig> {
  readonly issued: Issued[] = [];

  constructor(rig: Rig, year = 2026) {
    super(rig, `sampling/990000-${year}`);
  }

  /** Permits that the platform's list has, issued on these days. */
  async import(issued: readonly Issued[]): Promise<void> {
    this.issued.push(...issued);
    await importList(
      this.rig,
      issued.map(({ unit, city, kind, on }): TestRow => {
        const { city: name, county, name: organ } = cities[city];
        return row(unit, {
          ...{
            city: name,
            county,
            organ,
            issuedOn: on,
            validFrom: on,
            validTo: `${Number(on.slice(0, 4)) + 5}${on.slice(4)}`,
          },
          ...{
            business: kind === 'first' ? '首次申请' : '重新申请',
            industry: unit % 2 === 0 ? '乳制品制造' : '污水处理',
          },
        });
      }),
    );
  }

  /** The platform's list has the permit cancelled. */
  async cancel(permit: string, on: string): Promise<void> {
    const issued = this.issued.find(({ unit }) => permitNo(unit) === permit);
    if (issued === undefined) throw new Error(`nobody issued ${permit}`);
    const { city: name, county, name: organ } = cities[issued.city];
    const term = {
      issuedOn: on,
      validFrom: issued.on,
      validTo: `${Number(issued.on.slice(0, 4)) + 5}${issued.on.slice(4)}`,
    };
    await importList(this.rig, [row(issued.unit, { city: name, county, organ, ...term, business: '注销' })]);
  }

  /** The reviews of the sample. */
  async reviews() {
    return await this.rig.db.select().from(reviewItems).where(eq(reviewItems.campaign, this.caseId));
  }

  /** What the platform counts per organ and kind: the test's own list, counted. */
  counts(asOf: string): { organ: string; kind: string; count: number }[] {
    const rows = new Map<string, { organ: string; kind: string; count: number }>();
    for (const { city, kind, on } of this.issued) {
      if (on > asOf) continue;
      const { organ } = cities[city];
      const known = rows.get(`${organ} ${kind}`) ?? { organ, kind, count: 0 };
      rows.set(`${organ} ${kind}`, { ...known, count: known.count + 1 });
    }
    return [...rows.values()];
  }

  async begin(beacon: string | null = null) {
    return await this.complete(inspector, 'samplingRound', { outcome: 'begin', beacon });
  }

  async reconcile(asOf: string, counts = this.counts(asOf)) {
    const status = await this.complete(inspector, 'samplingCounts', {
      ...{ outcome: 'entered', asOf, source: '国家平台统计导出', counts },
    });
    await this.rig.world.settle();
    return status;
  }

  async publish() {
    const status = await this.complete(head, 'samplingPublication', { outcome: 'published', note: '已上网' });
    await this.rig.world.settle();
    return status;
  }

  /** A whole round, to the publication. */
  async draw(asOf: string): Promise<void> {
    await this.begin();
    await this.reconcile(asOf);
    await this.publish();
  }

  /** Per city and kind: what the test's list has up to a day, and what the rows say was drawn. */
  async standing(asOf: string) {
    const parts = await sharesOf(this.rig.db, this.caseId);
    const strata = new Set(this.issued.map(({ city, kind }) => `${city} ${kind}`));
    return [...strata].sort().map((stratum) => {
      const [city = '', kind = ''] = stratum.split(' ');
      const issued = this.issued.filter(
        (each) => each.city === city && each.kind === kind && each.on <= asOf,
      );
      const drawn = parts
        .filter((part) => part.city === city && part.kind === kind)
        .reduce((sum, part) => sum + part.drawn, 0);
      // Whole numbers of tenths: the test does its own exact arithmetic.
      const tenths = kind === 'first' ? 3 : 2;
      return { stratum, issued: issued.length, drawn, wanted: Math.floor((issued.length * tenths + 9) / 10) };
    });
  }

  async round(round: number) {
    const found = (await roundsOf(this.rig.db, this.caseId)).find((each) => each.round === round);
    if (found === undefined) throw new Error(`no round ${round}`);
    return found;
  }

  /** The frozen population as it lies in the rows. */
  async population(round: number) {
    return await populationOfRound(this.rig.db, this.caseId, round);
  }
}
