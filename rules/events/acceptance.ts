import type { EventText } from './eventText.js';

/** An application up to its acceptance. */
export const acceptanceEvents = {
  'application.received': {
    article: 'REG 8',
    zh: '收到首次申请（{permitClass}），收件日 {receivedOn}；缺少材料：{missing}。',
    en: 'First application ({permitClass}) received on {receivedOn}; missing items: {missing}.',
  },
  'application.supplementRequested': {
    article: 'REG 9(4)',
    zh: '一次性告知需补正的全部内容：{items}。',
    en: 'All defects told in one notice: {items}.',
  },
  'application.supplementReceived': {
    article: 'REG 9(4)',
    zh: '收到补正材料，收件日 {receivedOn}；仍缺：{missing}。',
    en: 'Supplement received on {receivedOn}; still missing: {missing}.',
  },
  'application.accepted': {
    article: 'REG 9(5)',
    zh: '予以受理，受理日 {acceptedOn}。',
    en: 'Accepted as of {acceptedOn}.',
  },
  'application.correctedOnSpot': {
    article: 'REG 9(3)',
    zh: '申请人当场更正：{items}。',
    en: 'Corrected on the spot by the applicant: {items}.',
  },
  'application.deemedAccepted': {
    article: 'REG 9(4)',
    zh: '逾期未告知补正，自收件之日 {acceptedOn} 起视为受理。',
    en: 'No notice within the limit: deemed accepted as of the receipt on {acceptedOn}.',
  },
  'application.notNeeded': {
    article: 'REG 9(1)',
    zh: '依法不需要取得排污许可：{reason}。',
    en: 'No permit is needed: {reason}.',
  },
  'application.notCompetent': {
    article: 'REG 9(2)',
    zh: '不属于本机关职权范围：{reason}；应向 {rightAuthority} 申请。',
    en: 'Not within this authority’s competence: {reason}; the right one is {rightAuthority}.',
  },
  'application.refused': { article: 'REG 9', zh: '不予受理：{reason}。', en: 'Not accepted: {reason}.' },
  'application.lapsed': {
    article: null,
    zh: '申请人逾期未补正，本件终结；可以重新申请。',
    en: 'The supplement did not come in time: the case ends; filing again is free.',
  },
  'application.ended': {
    article: null,
    zh: '本件经批准终止办理：{reason}；可以重新申请。',
    en: 'The case is ended on a signed lever: {reason}; filing again is free.',
  },
  'application.withdrawn': {
    article: null,
    zh: '申请人撤回申请：{reason}。',
    en: 'Withdrawn by the applicant: {reason}.',
  },
} as const satisfies Record<string, EventText>;
