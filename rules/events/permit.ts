import type { EventText } from './eventText.js';

/** The life of a permit, as it was issued here or brought in. */
export const permitEvents = {
  'permit.begun': {
    article: 'REG 14',
    zh: '排污许可证 {permitNo} 自 {validFrom} 起生效。',
    en: 'Permit {permitNo} is valid from {validFrom}.',
  },
  'permit.renewed': {
    article: 'REG 14',
    zh: '准予延续，许可证 {permitNo} 进入新的有效期。',
    en: 'Renewed: permit {permitNo} has a new term.',
  },
  'permit.renewedByLaw': {
    article: 'ALL 50',
    zh: '按期申请延续而逾期未作决定，许可证 {permitNo} 视为准予延续，有效期待确认。',
    en: 'Timely renewal undecided at the last day: permit {permitNo} is deemed renewed, to be confirmed.',
  },
  'permit.renewalConfirmed': {
    article: 'ALL 50',
    zh: '视为延续已由人工确认，平台业务号 {businessNo}。',
    en: 'The renewal by law was confirmed, platform business number {businessNo}.',
  },
  'permit.held': {
    article: 'REG 9(4)',
    zh: '有效期届满时延续申请尚待结果，暂不认定失效。',
    en: 'At the last day the renewal’s result is still to come: the permit is held.',
  },
  'permit.expired': {
    article: 'REG 14',
    zh: '有效期届满未延续，许可证 {permitNo} 自行失效，不得继续排污。',
    en: 'Permit {permitNo} lapsed unrenewed at its last day; discharge must stop.',
  },
  'permit.holdPlaced': {
    article: null,
    zh: '登记暂缓注销事由：{hold}（{kind}）。',
    en: 'A hold on cancellation was placed: {hold} ({kind}).',
  },
  'permit.holdReleased': {
    article: null,
    zh: '解除暂缓注销事由：{hold}。',
    en: 'A hold on cancellation was released: {hold}.',
  },
  'permit.annotated': {
    article: null,
    zh: '{element}要素批注：{note}',
    en: 'Note by {element}: {note}',
  },
  'permit.imported': {
    article: 'REG 14',
    zh: '接入国家平台已有许可证 {permitNo}，有效期 {validFrom} 至 {validTo}，以平台记载为准；历史业务：{acts}。',
    en: 'Permit {permitNo} taken over from the national platform, valid from {validFrom} to {validTo} as recorded there; its history: {acts}.',
  },
  'permit.importCorrected': {
    article: null,
    zh: '再次导入，平台记载有变：有效期 {validFrom} 至 {validTo}，{permitClass}；新增业务：{acts}。',
    en: 'Imported again, the platform’s record has changed: valid from {validFrom} to {validTo}, {permitClass}; new acts: {acts}.',
  },
  'permit.importEnded': {
    article: null,
    zh: '平台记载该许可证已{ending}，编号保留不再使用。',
    en: 'The platform records the end of the permit: {ending}; its number stays reserved.',
  },
  'permit.toCleanUp': {
    article: 'REG 14',
    zh: '接入时有效期已届满（最后有效日 {validTo}）未见延续，许可证 {permitNo} 已失效，列入到期清理清单；未自动启动注销程序。',
    en: 'Past its last day, {validTo}, when it was taken over, and no renewal known: permit {permitNo} has lapsed and is listed for clean-up; no cancellation was opened by itself.',
  },
  'renewal.remindedLate': {
    article: 'REG 14',
    zh: '接入时已在提醒期内：此前各次提醒未能发出，现一并提醒一次，提出延续申请的最后一日为 {lastDay}，最后有效日 {validTo}。',
    en: 'Taken over in the time of the reminders: those before were not sent, and one is sent now, late. The last day to apply is {lastDay}, the last day of validity {validTo}.',
  },
  'renewal.windowMissed': {
    article: 'REG 14',
    zh: '接入时距有效期届满（{validTo}）已不足六十日，按期提出延续申请的最后一日（{lastDay}）已过：提醒已迟，此后提出的延续申请为逾期申请，不产生视为准予延续的效力。',
    en: 'Taken over less than sixty days before the last day, {validTo}; the last day to apply in time was {lastDay}. Too late to remind: a renewal from now on is late and renews nothing by itself.',
  },
  'permit.ended': {
    article: 'ALL 70',
    zh: '许可证 {permitNo} 已注销，编号保留不再使用。',
    en: 'Permit {permitNo} is cancelled; its number stays reserved.',
  },
  'renewal.received': {
    article: 'REG 14',
    zh: '收到延续申请（{permitClass}），收件日 {receivedOn}；缺少材料：{missing}。',
    en: 'Renewal ({permitClass}) received on {receivedOn}; missing items: {missing}.',
  },
  'renewal.late': {
    article: 'REG 14',
    zh: '延续申请晚于有效期届满六十日前提出。',
    en: 'The renewal was filed later than sixty days before the end.',
  },
  'renewal.filed': {
    article: 'REG 14',
    zh: '延续申请 {applicationId} 已登记，是否按期：{inTime}。',
    en: 'Renewal {applicationId} noted, in time: {inTime}.',
  },
  'renewal.ended': {
    article: null,
    zh: '延续申请 {applicationId} 终结：{outcome}。',
    en: 'Renewal {applicationId} ended: {outcome}.',
  },
  'renewal.deemed': {
    article: 'ALL 50',
    zh: '许可证 {permitNo} 已视为准予延续，本件终结。',
    en: 'Permit {permitNo} was deemed renewed: this case ends.',
  },
  'renewal.lateDecided': {
    article: null,
    zh: '法制人员对逾期延续作出处理：{outcome}。',
    en: 'The legal officer decided on the late renewal: {outcome}.',
  },
  'renewal.windowClosed': {
    article: 'REG 14',
    zh: '提出延续申请的最后一日已过，未收到延续申请；此后提出的为逾期申请，不产生视为准予延续的效力。',
    en: 'The last day to apply for renewal is over and none was received; a later one is late and renews nothing by itself.',
  },
  'renewal.windowOpen': {
    article: 'REG 14',
    zh: '延续申请已终结，{lastDay} 前仍可按期重新提出。',
    en: 'That renewal is over; another may be filed in time until {lastDay}.',
  },
} as const satisfies Record<string, EventText>;
