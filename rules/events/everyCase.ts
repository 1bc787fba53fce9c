import type { EventText } from './eventText.js';

/** What every case has: clocks, tasks, documents, notices. */
export const everyCaseEvents = {
  'clock.paused': {
    article: 'ALL 45',
    zh: '期限 {clock} 扣除开始，事由：{ground}。',
    en: 'Clock {clock} paused, ground: {ground}.',
  },
  'clock.resumed': { article: 'ALL 45', zh: '期限 {clock} 恢复计算。', en: 'Clock {clock} resumed.' },
  'clock.extended': {
    article: 'ALL 42',
    zh: '期限 {clock} 延长 {days} 日：{reason}。',
    en: 'Clock {clock} extended by {days} days: {reason}.',
  },
  'clock.retimed': {
    article: null,
    zh: '按现行工作日历（{edition}）重新计算 {clock}：届满日由 {before} 变为 {after}。',
    en: '{clock} counted anew by the calendar in force ({edition}): its last day was {before}, and is {after}.',
  },
  'clock.lapsed': { article: null, zh: '期限 {clock} 届满。', en: 'Clock {clock} ran out.' },
  'clock.remind': {
    article: null,
    zh: '提醒：{clock}将于 {due} 届满。',
    en: 'Reminder: {clock} ends on {due}.',
  },
  'clock.warn': {
    article: null,
    zh: '预警：{clock}将于 {due} 届满。',
    en: 'Warning: {clock} ends on {due}.',
  },
  'clock.yellow': {
    article: null,
    zh: '黄牌：{clock}将于 {due} 届满。',
    en: 'Yellow card: {clock} ends on {due}.',
  },
  'clock.red': {
    article: null,
    zh: '红牌：{clock}承诺期限已到，法定届满日 {due}。',
    en: 'Red card: {clock} is past its promise; the statute ends on {due}.',
  },
  'clock.escalate': {
    article: null,
    zh: '升级至{level}：{clock}，法定届满日 {due}。',
    en: 'Escalated to {level}: {clock}, which ends on {due}.',
  },
  'clock.anniversary': {
    article: null,
    zh: '{clock}满一年。',
    en: 'Another year of {clock}.',
  },
  'task.claimed': { article: null, zh: '领取任务 {task}。', en: 'Task {task} claimed.' },
  'task.released': { article: null, zh: '退还任务 {task}。', en: 'Task {task} put back.' },
  'task.reassigned': {
    article: null,
    zh: '任务 {task} 改派 {to}：{reason}。',
    en: 'Task {task} reassigned to {to}: {reason}.',
  },
  'task.delegated': {
    article: null,
    zh: '任务 {task} 转办 {to}：{reason}。',
    en: 'Task {task} delegated to {to}: {reason}.',
  },
  'document.issued': {
    article: null,
    zh: '制发文书 {kind}，文号：{number}，内容：{content}。',
    en: 'Document issued: {kind}; number: {number}; content: {content}.',
  },
  'document.sealed': {
    article: null,
    zh: '文书 {kind} 用印（{seal}）。',
    en: 'Document {kind} sealed ({seal}).',
  },
  'document.served': {
    article: null,
    zh: '文书 {kind} 于 {on} 送达，方式：{method}。',
    en: 'Document {kind} served on {on} by {method}.',
  },
  'document.voided': {
    article: null,
    zh: '文书 {kind} 作废：{reason}；文号保留。',
    en: 'Document {kind} voided: {reason}; its number is kept.',
  },
  'notice.queued': {
    article: null,
    zh: '通知 {template} 待发送至 {recipient}。',
    en: 'Notice {template} queued for {recipient}.',
  },
  'notice.undeliverable': {
    article: null,
    zh: '通知 {template} 无法送至{recipient}（{reason}），转人工联系。',
    en: 'Notice {template} could not reach the {recipient} ({reason}): to be told by hand.',
  },
  'notice.byHand': {
    article: null,
    zh: '{on} 以{method}方式人工告知{recipient}，接洽人 {spokenTo}：{note}',
    en: 'The {recipient} was told by hand on {on} by {method}, {spokenTo} answering: {note}',
  },
} as const satisfies Record<string, EventText>;
