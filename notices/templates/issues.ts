import type { Template } from './template.js';

const inTheSystem = {
  zh: '请登录系统查看问题台账并办理。',
  en: 'Please sign in and open the issue below.',
};

/** What the unit, and the heads, are told of the issue ledger. */
export const issueTemplates = {
  'issue.fedBack': {
    article: null,
    zh: {
      subject: '排污许可质量核查发现问题，请核对',
      text: '质量核查发现许可证 {permitNo} 存在问题，现予反馈。如有异议，请自反馈之日起五个工作日内提出并附理由；逾期未提出的，视为无异议。',
      act: inTheSystem.zh,
    },
    en: {
      subject: 'A problem was found in your permit',
      text: 'The quality check found a problem with permit {permitNo}. You may object within five working days of this feedback; silence is no objection.',
      act: inTheSystem.en,
    },
  },
  'issue.assigned': {
    article: null,
    zh: {
      subject: '整改通知：请按期整改',
      text: '许可证 {permitNo} 的问题已交你单位整改，措施：{measure}。整改期限自《整改通知书》送达之日起计算，载于该文书。完成后请附佐证材料申请销号。',
      act: inTheSystem.zh,
    },
    en: {
      subject: 'Rectification: please mend it in time',
      text: 'A problem with permit {permitNo} is yours to mend: {measure}. The term runs from the service of the written notice, which states it. Apply for the close-out with evidence.',
      act: inTheSystem.en,
    },
  },
  'issue.applicationAsked': {
    article: null,
    zh: {
      subject: '请就核查发现的问题提出申请',
      text: '许可证 {permitNo} 的问题需要办理{procedure}。请依法提出申请；申请收到后自动与该问题关联，办结前该问题不予销号。',
      act: inTheSystem.zh,
    },
    en: {
      subject: 'Please apply, because of a problem that was found',
      text: 'A problem with permit {permitNo} takes an application: {procedure}. Please file it; it is linked with the problem as it comes, and the problem is not closed before it is decided.',
      act: inTheSystem.en,
    },
  },
  'issue.returned': {
    article: null,
    zh: {
      subject: '整改未通过，请继续整改',
      text: '许可证 {permitNo} 的问题整改未通过，原因：{reason}。新的整改期限已经起算。',
      act: inTheSystem.zh,
    },
    en: {
      subject: 'The rectification was returned',
      text: 'The rectification for permit {permitNo} was returned, for this reason: {reason}. A new term runs.',
      act: inTheSystem.en,
    },
  },
  'issue.closed': {
    article: null,
    zh: {
      subject: '问题已销号',
      text: '许可证 {permitNo} 的问题经核实已完成整改，予以销号。',
      act: '观察期内同一问题再次出现的，将重新打开。',
    },
    en: {
      subject: 'The issue is closed',
      text: 'The problem with permit {permitNo} was verified as mended and is closed.',
      act: 'If it comes back, the issue is reopened.',
    },
  },
  'issue.remind': {
    article: 'limit',
    zh: {
      subject: '整改期限提醒：{due}届满',
      text: '“{limit}”的最后一日为{due}。',
      act: '请按期完成整改，并附佐证材料申请销号。已经申请的，不必理会本提醒。',
    },
    en: {
      subject: 'Reminder: the rectification is due on {due}',
      text: 'The last day of “{limit}” is {due}.',
      act: 'Mend it in time and apply for the close-out with evidence. If you have, there is nothing left to do.',
    },
  },
  'issue.overdue': {
    article: null,
    zh: {
      subject: '问题整改已逾期（第{times}次）',
      text: '许可证 {permitNo} 的问题整改期限届满仍未申请销号，已第 {times} 次逾期。',
      act: '请督办下列问题。',
    },
    en: {
      subject: 'A rectification is overdue ({times})',
      text: 'The term to mend the problem of permit {permitNo} is over without an application for the close-out; times so far: {times}.',
      act: 'Please see to the issue below.',
    },
  },
  'issue.raised': {
    article: null,
    zh: {
      subject: '问题已提级督办',
      text: '许可证 {permitNo} 的问题已提级至{organ}督办，由其核定和销号。',
      act: '请配合督办下列问题。',
    },
    en: {
      subject: 'An issue was raised to the organ above',
      text: 'The issue of permit {permitNo} is now supervised, and closed, by the organ above.',
      act: 'Please see to the issue below.',
    },
  },
  'selfCheck.asked': {
    article: null,
    zh: {
      subject: '请按期完成排污许可自查',
      text: '请对照许可证 {permitNo} 开展 {period} 自查，由负责人签署后提交。自查发现并按期改正的问题由你单位自行整改归档，不移送执法；严重或者弄虚作假的除外。',
      act: '请登录系统填报自查清单。',
    },
    en: {
      subject: 'Please check your permit yourself',
      text: 'Please check yourself against permit {permitNo} for {period}; a responsible person signs the result. What you find and mend in time stays your own and goes to no enforcement, unless it is grave or false.',
      act: 'Please sign in and fill in the checklist.',
    },
  },
  'selfCheck.overdue': {
    article: null,
    zh: {
      subject: '企业自查已逾期（第{times}次）',
      text: '许可证 {permitNo} 的自查期限届满仍未提交，已第 {times} 次逾期。',
      act: '请督促下列自查。',
    },
    en: {
      subject: 'A self-check is overdue ({times})',
      text: 'The term of the self-check of permit {permitNo} is over without a result; times so far: {times}.',
      act: 'Please see to the self-check below.',
    },
  },
} as const satisfies Readonly<Record<string, Template>>;
