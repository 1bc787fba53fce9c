/**
 * What is watched for: something that should have happened by now and did not. After how many hours it counts as late is a
 * choice of ours: long enough for an outage that mends itself, short enough that nobody loses a day.
 */
export const watchKinds = {
  'request.unanswered': { hours: 1 / 6, zh: '请求未得到答复', en: 'requests that nobody has answered' },
  'moment.overdue': {
    hours: 1 / 6,
    zh: '期限时刻已到而案件未动',
    en: 'cases whose moment has come and that did not move',
  },
  'task.unclaimed': {
    hours: 0,
    zh: '任务已过红牌而无人领取',
    en: 'tasks past their last day that nobody has claimed',
  },
  'anchor.missing': { hours: 36, zh: '台账缺少每日的锚', en: 'no daily anchor over the ledger' },
  'notice.unsent': { hours: 24, zh: '通知未发出', en: 'notices that were not sent' },
} as const satisfies Record<string, { hours: number; zh: string; en: string }>;

/** A kind of thing that is late. */
export type WatchKind = keyof typeof watchKinds;
