import type { EventText } from './eventText.js';

/** Joint review, verification and hearing. */
export const reviewEvents = {
  'review.opinion': {
    article: 'REG 10',
    zh: '{element}要素审查意见（第 {round} 轮）：{outcome}。',
    en: 'Opinion of {element}, round {round}: {outcome}.',
  },
  'review.conflict': {
    article: null,
    zh: '各要素意见不一致：{subjects}。',
    en: 'The elements disagree on: {subjects}.',
  },
  'review.revisionRequested': {
    article: null,
    zh: '第 {round} 轮审查意见修改，涉及：{elements}。',
    en: 'Revision round {round} requested by: {elements}.',
  },
  'review.revised': {
    article: null,
    zh: '收到第 {round} 轮修改，内容由 {from} 改为 {to}。',
    en: 'Revision of round {round} received: content {from} became {to}.',
  },
  'review.revisionMissed': {
    article: null,
    zh: '第 {round} 轮修改逾期未提交。',
    en: 'The revision of round {round} did not come in time.',
  },
  'verification.required': {
    article: 'REG 10',
    zh: '决定进行现场核查：{reason}。',
    en: 'A site visit is needed: {reason}.',
  },
  'verification.notNeeded': {
    article: null,
    zh: '决定不进行现场核查：{reason}。',
    en: 'No site visit is needed: {reason}.',
  },
  'verification.done': {
    article: 'ALL 34',
    zh: '{on} 完成现场核查，核查人员 {officers}；不一致事项：{inconsistent}。',
    en: 'Site visited on {on} by {officers}; not as stated: {inconsistent}.',
  },
  'verification.revisit': {
    article: 'ALL 34',
    zh: '{on} 现场核查后需复核：{reason}。',
    en: 'After the visit of {on} another is needed: {reason}.',
  },
  'verification.offSite': {
    article: null,
    zh: '{on} 进行非现场核查，方式：{method}。',
    en: 'Off-site check on {on} by {method}.',
  },
  'hearing.announced': {
    article: 'ALL 47',
    zh: '告知 {parties} 名利害关系人听证权利。',
    en: '{parties} interested parties told of their right to a hearing.',
  },
  'hearing.requested': {
    article: 'ALL 47',
    zh: '利害关系人要求听证。',
    en: 'An interested party asked for a hearing.',
  },
  'hearing.waived': {
    article: 'ALL 47',
    zh: '期限内无人要求听证。',
    en: 'Nobody asked for a hearing in time.',
  },
  'hearing.scheduled': {
    article: 'ALL 48',
    zh: '定于 {on} 举行听证。',
    en: 'The hearing is set for {on}.',
  },
  'hearing.held': { article: 'ALL 48', zh: '{on} 举行听证。', en: 'Hearing held on {on}.' },
} as const satisfies Record<string, EventText>;
