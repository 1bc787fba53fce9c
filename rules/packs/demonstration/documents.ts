import { cite } from '../../instruments.js';
import type { DocumentKind } from '../../pack.js';

const licensing = '{organShort}环许〔{year}〕{number}号';
const desk = '{organShort}环许受〔{year}〕{number}号';
const notice = '{organShort}环许告〔{year}〕{number}号';
const quality = '{organShort}环质〔{year}〕{number}号';
const cancellation = '{organShort}环许销〔{year}〕{number}号';
const byAuthority = '{organShort}环许监〔{year}〕{number}号';

const document = (
  zh: string,
  en: string,
  numberPattern: string | null,
  grounds: DocumentKind['grounds'],
  more: Partial<Pick<DocumentKind, 'sealed' | 'served' | 'startsClock' | 'remedies'>> = {},
): DocumentKind => ({
  ...{ zh, en, numberPattern, grounds },
  ...{ sealed: true, served: true, startsClock: null, remedies: false },
  ...more,
});

const paper = { sealed: false, served: false } as const;
const contestable = { remedies: true } as const;

const acceptance = {
  materialReceipt: document('材料接收凭证', 'receipt of the file', desk, [cite('REG', '9(4)')], {
    served: false,
  }),
  supplementNotice: document('补正告知书', 'supplement notice', desk, [cite('REG', '9(4)')], {
    startsClock: 'supplement.submit',
  }),
  acceptanceNotice: document('受理通知书', 'notice of acceptance', desk, [cite('REG', '9(5)')]),
  nonAcceptance: document('不予受理决定书', 'decision not to accept', desk, [cite('REG', '9')], contestable),
  notNeededNotice: document(
    '不需要取得排污许可告知书',
    'notice that no permit is needed',
    desk,
    [cite('REG', '9(1)')],
    contestable,
  ),
  returnNotice: document('终止办理告知书', 'notice that the case has ended', desk, []),
};

const review = {
  revisionNotice: document('审查意见修改告知书', 'revision notice', notice, [cite('REG', '10')], {
    startsClock: 'review.revision',
  }),
  visitNotice: document('现场核查通知书', 'notice of a visit to the site', notice, [
    cite('REG', '10'),
    cite('ALL', '34'),
  ]),
  visitRecord: document('现场核查记录', 'record of a visit to the site', null, [cite('ALL', '34')], paper),
  visitLimitNotice: document(
    '现场核查及审批期限告知书',
    'notice that a visit sets the 45-day limit',
    notice,
    [cite('REG', '12')],
  ),
  exclusionNotice: document('期限扣除告知书', 'notice that days are taken out of the limit', notice, [
    cite('ALL', '45'),
  ]),
  extensionNotice: document('延期告知书', 'notice of an extension', notice, [cite('ALL', '42')]),
  hearingRightsNotice: document(
    '听证告知书',
    'notice of the right to a hearing',
    notice,
    [cite('ALL', '36'), cite('ALL', '47')],
    { startsClock: 'hearing.request' },
  ),
  hearingNotice: document('听证通知书', 'notice of the hearing', notice, [cite('ALL', '48')]),
  hearingRecord: document('听证笔录', 'record of the hearing', null, [cite('ALL', '48')], paper),
};

const grant = [cite('REG', '11'), cite('REG', '12')];
const refusal = [cite('REG', '12'), cite('ALL', '38')];

const decision = {
  approval: document('准予行政许可决定书', 'decision to grant', licensing, grant, contestable),
  denial: document('不予行政许可决定书', 'decision to deny', licensing, refusal, contestable),
  renewalApproval: document(
    '准予延续决定书',
    'decision to renew',
    licensing,
    [cite('REG', '14'), ...grant],
    contestable,
  ),
  renewalDenial: document(
    '不予延续决定书',
    'decision not to renew',
    licensing,
    [cite('REG', '14'), ...refusal],
    contestable,
  ),
  changeApproval: document(
    '准予变更决定书',
    'decision to grant a change',
    licensing,
    [cite('REG', '14'), cite('ALL', '38')],
    contestable,
  ),
  changeDenial: document(
    '不予变更决定书',
    'decision not to grant a change',
    licensing,
    [cite('REG', '14'), cite('ALL', '38')],
    contestable,
  ),
  replacementApproval: document(
    '准予补领决定书',
    'decision to replace a permit',
    licensing,
    [cite('ALL', '38')],
    contestable,
  ),
  replacementDenial: document(
    '不予补领决定书',
    'decision not to replace a permit',
    licensing,
    [cite('ALL', '38')],
    contestable,
  ),
  certificateCopy: document('排污许可证（工作副本）', 'permit, working copy', null, [], paper),
};

const life = {
  deemedRenewalNotice: document('视为准予延续告知书', 'notice of a renewal made by the law', notice, [
    cite('ALL', '50'),
  ]),
  expiryNotice: document('排污许可证到期失效告知书', 'notice that the permit has lapsed', notice, [
    cite('REG', '14'),
    cite('REG', '33(2)'),
  ]),
  cancellationIntention: document(
    '拟注销告知书',
    'notice of an intended cancellation',
    cancellation,
    [cite('ALL', '70')],
    { startsClock: 'cancellation.hearing' },
  ),
  cancellationDecision: document(
    '注销决定书',
    'decision on the cancellation',
    cancellation,
    [cite('ALL', '70')],
    contestable,
  ),
  cancellationRefusal: document(
    '不予注销决定书',
    'decision not to cancel',
    cancellation,
    [cite('ALL', '38'), cite('ALL', '70')],
    contestable,
  ),
  cancellationPublication: document(
    '注销公告',
    'publication of the cancellation',
    cancellation,
    [cite('ALL', '70')],
    { served: false },
  ),
  conversionDecision: document(
    '注销决定书（转为排污登记）',
    'decision on the cancellation of a permit that gives way to a registration form',
    cancellation,
    [cite('ALL', '70'), cite('REG', '24')],
    contestable,
  ),
  conversionPublication: document(
    '注销公告（转为排污登记）',
    'publication of the cancellation of a permit that gives way to a registration form',
    cancellation,
    [cite('ALL', '70'), cite('REG', '24')],
    { served: false },
  ),
  cleanUpList: document(
    '到期排污许可证清理清单',
    'list of expired permits to be cleaned up',
    cancellation,
    [cite('REG', '14'), cite('ALL', '70')],
    { served: false },
  ),
};

/** What the authority does of its own accord. Where a case has other articles than these, it names them. */
const ofOwnAccord = {
  authorityChangeNotice: document(
    '主动变更告知书',
    'notice of an intended change by the authority',
    byAuthority,
    [cite('REG', '16'), cite('ALL', '36')],
    { startsClock: 'authority.statement' },
  ),
  authorityChangeDecision: document(
    '主动变更决定书',
    'decision on a change by the authority',
    byAuthority,
    [cite('REG', '16')],
    contestable,
  ),
  annulmentNotice: document(
    '拟撤销告知书',
    'notice of an intended annulment',
    byAuthority,
    [cite('ALL', '69')],
    { startsClock: 'authority.statement' },
  ),
  annulmentDecision: document(
    '撤销决定书',
    'decision to annul',
    byAuthority,
    [cite('ALL', '69')],
    contestable,
  ),
  annulmentRefusal: document(
    '不予撤销决定书',
    'decision not to annul',
    byAuthority,
    [cite('ALL', '69')],
    contestable,
  ),
  withdrawalNotice: document(
    '拟撤回告知书',
    'notice of an intended withdrawal',
    byAuthority,
    [cite('ALL', '8')],
    { startsClock: 'authority.statement' },
  ),
  withdrawalDecision: document(
    '撤回决定书',
    'decision to withdraw',
    byAuthority,
    [cite('ALL', '8')],
    contestable,
  ),
  proceduralEnd: document(
    '终止程序告知书',
    'notice that a procedure has ended without a decision',
    byAuthority,
    [],
  ),
  urgingNotice: document('督促通知书', 'urging', byAuthority, [], {
    startsClock: 'urging.answer',
  }),
  formalCancellation: document(
    '注销决定书',
    'decision on the cancellation after a decision that ended the permit',
    cancellation,
    [cite('ALL', '70')],
    contestable,
  ),
  formalCancellationNotice: document(
    '注销公告',
    'publication of that cancellation',
    cancellation,
    [cite('ALL', '70')],
    { served: false },
  ),
};

/** The papers of the issue ledger decide nothing about a permit: they rest on no article. */
const issue = {
  issueFeedback: document('问题反馈函', 'letter about a problem found', quality, [], {
    startsClock: 'issue.objection',
  }),
  authorityFeedback: document(
    '审批部门问题反馈函',
    'letter to the authority about a problem of its own',
    quality,
    [],
    { startsClock: 'issue.objection' },
  ),
  rectificationNotice: document('整改通知书', 'notice of rectification', quality, []),
  closingSlip: document('销号单', 'closing slip', quality, [], { served: false }),
  bulletin: document('排污许可质量核查通报', 'bulletin of the quality checks', quality, [], {
    served: false,
  }),
};

/** The documents of the desk. A number belongs to an organ, a kind and a year. */
export const documents: Readonly<Record<string, DocumentKind>> = {
  ...acceptance,
  ...review,
  ...decision,
  ...life,
  ...ofOwnAccord,
  ...issue,
  serviceReceipt: document('送达回证', 'record of service', null, [], paper),
};
