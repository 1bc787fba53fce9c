import type { EventText } from './eventText.js';

/** A registration form, what it gives way to and takes the place of, the yearly review of the classes, and the clean-up. */
export const registrationEvents = {
  'registration.filed': {
    article: 'REG 24',
    zh: '排污登记 {registrationNo}（平台业务号 {businessNo}），有效期 {validFrom} 至 {validTo}；回执：{receipt}。',
    en: 'Registration form {registrationNo} (platform business number {businessNo}), valid from {validFrom} to {validTo}; receipt: {receipt}.',
  },
  'registration.imported': {
    article: null,
    zh: '由平台清单导入排污登记 {registrationNo}，有效期 {validFrom} 至 {validTo}；历次业务：{acts}。',
    en: 'Registration form {registrationNo} imported from the platform’s list, valid from {validFrom} to {validTo}; acts: {acts}.',
  },
  'registration.importCorrected': {
    article: null,
    zh: '按新的平台清单更正：有效期 {validFrom} 至 {validTo}；新增业务：{acts}。',
    en: 'Put right by a newer list of the platform: valid from {validFrom} to {validTo}; new acts: {acts}.',
  },
  'registration.importEnded': {
    article: null,
    zh: '平台清单上排污登记 {registrationNo} {ending}，编号保留不再使用。',
    en: 'By the platform’s list, registration form {registrationNo} is {ending}; its number stays reserved.',
  },
  'registration.remindedLate': {
    article: 'REG 24',
    zh: '录入时已在延续期内：此前的提醒未能发出，现提醒一次，最后有效日 {validTo}。',
    en: 'Entered when the time to renew had begun: the reminders before were not sent, and one is sent now. Last day {validTo}.',
  },
  'registration.changed': {
    article: 'REG 24',
    zh: '登记内容变更：变更日 {changedOn}，填报日 {filedOn}，平台业务号 {businessNo}。',
    en: 'Content changed on {changedOn}, filed on {filedOn}, platform business number {businessNo}.',
  },
  'registration.changedLate': {
    article: 'REG 24',
    zh: '变更登记晚于变更之日起二十日（变更日 {changedOn}，填报日 {filedOn}），仅作标记；是否构成违法须由人员核实。',
    en: 'The change of {changedOn} was filed on {filedOn}, later than twenty days: marked, at most a lead that a person verifies.',
  },
  'registration.renewed': {
    article: 'REG 24',
    zh: '排污登记 {registrationNo} 延续，有效期至 {validTo}，平台业务号 {businessNo}。',
    en: 'Registration form {registrationNo} renewed, valid to {validTo}, platform business number {businessNo}.',
  },
  'registration.expired': {
    article: 'REG 24',
    zh: '排污登记 {registrationNo} 有效期（至 {validTo}）届满未延续，自行失效，须重新登记。',
    en: 'Registration form {registrationNo}, valid to {validTo}, ended unrenewed: the entry is dead and is filed anew.',
  },
  'registration.expiredInConversion': {
    article: null,
    zh: '取得许可证的申请 {applicationId} 尚在办理，不构成继续排污的依据。',
    en: 'The application {applicationId} for a permit is under way, and covers no discharge.',
  },
  'registration.closed': {
    article: 'REG 24',
    zh: '排污登记 {registrationNo} 注销（{on} 起不再排污）：{reason}；平台业务号 {businessNo}。',
    en: 'Registration form {registrationNo} closed, no discharge since {on}: {reason}; platform business number {businessNo}.',
  },
  'registration.checked': {
    article: null,
    zh: '{on} 抽查（{officers}）：{outcome}。{findings}',
    en: 'Spot check on {on} by {officers}: {outcome}. {findings}',
  },
  'registration.converting': {
    article: null,
    zh: '登记单位已申请排污许可证（{applicationId}）；核发之前本登记继续有效，此间排放须有合法依据。',
    en: 'The unit has applied for a permit ({applicationId}); until that is issued the form stays in force, and discharge in between needs legal cover.',
  },
  'registration.conversionEnded': {
    article: null,
    zh: '申请 {applicationId} 终结（{outcome}），未取得许可证，本登记继续有效。',
    en: 'Application {applicationId} ended ({outcome}) without a permit: the form stays in force.',
  },
  'registration.replaced': {
    article: null,
    zh: '排污许可证 {permitNo} 已核发（{applicationId}），排污登记 {registrationNo} 注销。',
    en: 'Permit {permitNo} was issued ({applicationId}): registration form {registrationNo} is closed.',
  },
  'registration.replacesPermit': {
    article: 'REG 24',
    zh: '排污登记 {registrationNo} 取代排污许可证 {permitNo}：许可证在注销生效之前继续有效。',
    en: 'Registration form {registrationNo} takes the place of permit {permitNo}, which is in force until its cancellation takes effect.',
  },
  'application.fromRegistration': {
    article: null,
    zh: '申请人持有排污登记 {registrationNo}：许可证核发后方予注销，此间排放须有合法依据，已告知申请人。',
    en: 'The applicant holds registration form {registrationNo}: it is closed only once the permit is issued; he was told that discharge in between needs legal cover.',
  },
  'permit.replacesRegistration': {
    article: null,
    zh: '许可证 {permitNo} 已生效，排污登记 {registrationNo} 随之注销。',
    en: 'Permit {permitNo} is in force: registration form {registrationNo} is closed.',
  },
  'permit.givesWay': {
    article: 'ALL 70',
    zh: '单位已办理排污登记 {registrationNo}，启动许可证 {permitNo} 的注销；注销决定送达之前许可证继续有效。',
    en: 'The unit has filed registration form {registrationNo}: the cancellation of permit {permitNo} opens; it is in force until the decision is served.',
  },
  'cancellation.forRegistration': {
    article: 'ALL 70',
    zh: '单位已办理排污登记 {registrationNo}，启动许可证 {permitNo} 的注销程序。',
    en: 'The unit has filed registration form {registrationNo}: cancellation of permit {permitNo} opened.',
  },
  'class.mismatch': {
    article: 'CAT',
    zh: '{year} 年管理类别复核：现为{held}，按规则应为{expected}（{rules}），疑似不符，待人员核实。',
    en: 'Review of the classes, {year}: held {held}, by the rules {expectedEnglish} ({rules}). To be verified by a person.',
  },
  'class.mismatchSettled': {
    article: null,
    zh: '管理类别不符的处理：{outcome}。{note}',
    en: 'The mismatch of the class was dealt with: {outcome}. {note}',
  },
  'permit.cleanedUp': {
    article: 'ALL 70',
    zh: '许可证 {permitNo} 列入已签发的清理清单 {batch}，经再次核对无暂缓事由，启动注销程序。',
    en: 'Permit {permitNo} is on the signed list {batch}; nothing holds it: its cancellation opens.',
  },
  'permit.cleanUpHeld': {
    article: null,
    zh: '清理清单 {batch} 送达本件时存在暂缓事由（{reason}），移出清单。',
    en: 'When the list {batch} came to this case, something held it ({reason}): it was taken off.',
  },
  'cleanUp.drafted': {
    article: 'ALL 70',
    zh: '拟定到期许可证清理清单（{area}），逐张核对暂缓事由。',
    en: 'List of expired permits drafted ({area}), each checked against what would hold it.',
  },
  'cleanUp.reviewed': {
    article: null,
    zh: '清单核对完毕：{opinion}；移出：{removed}。',
    en: 'The list was reviewed: {opinion}; taken off: {removed}.',
  },
  'cleanUp.sent': {
    article: 'ALL 70',
    zh: '清单签发用印，逐张通知所列许可证办理注销。',
    en: 'The list is signed and sealed; each permit on it is told to open its cancellation.',
  },
  'cleanUp.published': {
    article: null,
    zh: '{on} 公开清理清单。',
    en: 'The list was published on {on}.',
  },
  'cleanUp.ended': {
    article: null,
    zh: '清理终止：{reason}。',
    en: 'The clean-up ended: {reason}.',
  },
} as const satisfies Record<string, EventText>;
