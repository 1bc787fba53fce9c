import type { EventText } from './eventText.js';

/** Decision and issuance. */
export const decisionEvents = {
  'decision.drafted': {
    article: 'REG 11',
    zh: '拟定决定：{conclusion}；未满足的条件：{failed}。',
    en: 'Decision drafted: {conclusion}; conditions not met: {failed}.',
  },
  'decision.returned': {
    article: null,
    zh: '{from} 退回 {to}：{reason}。',
    en: 'Returned by {from} to {to}: {reason}.',
  },
  'decision.signed': { article: null, zh: '{step} 签署（{subject}）。', en: 'Signed: {step} ({subject}).' },
  'decision.made': { article: 'REG 12', zh: '作出决定：{conclusion}。', en: 'Decision made: {conclusion}.' },
  'decision.overdue': {
    article: 'REG 32(1)',
    zh: '逾期未作出决定；不视为准予。',
    en: 'The decision is overdue; silence grants nothing.',
  },
  'decision.published': { article: 'ALL 40', zh: '{on} 公开决定。', en: 'Decision published on {on}.' },
  'permit.issued': {
    article: 'REG 12',
    zh: '国家平台生成许可证编号 {permitNo}，业务号 {businessNo}。',
    en: 'The national platform made permit number {permitNo}, business number {businessNo}.',
  },
  'permit.delivered': { article: 'ALL 44', zh: '{on} 送达许可证。', en: 'Permit delivered on {on}.' },
  'platform.differs': {
    article: 'REG 12',
    zh: '平台记载的有效期（{validFrom} 至 {validTo}）与本系统推算不一致，转人工核对。',
    en: 'The platform’s term ({validFrom} to {validTo}) differs from ours: a person reconciles it.',
  },
  'platform.listDiffers': {
    article: 'REG 12',
    zh: '平台清单（{business}，业务号 {businessNo}）与本系统记载不一致：{differences}；转人工核对。',
    en: 'The platform’s list ({business}, business number {businessNo}) differs from our record: {differences}; a person reconciles it.',
  },
  'platform.reconciled': {
    article: null,
    zh: '平台差异核对完毕：{outcome}。',
    en: 'Difference to the platform reconciled: {outcome}.',
  },
  'platform.cancelled': {
    article: null,
    zh: '国家平台已记载注销，业务号 {businessNo}。',
    en: 'The national platform recorded the cancellation, business number {businessNo}.',
  },
} as const satisfies Record<string, EventText>;
