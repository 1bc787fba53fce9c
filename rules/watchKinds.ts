interface KindOfFinding {
  /** After how many hours of legal time it counts. */
  readonly hours: number;
  readonly zh: string;
  readonly en: string;
  /** What somebody does about it. */
  readonly remedy: { readonly zh: string; readonly en: string };
  /** Known from Temporal's list of workflows and not from the database alone. */
  readonly ofWorkflows?: true;
  /** `doctor --repair` does something about it by itself, because it can do no harm. */
  readonly repairable?: true;
}

/**
 * What is watched for: something that should have happened by now and did not, or should not be and is. After how many hours
 * it counts is a choice of ours: long enough for an outage that mends itself, short enough that nobody loses a day.
 */
export const watchKinds = {
  'request.unanswered': {
    hours: 1 / 6,
    zh: '请求未得到答复',
    en: 'requests that nobody has answered',
    remedy: { zh: '确认执行进程在运行；重新发送', en: 'see that a worker runs; send it again' },
    repairable: true,
  },
  'moment.overdue': {
    hours: 1 / 6,
    zh: '期限时刻已到而案件未动',
    en: 'cases whose moment has come and that did not move',
    remedy: {
      zh: '查看其工作流的任务失败；唤醒案件',
      en: 'read why its workflow’s tasks fail; wake the case',
    },
    repairable: true,
  },
  'acceptance.overdue': {
    hours: 1 / 6,
    zh: '视为受理应生效而未生效',
    en: 'deemed acceptances that were due and did not take effect',
    remedy: { zh: '唤醒案件；核对受理日', en: 'wake the case; check the day of acceptance' },
    repairable: true,
  },
  'task.unclaimed': {
    hours: 0,
    zh: '任务已过红牌而无人领取',
    en: 'tasks past their last day that nobody has claimed',
    remedy: { zh: '科室负责人改派', en: 'the section head gives it to somebody' },
  },
  'task.orphaned': {
    hours: 0,
    zh: '已关闭案件尚有未办任务',
    en: 'open tasks of closed cases',
    remedy: { zh: '报告缺陷：任务应随案件关闭', en: 'report it: a task ends with its case' },
  },
  'document.unattended': {
    hours: 0,
    zh: '文书待用印或送达而无任务',
    en: 'documents to be sealed or served without a task',
    remedy: { zh: '作废后重新出具', en: 'void it and issue it anew' },
  },
  // Days off are not counted: nobody seals on them.
  'document.unsealed': {
    hours: 72,
    zh: '文书拟制三个工作日仍未用印',
    en: 'documents drafted three working days ago and not sealed yet',
    remedy: { zh: '用印；不再需要的作废', en: 'have it sealed; void one that is not wanted any more' },
  },
  'permit.overdue': {
    hours: 1 / 6,
    zh: '许可证已过最后一日仍为有效',
    en: 'permits past their last day that are still valid',
    remedy: { zh: '唤醒许可证案件', en: 'wake the permit’s case' },
    repairable: true,
  },
  'permit.unattended': {
    hours: 1 / 6,
    zh: '失效许可证无注销案件、无暂缓、未列清理',
    en: 'lapsed permits without a cancellation case, a hold or a place on the clean-up list',
    remedy: { zh: '由承办人启动注销', en: 'an officer opens the cancellation' },
  },
  'chain.broken': {
    hours: 0,
    zh: '台账链尾与案件不符',
    en: 'cases whose ledger does not end as their row says',
    remedy: {
      zh: '立即停止办理，导出并校验台账，与最近的锚比对',
      en: 'stop work on it, export and verify its ledger, compare it with the last anchor',
    },
  },
  'anchor.missing': {
    hours: 36,
    zh: '台账缺少每日的锚',
    en: 'no daily anchor over the ledger',
    remedy: {
      zh: '运行 yizheng ledger anchor，按其提示处理',
      en: 'run yizheng ledger anchor; it says what is wrong',
    },
  },
  'job.missed': {
    hours: 2,
    zh: '每日作业或值守未按时完成',
    en: 'daily jobs, or the watch itself, that did not run',
    remedy: { zh: '确认执行进程在运行并查看其日志', en: 'see that a worker runs, and read its log' },
  },
  'publication.stuck': {
    hours: 2,
    zh: '日历发布停滞',
    en: 'calendar editions whose dry run or publication does not end',
    remedy: {
      zh: '查看其工作流的任务失败；终止该工作流后，它自会从下一页继续',
      en: 'read why its workflow’s tasks fail; once that is ended, another goes on behind its last page by itself',
    },
  },
  'notice.unsent': {
    hours: 24,
    zh: '通知未发出',
    en: 'notices that were not sent',
    remedy: { zh: '检查邮件服务器与执行进程', en: 'check the mail server and the worker' },
  },
  'notice.undigested': {
    hours: 2,
    zh: '待汇总通知错过了应带出它的摘要',
    en: 'notices that missed the digest that should have carried them',
    remedy: { zh: '检查每日摘要作业与收件人', en: 'check the daily digest and its recipients' },
  },
  'webhook.dead': {
    hours: 0,
    zh: '推送屡次失败',
    en: 'webhook deliveries that were given up',
    remedy: {
      zh: '修复接收方后重放，或舍弃',
      en: 'mend the receiver, then replay it; or discard it',
    },
  },
  'case.withoutWorkflow': {
    hours: 1 / 6,
    zh: '未结案件没有运行中的工作流',
    en: 'open cases without a running workflow',
    remedy: { zh: '重新启动其工作流，由其承接各步骤', en: 'start its workflow: it adopts the steps' },
    ofWorkflows: true,
    repairable: true,
  },
  'workflow.withoutCase': {
    hours: 1 / 6,
    zh: '运行中的工作流没有案件',
    en: 'running workflows without a case',
    remedy: {
      zh: '数据库曾恢复到较早时点：核对后由人终止',
      en: 'the database may be of an earlier day: look, then end it by hand',
    },
    ofWorkflows: true,
  },
  'workflow.ofClosedCase': {
    hours: 1 / 6,
    zh: '案件已关闭而工作流仍在运行',
    en: 'workflows that run on after their case has closed',
    remedy: { zh: '终止该工作流', en: 'end the workflow' },
    ofWorkflows: true,
    repairable: true,
  },
  'workflow.behind': {
    hours: 1 / 6,
    zh: '工作流落后于案件',
    en: 'workflows that have not adopted their case’s last steps',
    remedy: { zh: '唤醒案件，由其承接', en: 'wake the case: it adopts them' },
    ofWorkflows: true,
    repairable: true,
  },
  'workflow.ahead': {
    hours: 1 / 6,
    zh: '工作流领先于案件',
    en: 'workflows that know steps which the database has lost',
    remedy: {
      zh: '数据库丢失了步骤：从备份或导出的台账核对，由人决定',
      en: 'the database lost steps: compare with a backup or exported ledgers; people decide',
    },
    ofWorkflows: true,
  },
} as const satisfies Record<string, KindOfFinding>;

/** A kind of finding. */
export type WatchKind = keyof typeof watchKinds;

/** What a kind is, without its own literal types. */
export const watchKind = (kind: WatchKind): KindOfFinding => watchKinds[kind];

/** Every kind, in the order in which they are shown. */
export const allWatchKinds = Object.keys(watchKinds) as readonly WatchKind[];
