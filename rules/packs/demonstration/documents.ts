import type { DocumentKind } from '../../pack.js';

const licensing = '{organShort}环许〔{year}〕{number}号';
const desk = '{organShort}环许受〔{year}〕{number}号';
const notice = '{organShort}环许告〔{year}〕{number}号';
const cancellation = '{organShort}环许销〔{year}〕{number}号';

const document = (
  zh: string,
  en: string,
  numberPattern: string | null,
  more: Partial<Pick<DocumentKind, 'sealed' | 'served' | 'startsClock'>> = {},
): DocumentKind => ({ zh, en, numberPattern, sealed: true, served: true, startsClock: null, ...more });

const paper = { sealed: false, served: false } as const;

/** The documents of the desk. A number belongs to an organ, a kind and a year. */
export const documents: Readonly<Record<string, DocumentKind>> = {
  // Acceptance
  materialReceipt: document('材料接收凭证', 'receipt of the file', desk, { sealed: true, served: false }),
  supplementNotice: document('补正告知书', 'supplement notice', desk, { startsClock: 'supplement.submit' }),
  acceptanceNotice: document('受理通知书', 'notice of acceptance', desk),
  nonAcceptance: document('不予受理决定书', 'decision not to accept', desk),
  notNeededNotice: document('不需要取得排污许可告知书', 'notice that no permit is needed', desk),
  returnNotice: document('终止办理告知书', 'notice that the case has ended', desk),
  // Review
  revisionNotice: document('审查意见修改告知书', 'revision notice', notice, {
    startsClock: 'review.revision',
  }),
  visitNotice: document('现场核查通知书', 'notice of a visit to the site', notice),
  visitRecord: document('现场核查记录', 'record of a visit to the site', null, paper),
  visitLimitNotice: document('现场核查及审批期限告知书', 'notice that a visit sets the 45-day limit', notice),
  exclusionNotice: document('期限扣除告知书', 'notice that days are taken out of the limit', notice),
  extensionNotice: document('延期告知书', 'notice of an extension', notice),
  hearingRightsNotice: document('听证告知书', 'notice of the right to a hearing', notice, {
    startsClock: 'hearing.request',
  }),
  hearingNotice: document('听证通知书', 'notice of the hearing', notice),
  hearingRecord: document('听证笔录', 'record of the hearing', null, paper),
  // Decision
  approval: document('准予行政许可决定书', 'decision to grant', licensing),
  denial: document('不予行政许可决定书', 'decision to deny', licensing),
  renewalApproval: document('准予延续决定书', 'decision to renew', licensing),
  renewalDenial: document('不予延续决定书', 'decision not to renew', licensing),
  certificateCopy: document('排污许可证（工作副本）', 'permit, working copy', null, paper),
  // The permit's life
  deemedRenewalNotice: document('视为准予延续告知书', 'notice of a renewal made by the law', notice),
  expiryNotice: document('排污许可证到期失效告知书', 'notice that the permit has lapsed', notice),
  // Cancellation
  cancellationIntention: document('拟注销告知书', 'notice of an intended cancellation', cancellation, {
    startsClock: 'cancellation.hearing',
  }),
  cancellationDecision: document('注销决定书', 'decision on the cancellation', cancellation),
  cancellationPublication: document('注销公告', 'publication of the cancellation', cancellation, {
    served: false,
  }),
  // Any case
  serviceReceipt: document('送达回证', 'record of service', null, paper),
};
