import { cite } from '../../rules/instruments.js';
import type { Template } from './template.js';

const inTheSystem = {
  zh: '请登录排污许可办理系统查看本件并办理。',
  en: 'Please sign in and open the case below.',
};

/** What the applicant, or the holder of a permit, is told. */
export const applicantTemplates = {
  'application.supplementRequested': {
    article: cite('REG', '9(4)'),
    zh: {
      subject: '申请材料需要补正',
      text: '您的申请材料不齐全或不符合法定形式，需要补正：{items}。补正期限自《补正告知书》送达之日起计算，载于该文书。',
      act: '请按告知书一次补齐后提交。逾期未补正的，本件终结，可以重新申请。',
    },
    en: {
      subject: 'Your application needs a supplement',
      text: 'Your file is incomplete: {items}. The term runs from the service of the written notice, which states it.',
      act: 'Please hand in everything that the notice lists. Without it the case ends; filing again is free.',
    },
  },
  'application.lapsed': {
    article: null,
    zh: {
      subject: '申请因逾期未补正而终结',
      text: '补正期限已满，未收到补正材料，本件已终结。这不是不予许可的决定。',
      act: '如仍需取得排污许可，可以随时重新申请。',
    },
    en: {
      subject: 'Your application has ended',
      text: 'The term for the supplement is over and none was received: the case has ended. Nothing was denied.',
      act: 'You may apply again at any time.',
    },
  },
  'application.ended': {
    article: null,
    zh: {
      subject: '申请的办理已终结',
      text: '经负责人批准，本件的办理已终结，原因：{reason}。这不是不予许可的决定。',
      act: '如仍需取得排污许可，可以随时重新申请。',
    },
    en: {
      subject: 'The handling of your application has ended',
      text: 'By decision of a head of the organ the case has ended, for this reason: {reason}. Nothing was denied.',
      act: 'You may apply again at any time.',
    },
  },
  'review.revisionRequested': {
    article: null,
    zh: {
      subject: '审查意见：请修改申请材料',
      text: '联审联查提出第 {round} 轮修改意见。修改期限自《修改通知书》送达之日起计算，载于该文书。',
      act: inTheSystem.zh,
    },
    en: {
      subject: 'The review asks for a revision',
      text: 'The joint review asks for revision round {round}. The term runs from the service of its written notice, which states it.',
      act: inTheSystem.en,
    },
  },
  'decision.made': {
    article: cite('REG', '12'),
    zh: {
      subject: '审批决定已作出：{conclusion}',
      text: '您的申请已作出决定：{conclusion}。决定书另行送达，权利义务以决定书为准。',
      act: '对决定不服的，可以依决定书载明的途径和期限申请行政复议或者提起行政诉讼。',
    },
    en: {
      subject: 'The decision has been made: {conclusion}',
      text: 'Your application was decided: {conclusion}. The written decision is served separately and is what counts.',
      act: 'The written decision states how and until when it may be reviewed.',
    },
  },
  'permit.renewedByLaw': {
    article: cite('ALL', '50'),
    zh: {
      subject: '排污许可证视为准予延续',
      text: '您按期提出延续申请，有效期届满前未作出决定，许可证 {permitNo} 依法视为准予延续。新的有效期待人工确认并在国家平台记载。',
      act: '您无需重新申请。确认后以国家平台记载为准。',
    },
    en: {
      subject: 'Your permit is deemed renewed',
      text: 'You applied in time and no decision was made before the end: permit {permitNo} is deemed renewed by law. A person confirms the new term and enters it on the national platform.',
      act: 'You need not apply again. What the national platform records counts.',
    },
  },
  'permit.expired': {
    article: cite('REG', '14'),
    zh: {
      subject: '排污许可证已到期失效，不得继续排污',
      text: '许可证 {permitNo} 有效期届满未延续，已失效。无证排污违法。注销程序将另行告知您陈述申辩的权利。',
      act: '如仍需排污，请立即停止排放并重新申请取得许可证。',
    },
    en: {
      subject: 'Your permit has lapsed: discharge must stop',
      text: 'Permit {permitNo} ended without a renewal and has lapsed. Discharge without a permit is unlawful. In the cancellation you will be heard first.',
      act: 'If you still need to discharge, stop now and apply for a permit.',
    },
  },
  'renewal.remind': {
    article: cite('REG', '14'),
    zh: {
      subject: '请于{lastDay}前（含当日）申请延续排污许可证',
      text: '许可证 {permitNo} 的有效期至{validTo}。延续申请应当在有效期届满六十日前提出，最后一日为{lastDay}。逾期提出的，届满时许可证失效。',
      act: '已经提出延续申请的，不必理会本提醒。',
    },
    en: {
      subject: 'Apply for the renewal of your permit by {lastDay}',
      text: 'Permit {permitNo} is valid until {validTo}. A renewal is to be applied for sixty days before that; the last day is {lastDay}. After it the permit lapses at its end.',
      act: 'If you have applied already, there is nothing left to do.',
    },
  },
  'renewal.windowClosed': {
    article: cite('REG', '14'),
    zh: {
      subject: '提出延续申请的法定期限已过',
      text: '许可证 {permitNo} 提出延续申请的最后一日已过，未收到延续申请。此后提出的为逾期申请，不产生视为准予延续的效力，有效期届满时许可证失效。',
      act: '请尽快提出申请，并做好届满之日停止排污的准备。',
    },
    en: {
      subject: 'The time to apply for renewal is over',
      text: 'No renewal of permit {permitNo} was received by the last day. A later one is late: it renews nothing by itself, and the permit lapses at its end.',
      act: 'Apply without delay, and be ready to stop discharging on the last day.',
    },
  },
  'renewal.windowOpen': {
    article: cite('REG', '14'),
    zh: {
      subject: '{lastDay}前（含当日）仍可按期重新申请延续',
      text: '许可证 {permitNo} 的延续申请已经终结，法定期限尚未届满，{lastDay}前（含当日）仍可按期重新提出。',
      act: inTheSystem.zh,
    },
    en: {
      subject: 'Another renewal may be filed in time until {lastDay}',
      text: 'The renewal of permit {permitNo} has ended, and the time to apply has not: another may be filed until {lastDay}.',
      act: inTheSystem.en,
    },
  },
  'cancellation.helpToApply': {
    article: null,
    zh: {
      subject: '办证帮扶：请尽快申请排污许可证',
      text: '许可证 {permitNo} 已失效。如您单位仍在生产，须先取得排污许可证方可排放污染物。',
      act: '请联系受理窗口，我们协助您申请。',
    },
    en: {
      subject: 'Help to apply for a permit',
      text: 'Permit {permitNo} has lapsed. If your unit still runs, it needs a permit before it may discharge.',
      act: 'Please ask the acceptance desk, which helps you apply.',
    },
  },
} as const satisfies Readonly<Record<string, Template>>;
