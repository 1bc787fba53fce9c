/** What a bulletin counts. Each figure is the number of its rows; `internal` ones stay in the region's organ. */
export const bulletinFigures = {
  population: { zh: '核发数', en: 'issuances' },
  sampled: { zh: '抽查数', en: 'sampled' },
  reviewed: { zh: '已核查数', en: 'reviewed' },
  faulty: { zh: '存在问题的', en: 'with problems' },
  category: { zh: '问题数（按类别）', en: 'problems by category' },
  severity: { zh: '问题数（按严重程度）', en: 'problems by severity' },
  responsible: { zh: '问题数（按责任主体）', en: 'problems by whose they are' },
  closed: { zh: '整改销号', en: 'close-out' },
  tier: { zh: '问题数（按层级）', en: 'problems by tier' },
  tierClosed: { zh: '整改销号（按层级）', en: 'close-out by tier' },
  swept: { zh: '排查数', en: 'permits swept' },
  selfChecked: { zh: '企业自查', en: 'self-checks' },
  repeatedChanges: { zh: '反复变更的许可证', en: 'permits changed repeatedly' },
  agreement: { zh: '复核一致性（内部）', en: 'agreement of reviewers (internal)' },
} as const satisfies Record<string, { zh: string; en: string }>;

/** A figure of a bulletin. */
export type BulletinFigure = keyof typeof bulletinFigures;

/** Whether a figure is told to nobody outside the region's organ. */
export const isInternal = (figure: string): boolean => figure === 'agreement';

/** From so many sampled permits on a city is ranked; below it only its counts are told. */
const rankedFrom = 10;

/** How many rows a figure has in a city and part. */
export interface FigureCount {
  readonly figure: string;
  readonly city: string;
  readonly part: string;
  readonly count: number;
}

/** What a bulletin says of a city, or of the region. */
export interface Standing {
  readonly population: number;
  readonly sampled: number;
  readonly reviewed: number;
  readonly faulty: number;
  readonly problems: number;
  /** Of the reviewed, the share with problems, in thousandths; null where nothing was reviewed. */
  readonly problemRate: number | null;
  /** Problems a reviewed permit, in hundredths. */
  readonly problemsPerPermit: number | null;
  readonly byUnit: number;
  readonly byAuthority: number;
  readonly byInstitution: number;
  readonly closedInTime: number;
  readonly closedLate: number;
  readonly overdue: number;
  readonly open: number;
  readonly repeatedChanges: number;
}

/** The standing that counts come to, over all cities that they name. */
export function standingOf(counts: readonly FigureCount[]): Standing {
  const sum = (figure: BulletinFigure, part?: string): number =>
    counts
      .filter((each) => each.figure === figure && (part === undefined || each.part === part))
      .reduce((total, { count }) => total + count, 0);
  const [reviewed, faulty, problems] = [sum('reviewed'), sum('faulty'), sum('severity')];
  return {
    ...{ population: sum('population'), sampled: sum('sampled'), reviewed, faulty, problems },
    problemRate: reviewed === 0 ? null : Math.round((faulty * 1000) / reviewed),
    problemsPerPermit: reviewed === 0 ? null : Math.round((problems * 100) / reviewed),
    byUnit: sum('responsible', 'unit'),
    byAuthority: sum('responsible', 'authority'),
    byInstitution: sum('responsible', 'institution'),
    closedInTime: sum('closed', 'inTime'),
    closedLate: sum('closed', 'late'),
    overdue: sum('closed', 'overdue'),
    open: sum('closed', 'open'),
    repeatedChanges: sum('repeatedChanges'),
  };
}

/** The cities with their rank: the fewest problems first, equal rates alike, and none below ten sampled permits. */
export function rankCities(
  counts: readonly FigureCount[],
): readonly (Standing & { readonly city: string; readonly rank: number | null })[] {
  const cities = [...new Set(counts.map(({ city }) => city))].sort();
  const standings = cities.map((city) => ({
    city,
    ...standingOf(counts.filter((each) => each.city === city)),
  }));
  const isRanked = ({ sampled, problemRate }: Standing) => sampled >= rankedFrom && problemRate !== null;
  const ranked = standings.filter(isRanked);
  return standings.map((standing) => ({
    ...standing,
    rank: isRanked(standing)
      ? 1 + ranked.filter((other) => (other.problemRate ?? 0) < (standing.problemRate ?? 0)).length
      : null,
  }));
}
