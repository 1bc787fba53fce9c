import type { Words } from './words.js';

/** Tasks, and the levers that are signed. */
export const tasks = {
  opinion: { zh: '要素审查意见', en: 'opinion of an element' },
  merge: { zh: '意见汇总', en: 'merged opinion' },
  visitDecision: { zh: '现场核查决定', en: 'decision on a visit' },
  verification: { zh: '现场核查', en: 'verification' },
  serve: { zh: '文书送达', en: 'service of a document' },
  sign: { zh: '签批', en: 'signature' },
  lever: { zh: '管理操作签批', en: 'signature under a lever' },
  'lever.reassign': { zh: '改派任务', en: 'the reassignment of a task' },
  'lever.hold': { zh: '暂停届满效力', en: 'a hold on lapses' },
  'lever.release': { zh: '解除暂停', en: 'the release of the hold' },
  'lever.retime': { zh: '重新计算期限', en: 'counting the clocks anew' },
  'lever.move': { zh: '改用规则包', en: 'the move to another rule pack' },
  'lever.end': { zh: '终止案件', en: 'the end of the case' },
  platform: { zh: '平台登记', en: 'record on the platform' },
  reconciliation: { zh: '平台核对', en: 'reconciliation' },
  confirmRenewal: { zh: '视为延续确认', en: 'confirmation of a renewal by law' },
  lateRenewal: { zh: '逾期延续处理', en: 'decision on a late renewal' },
  operationCheck: { zh: '经营状况核查', en: 'check of operation' },
  statementReview: { zh: '陈述申辩复核', en: 'review of a statement' },
  cancellationDraft: { zh: '注销拟稿', en: 'cancellation draft' },
  platformCancellation: { zh: '平台注销登记', en: 'cancellation on the platform' },
} as const satisfies Words;
