import { cite } from '../../rules/instruments.js';
import type { Template } from './template.js';

/** What the holder of a permit is told of its versions and its successor. */
export const versionTemplates = {
  'change.needsReapplication': {
    article: cite('REG', '15'),
    zh: {
      subject: '所申请的变更可能应当重新申请排污许可证',
      text: '与许可证 {permitNo} 的现行版本比对，所申请的内容可能属于应当重新申请取得排污许可证的情形。受理人员将作出认定。在重新申请获准前，不得按新的情形排放污染物。',
      act: '请与受理窗口联系：可以同意转为重新申请办理，或者说明理由按变更办理。',
    },
    en: {
      subject: 'What you ask for may need a re-application',
      text: 'Compared with the version in force of permit {permitNo}, it may be a matter for a re-application; the desk decides. Until that is granted, nothing may be discharged in the new way.',
      act: 'Please ask the acceptance desk: you may agree to a re-application, or say why it is a change.',
    },
  },
  'permit.reapplied': {
    article: cite('REG', '14'),
    zh: {
      subject: '重新申请已获准，许可证有效期至{validTo}',
      text: '许可证 {permitNo} 已按重新申请的内容更新，有效期重新计算，至{validTo}。',
      act: '需要在届满后继续排污的，请在有效期届满六十日前申请延续。',
    },
    en: {
      subject: 'Your re-application is granted: the permit is valid to {validTo}',
      text: 'Permit {permitNo} has its new content and a new term, which ends on {validTo}.',
      act: 'To discharge beyond that day, apply for a renewal sixty days before it.',
    },
  },
  'permit.changed': {
    article: cite('REG', '14'),
    zh: {
      subject: '变更已获准，许可证有效期仍至{validTo}',
      text: '许可证 {permitNo} 的内容已按变更更新。有效期不变，仍至{validTo}。',
      act: '请按更新后的许可证排污；延续申请的期限不因变更而改变。',
    },
    en: {
      subject: 'Your change is granted; the permit is valid to {validTo} as before',
      text: 'Permit {permitNo} has its new content. Its term is unchanged and ends on {validTo}.',
      act: 'Discharge as the new version says; the time to apply for a renewal is what it was.',
    },
  },
  'permit.succeeded': {
    article: cite('ALL', '70'),
    zh: {
      subject: '新的排污单位已取得许可证，原许可证将办理注销',
      text: '承接单位已取得许可证 {successor}，自{from}起由其承担排污义务。您单位许可证 {permitNo} 的义务至该日前一日止，其注销程序已经启动，将另行告知您陈述申辩的权利。',
      act: '您单位持证期间的台账、执行报告等义务仍由您单位完成。',
    },
    en: {
      subject: 'The new holder has its permit: yours will be cancelled',
      text: 'Permit {successor} is issued to the new holder, whose duties begin on {from}. Yours under {permitNo} end the day before; its cancellation has opened, and you will be heard.',
      act: 'The ledger and the reports of the time in which you held the permit remain yours to complete.',
    },
  },
} as const satisfies Readonly<Record<string, Template>>;
