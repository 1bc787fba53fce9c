import { cite } from '../../rules/instruments.js';
import type { Template } from './template.js';

/** What the heads hear of beside the ladder. */
export const officerTemplates = {
  'application.deemedAccepted': {
    article: cite('REG', '9(4)'),
    zh: {
      subject: '逾期未告知补正，申请已视为受理',
      text: '法定期限内未作出补正告知，申请自{acceptedOn}起视为受理，审批期限自该日起算。',
      act: '请查明原因，并督促按期审查。',
    },
    en: {
      subject: 'Deemed accepted by silence',
      text: 'No completeness notice was given in time: the application is deemed accepted as of {acceptedOn}, and the decision’s limit runs from that day.',
      act: 'Please find out why, and see that the review is in time.',
    },
  },
  'decision.overdue': {
    article: cite('REG', '32(1)'),
    zh: {
      subject: '审批决定已逾期',
      text: '法定期限届满仍未作出决定。逾期不视为准予，但属于未依法履职。',
      act: '请立即督办并作出决定。',
    },
    en: {
      subject: 'The decision is overdue',
      text: 'The limit set by law is over and nothing was decided. Silence grants nothing; it is a fault of the organ.',
      act: 'Please see that it is decided now.',
    },
  },
} as const satisfies Readonly<Record<string, Template>>;
