import type { EventText } from './eventText.js';

/** A cancellation. */
export const cancellationEvents = {
  'cancellation.opened': {
    article: 'ALL 70',
    zh: '许可证 {permitNo} 到期（最后有效日 {lastDay}），启动注销程序。',
    en: 'Permit {permitNo} expired (last day {lastDay}): cancellation opened.',
  },
  'cancellation.openedOnDecision': {
    article: 'ALL 70',
    zh: '许可证 {permitNo} {ground}，办理注销手续；持证人已在该决定的程序中陈述、听证。',
    en: 'Permit {permitNo} is {ground}: its cancellation is a formality, as the holder was heard before that decision.',
  },
  'cancellation.held': {
    article: null,
    zh: '存在暂缓事由，注销程序中止。',
    en: 'A hold stands: the cancellation waits.',
  },
  'cancellation.resumed': {
    article: null,
    zh: '暂缓事由已全部解除，注销程序恢复。',
    en: 'No hold stands any more: the cancellation resumes.',
  },
  'cancellation.ended': {
    article: null,
    zh: '注销程序终止：{reason}。',
    en: 'The cancellation ended: {reason}.',
  },
  'cancellation.checked': {
    article: null,
    zh: '{on} 核查经营状况：{outcome}。',
    en: 'Operation checked on {on}: {outcome}.',
  },
  'cancellation.announced': {
    article: 'ALL 70',
    zh: '拟注销许可证 {permitNo}，告知陈述申辩权利。',
    en: 'Intended cancellation of {permitNo} announced, with the right to be heard.',
  },
  'cancellation.statementReceived': { article: null, zh: '收到陈述申辩。', en: 'A statement was received.' },
  'cancellation.statementReviewed': {
    article: null,
    zh: '陈述申辩复核：{outcome}。',
    en: 'The statement was reviewed: {outcome}.',
  },
  'cancellation.noStatement': {
    article: null,
    zh: '期限内未收到陈述申辩。',
    en: 'No statement came in time.',
  },
  'cancellation.automatic': {
    article: null,
    zh: '依据 {document} 自动完成注销。',
    en: 'Completed without a signature under {document}.',
  },
  'cancellation.drafted': { article: null, zh: '拟定注销决定。', en: 'Cancellation decision drafted.' },
  'permit.cancelled': {
    article: 'ALL 70',
    zh: '注销决定送达，许可证 {permitNo} 注销。',
    en: 'The cancellation of permit {permitNo} was served and is effective.',
  },
  'lead.raised': {
    article: null,
    zh: '发现疑似线索（许可证 {permitNo} 到期后仍在运行），待核实。',
    en: 'A lead to verify: the unit of {permitNo} may still be running.',
  },
  'lead.handedOver': {
    article: null,
    zh: '线索移交执法：{outcome}，回执 {receipt}。',
    en: 'Lead handed to enforcement: {outcome}, receipt {receipt}.',
  },
} as const satisfies Record<string, EventText>;
