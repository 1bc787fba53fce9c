import type { EventText } from './eventText.js';

const event = (zh: string, en: string): EventText => ({ article: null, zh, en });

/** The issue ledger. Nothing in it rests on an article: it is the administration's own order. */
export const issueEvents = {
  'issue.found': event(
    '{tier}发现问题（许可证 {permitNo}，{severity}）：{description}。',
    'Found by {tier} (permit {permitNo}, {severity}): {description}.',
  ),
  'issue.confirmed': event(
    '问题经确认（{severity}），台账内容不再更改。',
    'Confirmed ({severity}); its entry stands.',
  ),
  'issue.foundAgain': event(
    '{tier}再次发现同一问题（{issue}）。',
    'The same problem was found again by {tier} ({issue}).',
  ),
  'issue.recurrence': event(
    '同一许可证同一部位的同一问题已在台账中，并入该问题。',
    'The same problem at the same place is in the ledger already: that issue takes it up.',
  ),
  'issue.fedBack': event(
    '{on} 向 {sides} 反馈问题，异议期五个工作日，逾期视为无异议。',
    'Fed back to {sides} on {on}; silence for five working days is no objection.',
  ),
  'issue.objected': event('{side}提出异议：{grounds}。', 'Objection by {side}: {grounds}.'),
  'issue.accepted': event('{side}对问题无异议。', 'No objection by {side}.'),
  'issue.noObjection': event(
    '异议期满，{silent} 未提出异议。',
    'The term is over; no objection by {silent}.',
  ),
  'issue.determined': event('核定：{outcome}，{reason}。', 'Determined: {outcome}, {reason}.'),
  'issue.assigned': event(
    '交办整改：责任主体 {responsible}，措施：{measure}，整改方式 {routes}。',
    'Assigned to {responsible}: {measure}; through {routes}.',
  ),
  'issue.rectificationBegun': event(
    '整改第 {round} 轮，期限至 {due}。',
    'Rectification, round {round}, due {due}.',
  ),
  'issue.routed': event('增加整改方式 {route}：{reason}。', 'Also through {route}: {reason}.'),
  'issue.linked': event('关联办理 {route}：{case}。', 'Linked for {route}: {case}.'),
  'issue.started': event('启动 {route}：{case}。', 'Started for {route}: {case}.'),
  'issue.linkedDone': event(
    '关联办理 {route} 已办结（{outcome}）：{case}。',
    '{route} has ended ({outcome}): {case}.',
  ),
  'issue.linkedFailed': event(
    '关联办理 {route} 未达目的（{outcome}）：{case}，问题不得销号。',
    '{route} has ended without effect ({outcome}): {case}. The issue stays open.',
  ),
  'issue.closedWithout': event(
    '经核定，不再办理 {route}：{reason}。',
    'Found to need no {route} any more: {reason}.',
  ),
  'issue.progress': event('整改进展：{note}。', 'Progress: {note}.'),
  'issue.applied': event(
    '{on} 完成整改，申请销号：{note}。',
    'Mended on {on}; close-out applied for: {note}.',
  ),
  'issue.overdue': event('整改逾期（第 {times} 次）。', 'The rectification is overdue ({times}).'),
  'issue.raised': event('提级至 {organ} 督办：{reason}。', 'Raised to {organ}: {reason}.'),
  'issue.supervised': event('督办意见：{note}。', 'Supervision from above: {note}.'),
  'issue.verified': event('{on} 核实：{outcome}，{finding}。', 'Verified on {on}: {outcome}, {finding}.'),
  'issue.closingReturned': event('销号退回：{reason}。', 'Returned at the close-out: {reason}.'),
  'issue.closed': event('准予销号：{opinion}。', 'Closed out: {opinion}.'),
  'issue.reopened': event('问题复发，重新打开（第 {times} 次）：{reason}。', 'Reopened ({times}): {reason}.'),
  'issue.imported': event('由问题台账导入，{stage}。', 'Imported from an issue ledger: {stage}.'),
} as const satisfies Record<string, EventText>;
