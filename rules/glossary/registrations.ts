import type { Words } from './words.js';

/** Registration forms, the review of the classes, the clean-up. */
export const registrations = {
  registrationNo: { zh: '排污登记编号', en: 'registration number' },
  replaced: { zh: '已由许可证取代', en: 'replaced by a permit' },
  filed: { zh: '登记', en: 'filing' },
  consistent: { zh: '与登记一致', en: 'consistent with the form' },
  problem: { zh: '发现疑似问题，待核实', en: 'a suspected problem, to be verified' },
  classMismatch: { zh: '管理类别复核', en: 'mismatch of the class' },
  urged: { zh: '已督促办理', en: 'urged to apply' },
  checkingList: { zh: '清单核对中', en: 'the list is being reviewed' },
  sent: { zh: '已逐张启动注销', en: 'cancellations opened' },
  renewalPending: { zh: '延续或重新申请尚在办理', en: 'a renewal or re-application is under way' },
  cancelling: { zh: '已在办理注销', en: 'being cancelled already' },
  notLapsed: { zh: '未处于失效状态', en: 'not lapsed' },
} as const satisfies Words;
