import type { EventText } from './eventText.js';

/** Administrators’ levers: both persons and the paper’s hash. */
export const leverEvents = {
  'lever.retried': {
    article: null,
    zh: '系统管理员重试办理，不产生法律效果：{reason}。',
    en: 'Tried again by the system administrator, without legal effect: {reason}.',
  },
  'lever.asked': {
    article: null,
    zh: '系统管理员申请{lever}：{reason}；依据文件 {document}，由{signer}签批。',
    en: 'The system administrator asks for {lever}: {reason}; on the paper {document}, to be signed by the {signer}.',
  },
  'lever.approved': {
    article: null,
    zh: '批准{lever}（申请人 {askedBy}，依据文件 {document}）：{opinion}。',
    en: '{lever} approved (asked for by {askedBy}, on the paper {document}): {opinion}.',
  },
  'lever.refused': {
    article: null,
    zh: '不批准{lever}（申请人 {askedBy}，依据文件 {document}）：{reason}。',
    en: '{lever} refused (asked for by {askedBy}, on the paper {document}): {reason}.',
  },
  'case.closed': { article: null, zh: '办结：{outcome}。', en: 'Closed: {outcome}.' },
} as const satisfies Record<string, EventText>;
