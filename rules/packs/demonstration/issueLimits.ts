import { cite } from '../../instruments.js';
import type { Extension, Limit } from '../../limit.js';
import { byPack, confirmedBy } from './limitBuilder.js';

/** One extension, decided by the head of the finding organ before the last day. */
const extension: Extension = {
  times: 1,
  length: 15,
  before: 'dueDay',
  approver: 'organHead',
  citation: cite('PACK'),
  standing: 'derived',
  confirmedBy,
};

/** The limits of the issue ledger. The objection's is practice that was recalled; all others are the region's choice. */
export const issueLimits: readonly Limit[] = [
  byPack({
    id: 'issue.handling',
    zh: '问题台账办理环节',
    en: 'a step in the handling of an issue',
    binds: 'internal',
    unit: 'workingDay',
    length: 5,
  }),
  byPack({
    id: 'issue.objection',
    zh: '对反馈问题提出异议',
    en: 'objection to an issue that was fed back',
    binds: 'applicant',
    unit: 'workingDay',
    length: 5,
    standing: 'recalled',
    legalEffect: true,
    note: 'Silence is no objection, as the letter says; the finding organ still determines the issue.',
  }),
  byPack({
    id: 'issue.rectify.general',
    zh: '一般问题整改',
    en: 'rectification of a general issue',
    binds: 'applicant',
    unit: 'calendarDay',
    length: 30,
    extension,
  }),
  byPack({
    id: 'issue.rectify.serious',
    zh: '严重问题整改',
    en: 'rectification of a serious issue',
    binds: 'applicant',
    unit: 'calendarDay',
    length: 15,
    extension,
  }),
  byPack({
    id: 'issue.rectify.again',
    zh: '逾期后限期整改',
    en: 'rectification within a last term',
    binds: 'applicant',
    unit: 'calendarDay',
    length: 15,
  }),
  byPack({
    id: 'issue.verification',
    zh: '整改核实',
    en: 'verification of a rectification',
    binds: 'internal',
    unit: 'workingDay',
    length: 10,
  }),
  byPack({
    id: 'issue.observation',
    zh: '销号后观察期',
    en: 'observation after the close-out',
    binds: 'internal',
    unit: 'calendarDay',
    length: 365,
    note: 'The same problem at the same place within it reopens the issue; after it a new one names it.',
  }),
];
