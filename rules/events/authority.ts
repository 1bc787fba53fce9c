import type { EventText } from './eventText.js';

/** What the authority does of its own accord: change, annulment, withdrawal, a revocation recorded, urging. */
export const authorityEvents = {
  'case.openedForIssue': {
    article: null,
    zh: '由问题 {issue} 提起。',
    en: 'Started out of issue {issue}.',
  },
  'authorityChange.opened': {
    article: 'REG 16',
    zh: '启动主动变更（许可证 {permitNo}），事由：{trigger}（{reason}）；是否加重负担：{burdensRise}。',
    en: 'Change of permit {permitNo} by the authority opened: {trigger} ({reason}); burdens rise: {burdensRise}.',
  },
  'authorityChange.drafted': {
    article: 'REG 16',
    zh: '拟定主动变更决定。',
    en: 'Decision on the change by the authority drafted.',
  },
  'authorityChange.decided': {
    article: 'REG 16',
    zh: '主动变更决定送达（{on}），许可证 {permitNo} 变更，待国家平台记载变更内容和理由。',
    en: 'The change of permit {permitNo} was served on {on}; the platform is to record its content and reason.',
  },
  'authorityChange.recorded': {
    article: 'REG 16',
    zh: '国家平台已记载主动变更的内容和理由，业务号 {businessNo}（{platformAt}）。',
    en: 'The national platform recorded the change with its content and reason, business number {businessNo} ({platformAt}).',
  },
  'authorityChange.termDiffers': {
    article: 'REG 14',
    zh: '变更不改变有效期，而平台记载的截止日为 {validTo}，转人工核对。',
    en: 'A change leaves the term as it is, and the platform has {validTo} as its end: a person reconciles it.',
  },
  'annulment.opened': {
    article: 'ALL 69',
    zh: '启动撤销程序（许可证 {permitNo}），事由：{ground}；{origin}，由{by}办理。',
    en: 'Annulment of permit {permitNo} opened: {ground}; {origin}, by the {by}.',
  },
  'annulment.drafted': { article: 'ALL 69', zh: '拟定：{outcome}。', en: 'Drafted: {outcome}.' },
  'annulment.decided': {
    article: 'ALL 69',
    zh: '撤销决定送达（{on}），许可证 {permitNo} 被撤销。',
    en: 'The annulment of permit {permitNo} was served on {on} and is effective.',
  },
  'annulment.spared': {
    article: 'ALL 69',
    zh: '撤销可能对公共利益造成重大损害，决定不予撤销（送达 {on}）。',
    en: 'Annulment would do major harm to the public interest: decided not to annul (served on {on}).',
  },
  'withdrawal.opened': {
    article: 'ALL 8',
    zh: '启动撤回程序（许可证 {permitNo}），事由：{ground}；公共利益：{publicInterest}。',
    en: 'Withdrawal of permit {permitNo} opened: {ground}; the public interest: {publicInterest}.',
  },
  'withdrawal.drafted': { article: 'ALL 8', zh: '拟定撤回决定。', en: 'Decision to withdraw drafted.' },
  'withdrawal.decided': {
    article: 'ALL 8',
    zh: '撤回决定送达（{on}），许可证 {permitNo} 被撤回；由此造成的财产损失依法补偿。',
    en: 'The withdrawal of permit {permitNo} was served on {on} and is effective; losses are compensated.',
  },
  'compensation.settled': {
    article: null,
    zh: '补偿或者赔偿办理结果：{outcome}。',
    en: 'Compensation: {outcome}.',
  },
  'holder.barred': {
    article: null,
    zh: '当事人在三年内不得再次申请排污许可证（自 {on} 起）。',
    en: 'The holder may not apply for a permit for three years from {on}.',
  },
  'revocation.received': {
    article: 'REG 34',
    zh: '登记吊销许可证 {permitNo} 的处罚决定 {penaltyDocument}（{penaltyOrgan}，依据 {penaltyArticle}，{decidedOn} 作出，{servedOn} 送达），待法制核对。',
    en: 'Penalty decision {penaltyDocument} of {penaltyOrgan} revoking permit {permitNo} ({penaltyArticle}, made on {decidedOn}, served on {servedOn}) was entered, to be checked by the legal officer.',
  },
  'revocation.confirmed': {
    article: 'REG 34',
    zh: '经核对，处罚决定 {penaltyDocument} 已送达，许可证 {permitNo} 自 {servedOn} 起被吊销。',
    en: 'Checked: penalty decision {penaltyDocument} was served and permit {permitNo} is revoked from {servedOn} on.',
  },
  'revocation.rejected': {
    article: null,
    zh: '经核对，该处罚决定不产生吊销效力：{reason}。',
    en: 'Checked: the penalty decision revokes nothing: {reason}.',
  },
  'holder.announced': {
    article: 'ALL 36',
    zh: '已向持证人发出告知书，告知陈述申辩权利；是否告知听证权利：{hearing}。',
    en: 'The holder is told of the right to be heard; of a hearing too: {hearing}.',
  },
  'holder.statementReceived': {
    article: 'ALL 36',
    zh: '收到持证人陈述申辩。',
    en: 'The holder’s statement was received.',
  },
  'holder.noStatement': {
    article: null,
    zh: '期限内未收到持证人陈述申辩。',
    en: 'The holder made no statement in time.',
  },
  'holder.statementReviewed': {
    article: null,
    zh: '对陈述申辩和听证意见的复核：{finding}。',
    en: 'Statement and hearing were reviewed: {finding}.',
  },
  'authority.ended': {
    article: null,
    zh: '程序终止，未作决定：{reason}。',
    en: 'The procedure ended without a decision: {reason}.',
  },
  'platform.actRecorded': {
    article: null,
    zh: '国家平台已记载，业务号 {businessNo}（{platformAt}）。',
    en: 'The national platform has the act, business number {businessNo} ({platformAt}).',
  },
  'permit.changedByAuthority': {
    article: 'REG 16',
    zh: '许可证 {permitNo} 依 {caseId} 变更，有效期不变。',
    en: 'Permit {permitNo} was changed by {caseId}; its term stays.',
  },
  'permit.endedByAuthority': {
    article: null,
    zh: '许可证 {permitNo} {state}（{on}，{caseId}），不得继续排污。',
    en: 'Permit {permitNo} is {state} from {on} on ({caseId}); discharge must stop.',
  },
  'application.permitEnded': {
    article: 'ALL 70',
    zh: '许可证 {permitNo} {state}，本件无可继续，终结。',
    en: 'Permit {permitNo} is {state}: nothing is left to decide, and the case ends.',
  },
  'urging.opened': {
    article: null,
    zh: '启动督促（许可证 {permitNo}）：督促事项 {asks}，来源 {source}。',
    en: 'Urging opened for permit {permitNo}: {asks}, on findings of {source}.',
  },
  'urging.answered': {
    article: null,
    zh: '排污单位已答复：{answer}。',
    en: 'The unit has answered: {answer}.',
  },
  'urging.answeredLate': {
    article: null,
    zh: '期限届满后收到答复：{answer}。',
    en: 'An answer came after the term: {answer}.',
  },
  'urging.unanswered': {
    article: null,
    zh: '督促期限届满，未见答复，由人工核对。',
    en: 'The term is over without an answer: a person looks.',
  },
  'urging.checked': { article: null, zh: '督促效果核对：{finding}。', en: 'Effect checked: {finding}.' },
  'urging.lead': {
    article: null,
    zh: '督促未见效果（许可证 {permitNo}），作为疑似线索移送执法核实。',
    en: 'The urging had no effect (permit {permitNo}): a lead for enforcement to verify.',
  },
  'urging.handedOver': {
    article: null,
    zh: '疑似线索处理：{outcome}，回执 {receipt}。',
    en: 'Lead to verify: {outcome}, receipt {receipt}.',
  },
  'urging.ended': { article: null, zh: '督促终止：{reason}。', en: 'The urging ended: {reason}.' },
} as const satisfies Record<string, EventText>;
