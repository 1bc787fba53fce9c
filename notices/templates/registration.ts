import { cite } from '../../rules/instruments.js';
import type { Template } from './template.js';

/** What the holder of a registration form is told. */
export const registrationTemplates = {
  'registration.remind': {
    article: cite('REG', '24'),
    zh: {
      subject: '请于{validTo}前（含当日）延续排污登记',
      text: '排污登记 {registrationNo} 的有效期至{validTo}。届满前均可在全国排污许可证管理信息平台办理延续；届满未延续的，登记失效，须重新登记。',
      act: '已经办理延续的，不必理会本提醒。',
    },
    en: {
      subject: 'Renew your registration form by {validTo}',
      text: 'Registration form {registrationNo} is valid until {validTo}. It can be renewed on the national platform until that day; past it the entry is dead, and is filed anew.',
      act: 'If you have renewed it already, there is nothing left to do.',
    },
  },
  'registration.expired': {
    article: cite('REG', '24'),
    zh: {
      subject: '排污登记已到期失效，请重新登记',
      text: '排污登记 {registrationNo} 有效期届满未延续，已失效。继续排污的，应当先重新办理排污登记。',
      act: '请在全国排污许可证管理信息平台重新登记。',
    },
    en: {
      subject: 'Your registration form has expired: file anew',
      text: 'Registration form {registrationNo} ended without a renewal. Before you discharge on, file a registration anew.',
      act: 'Please file it on the national platform.',
    },
  },
  'registration.coverNeeded': {
    article: cite('REG', '24'),
    zh: {
      subject: '取得排污许可证之前的排污须有合法依据',
      text: '您的首次申请已收到。排污登记 {registrationNo} 在许可证核发之前继续有效，但只覆盖登记管理范围内的排放；依法应当取得许可证的排放，须待取得许可证后方可进行。请保持登记有效。',
      act: '许可证核发后，该登记由系统自动注销，无需另行办理。',
    },
    en: {
      subject: 'Until the permit is issued, discharge needs legal cover',
      text: 'Your first application was received. Registration form {registrationNo} stays in force until the permit is issued, and covers only what may be discharged under a registration; what needs a permit must wait for it. Keep the form valid.',
      act: 'Once the permit is issued, the form is closed by itself.',
    },
  },
} as const satisfies Readonly<Record<string, Template>>;
