import { cite } from '../../instruments.js';
import type { Limit } from '../../limit.js';
import { issueLimits } from './issueLimits.js';
import { tierLimits } from './tierLimits.js';
import { byLaw, confirmedBy, pausable, penaltyDays, penaltyGrounds } from './limitBuilder.js';
import { localLimits } from './localLimits.js';
import { samplingLimits } from './samplingLimits.js';

const acceptance: readonly Limit[] = [
  byLaw('REG', '8(1)', 'recalled', {
    id: 'preDisclosure',
    zh: '申请前信息公开',
    en: 'disclosure before the application',
    binds: 'applicant',
    unit: 'workingDay',
    length: 5,
    unitCitation: null,
    note: 'REG 8(1) gives no length; five working days are recalled from M32.',
  }),
  byLaw('REG', '9(4)', 'seen', {
    id: 'completeness',
    zh: '补正告知',
    en: 'completeness notice',
    binds: 'organ',
    unit: 'workingDay',
    length: 3,
    legalEffect: true,
    note: 'Silence: accepted on the day of receipt.',
  }),
];

const decision: readonly Limit[] = [
  byLaw('REG', '12', 'seen', {
    id: 'decision.simplified',
    zh: '审批决定（简化管理）',
    en: 'decision, simplified management',
    binds: 'organ',
    unit: 'workingDay',
    length: 20,
    ...pausable,
    extension: {
      times: 1,
      length: 10,
      before: 'dueDay',
      approver: 'organHead',
      citation: cite('ALL', '42'),
      // The article was read; that REG 12 leaves room for it under simplified management is our inference.
      standing: 'derived',
      confirmedBy,
    },
  }),
  byLaw('REG', '12', 'seen', {
    id: 'decision.key',
    zh: '审批决定（重点管理）',
    en: 'decision, key management',
    binds: 'organ',
    unit: 'workingDay',
    length: 30,
    ...pausable,
  }),
  byLaw('REG', '12', 'seen', {
    id: 'decision.key.visit',
    zh: '审批决定（重点管理，需现场核查）',
    en: 'decision, key management with a visit to the site',
    binds: 'organ',
    unit: 'workingDay',
    length: 45,
    ...pausable,
  }),
  byLaw('REG', '14', 'seen', {
    id: 'renewal.decision',
    zh: '延续审批决定',
    en: 'decision on a renewal',
    binds: 'organ',
    unit: 'workingDay',
    length: 20,
    ...pausable,
  }),
  byLaw('ALL', '42', 'recalled', {
    id: 'change.decision',
    zh: '变更审批决定',
    en: 'decision on a change',
    binds: 'organ',
    unit: 'workingDay',
    length: 20,
    ...pausable,
  }),
  byLaw('M32', undefined, 'recalled', {
    id: 'replacement.decision',
    zh: '补领排污许可证',
    en: 'replacement of a lost or damaged permit',
    binds: 'organ',
    unit: 'workingDay',
    length: 10,
    ...pausable,
    note: 'Ten days are recalled from an older rule; the day type is our choice.',
  }),
  byLaw('ALL', '44', 'seen', {
    id: 'delivery',
    zh: '颁发、送达许可证',
    en: 'issue and delivery of the permit',
    binds: 'organ',
    unit: 'workingDay',
    length: 10,
  }),
  byLaw('DP', undefined, 'seen', {
    id: 'publicity',
    zh: '许可决定公示',
    en: 'publication of the decision',
    binds: 'organ',
    unit: 'workingDay',
    length: 7,
    unitCitation: null,
  }),
];

const hearing: readonly Limit[] = [
  byLaw('ALL', '47', 'seen', {
    id: 'hearing.request',
    zh: '申请许可听证',
    en: 'request for a licensing hearing',
    binds: 'applicant',
    unit: 'workingDay',
    length: 5,
  }),
  byLaw('ALL', '47', 'seen', {
    id: 'hearing.hold',
    zh: '组织听证',
    en: 'holding the hearing',
    binds: 'organ',
    unit: 'workingDay',
    length: 20,
  }),
  byLaw('ALL', '48', 'seen', {
    id: 'hearing.notice',
    zh: '听证举行前通知',
    en: 'notice before the hearing',
    binds: 'organ',
    unit: 'workingDay',
    length: 7,
    direction: 'back',
  }),
  byLaw('APL', '64', 'seen', {
    id: 'penalty.hearing.request',
    zh: '申请处罚听证',
    en: 'request for a penalty hearing',
    binds: 'applicant',
    unit: 'workingDay',
    length: 5,
    unitCitation: penaltyDays,
  }),
  byLaw('APL', '60', 'seen', {
    id: 'penalty.decision',
    zh: '行政处罚决定',
    en: 'penalty decision',
    binds: 'organ',
    unit: 'calendarDay',
    length: 90,
    roll: 'nextWorkingDay',
    pausable: true,
    pauseGrounds: penaltyGrounds,
    extension: {
      times: 1,
      length: 30,
      before: 'dueDay',
      approver: 'organHead',
      citation: cite('EPM30'),
      standing: 'recalled',
      confirmedBy,
    },
  }),
];

const life: readonly Limit[] = [
  byLaw('REG', '14', 'seen', {
    id: 'permit.validity',
    zh: '排污许可证有效期',
    en: 'validity of the permit',
    binds: 'applicant',
    unit: 'year',
    length: 5,
    firstDayCounts: true,
    legalEffect: true,
  }),
  byLaw('ALL', '50', 'seen', {
    id: 'permit.expiry',
    zh: '许可证届满（延续申请应于此前决定）',
    en: "permit's last day, by which a renewal is to be decided",
    binds: 'organ',
    unit: 'calendarDay',
    length: 0,
    legalEffect: true,
  }),
  byLaw('REG', '14', 'seen', {
    id: 'renewal.apply',
    zh: '提出延续申请（届满六十日前）',
    en: 'application for renewal, 60 days before the expiry',
    binds: 'applicant',
    unit: 'calendarDay',
    length: 60,
    direction: 'back',
    legalEffect: true,
  }),
  byLaw('REG', '14', 'seen', {
    id: 'change.apply',
    zh: '申请变更基本信息',
    en: 'application for a change of basic data',
    binds: 'applicant',
    unit: 'calendarDay',
    length: 30,
    roll: 'nextWorkingDay',
  }),
  byLaw('REG', '24', 'seen', {
    id: 'registration.change',
    zh: '变更排污登记',
    en: 'change of a registration form',
    binds: 'applicant',
    unit: 'calendarDay',
    length: 20,
    roll: 'nextWorkingDay',
  }),
  byLaw('REGGUIDE', undefined, 'seen', {
    id: 'registration.validity',
    zh: '排污登记有效期',
    en: 'validity of a registration form',
    binds: 'applicant',
    unit: 'year',
    length: 5,
    firstDayCounts: true,
    legalEffect: true,
    note: 'Five years from the number, by the local guides; past them the entry is dead and filed anew.',
  }),
];

/** The time limits of the demonstration region. What a provision sets, and what the region has chosen. */
export const limits: Readonly<Record<string, Limit>> = Object.fromEntries(
  [
    ...[...acceptance, ...decision, ...hearing, ...life, ...localLimits],
    ...[...issueLimits, ...tierLimits, ...samplingLimits],
  ].map((limit) => [limit.id, limit]),
);
