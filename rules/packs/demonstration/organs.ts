import { parseDate } from '../../date.js';
import type { Procedure } from '../../facts.js';
import { cite } from '../../instruments.js';
import type { Organ, PromisedLength, Responsibility, SigningStep } from '../../pack.js';

export const byStatute = { kind: 'statute', citation: cite('REG', '6') } as const;

/**
 * The organs of a fictional autonomous region with two kinds of city. In Yunchuan the ecology bureau does everything and a
 * county branch acts in its name; in Lanjiang the approval bureau accepts and decides, the ecology bureau reviews and
 * supervises. The zone has a bureau of its own, entrusted for a term.
 */
export const organs: readonly Organ[] = [
  {
    id: 'province',
    zh: '示范自治区生态环境厅',
    en: 'Department of Ecology and Environment, Demonstration Autonomous Region',
    short: '示',
    kind: 'province',
    area: '990000',
    superior: null,
    actsFor: null,
    basis: { kind: 'statute', citation: cite('REG', '3') },
  },
  {
    id: 'yunchuan',
    zh: '云川市生态环境局',
    en: 'Yunchuan Ecology and Environment Bureau',
    short: '云',
    kind: 'ecologyBureau',
    area: '990100',
    superior: 'province',
    actsFor: null,
    basis: byStatute,
  },
  {
    id: 'yunchuan.qinghe',
    zh: '云川市生态环境局青禾分局',
    en: 'Qinghe Branch, Yunchuan Ecology and Environment Bureau',
    short: '云',
    kind: 'countyBranch',
    area: '990121',
    superior: 'yunchuan',
    actsFor: 'yunchuan',
    basis: { kind: 'dispatched', document: '云编发〔2021〕3号' },
  },
  {
    id: 'lanjiang.approval',
    zh: '澜江市行政审批服务局',
    en: 'Lanjiang Administrative Approval Bureau',
    short: '澜审',
    kind: 'approvalBureau',
    area: '990200',
    superior: null,
    actsFor: null,
    basis: { kind: 'statute', citation: cite('ALL', '25') },
  },
  {
    id: 'lanjiang.ecology',
    zh: '澜江市生态环境局',
    en: 'Lanjiang Ecology and Environment Bureau',
    short: '澜',
    kind: 'ecologyBureau',
    area: '990200',
    superior: 'province',
    actsFor: null,
    basis: byStatute,
  },
  {
    id: 'zone',
    zh: '金滩经济技术开发区生态环境局',
    en: 'Jintan Development Zone Ecology and Environment Bureau',
    short: '金',
    kind: 'zoneBureau',
    area: '990171',
    superior: 'yunchuan',
    actsFor: null,
    basis: {
      kind: 'entrusted',
      document: '云环委托〔2024〕1号',
      from: parseDate('2024-07-01'),
      to: parseDate('2044-06-30'),
    },
  },
];

const procedures: readonly Procedure[] = [
  'first',
  'reapplication',
  'renewal',
  'change',
  'replacement',
  'authorityChange',
  'cancellation',
  'annulment',
  'withdrawal',
  'revocation',
  'urging',
  'registration',
  'cleanUp',
  'issue',
  'qualityReview',
  'sweep',
  'selfCheck',
];

export const oneOrgan = (area: string, organ: string, supervising = organ): Responsibility => ({
  ...{ area, procedures, accepting: organ, reviewing: organ, deciding: organ, sealing: organ, supervising },
});

const lanjiang = {
  accepting: 'lanjiang.approval',
  reviewing: 'lanjiang.ecology',
  deciding: 'lanjiang.approval',
  sealing: 'lanjiang.approval',
  supervising: 'lanjiang.ecology',
} as const;

/** Who does what, by area. */
export const responsibilities: readonly Responsibility[] = [
  oneOrgan('990100', 'yunchuan'),
  {
    ...oneOrgan('990121', 'yunchuan.qinghe'),
    // The branch works the case; the city decides and seals.
    deciding: 'yunchuan',
    sealing: 'yunchuan',
  },
  oneOrgan('990171', 'zone'),
  { area: '990200', procedures, ...lanjiang },
  { area: '990221', procedures, ...lanjiang },
  { area: '990222', procedures, ...lanjiang },
  oneOrgan('990122', 'yunchuan'),
  // What the region does itself.
  { ...oneOrgan('990000', 'province'), procedures: ['sampling', 'bulletin'] },
];

const drafting: SigningStep = {
  step: 'drafting',
  role: 'officer',
  zh: '承办人拟稿',
  en: 'drafting officer',
  when: 'always',
};
const sectionHead: SigningStep = {
  step: 'sectionHead',
  role: 'sectionHead',
  zh: '科室负责人审核',
  en: 'section head',
  when: 'always',
};
const legalReview: SigningStep = {
  step: 'legalReview',
  role: 'legalOfficer',
  zh: '法制审核',
  en: 'legal review',
  when: 'legalReviewDue',
};
const deputyHead: SigningStep = {
  step: 'deputyHead',
  role: 'deputyHead',
  zh: '分管负责人签发',
  en: 'signing deputy head',
  when: 'always',
};
const seal: SigningStep = { step: 'seal', role: 'sealKeeper', zh: '用印', en: 'seal', when: 'always' };

/** The signing chains. The approval bureau has every decision reviewed by its legal officer. */
export const signingChains: Readonly<Record<string, readonly SigningStep[]>> = {
  default: [drafting, sectionHead, legalReview, deputyHead, seal],
  'lanjiang.approval': [drafting, sectionHead, { ...legalReview, when: 'always' }, deputyHead, seal],
};

const promise = (organ: string, procedure: Procedure, limit: string, length: number): PromisedLength => ({
  ...{ organ, procedure, limit, length },
});

const promisesOf = (organ: string, lengths: Readonly<Record<string, number>>): readonly PromisedLength[] => [
  ...(['first', 'reapplication'] as const).flatMap((procedure) =>
    ['decision.simplified', 'decision.key', 'decision.key.visit', 'delivery'].flatMap((limit) => {
      const length = lengths[limit];
      return length === undefined ? [] : [promise(organ, procedure, limit, length)];
    }),
  ),
  ...['renewal.decision', 'delivery'].flatMap((limit) => {
    const length = lengths[limit];
    return length === undefined ? [] : [promise(organ, 'renewal', limit, length)];
  }),
  ...(['change', 'replacement'] as const).flatMap((procedure) =>
    [`${procedure}.decision`, 'delivery'].flatMap((limit) => {
      const length = lengths[limit];
      return length === undefined ? [] : [promise(organ, procedure, limit, length)];
    }),
  ),
];

/** What the service guides of the organs promise. */
export const promised: readonly PromisedLength[] = [
  ...promisesOf('yunchuan', {
    'decision.simplified': 15,
    'decision.key': 25,
    'decision.key.visit': 40,
    'renewal.decision': 15,
    'change.decision': 10,
    'replacement.decision': 5,
    delivery: 5,
  }),
  ...promisesOf('lanjiang.approval', {
    'decision.simplified': 12,
    'decision.key': 20,
    'decision.key.visit': 35,
    'renewal.decision': 12,
    'change.decision': 10,
    'replacement.decision': 5,
    delivery: 5,
  }),
  ...promisesOf('zone', { 'decision.simplified': 15, 'decision.key': 25, 'renewal.decision': 15 }),
];
