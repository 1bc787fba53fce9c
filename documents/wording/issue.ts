import { listOf, type Wording } from './wording.js';

/** The papers of the issue ledger. */
export const issue: Readonly<Record<string, Wording>> = {
  issueFeedback: {
    form: 'letter',
    body: [
      '经排污许可质量核查，发现你单位排污许可证（编号{许可证编号}）存在下列问题（问题编号{案号}）：',
      '{问题描述}（{问题类别}，{严重程度}）。认定依据：{认定依据}。',
      '你单位如有异议，可以自本函送达之日起{期限}内向本机关提出并附理由。{#期限生效}逾期未提出的，视为无异议。{/期限生效}',
    ],
    english: [
      'The quality check found this problem with permit {许可证编号} ({案号}): {问题描述} ({问题类别|en}, {严重程度|en}). You may object within {期限|en} of the service of this letter.',
    ],
  },
  authorityFeedback: {
    form: 'letter',
    body: [
      '经排污许可质量核查，发现你局核发的排污许可证（编号{许可证编号}，排污单位{单位名称}）存在下列审批部门问题（问题编号{案号}）：',
      '{问题描述}（{问题类别}，{严重程度}）。认定依据：{认定依据}。',
      '如有异议，请自本函送达之日起{期限}内向本机关书面提出并附理由。{#期限生效}逾期未提出的，视为无异议。{/期限生效}',
    ],
    english: [
      'The quality check found this problem of the authority’s own with permit {许可证编号} of {单位名称} ({案号}): {问题描述} ({问题类别|en}, {严重程度|en}). You may object within {期限|en} of the service of this letter.',
    ],
  },
  rectificationNotice: {
    form: 'letter',
    body: [
      '你单位排污许可证（编号{许可证编号}）存在的问题（问题编号{案号}）已经核定：{问题描述}。',
      '请自本通知送达之日起{整改天数}日内完成整改，措施：{整改措施}。完成后请附佐证材料申请销号。',
    ],
    english: [
      'The problem {案号} of permit {许可证编号} is to be mended within {整改天数} days of the service of this notice: {整改措施}. Apply for the close-out with evidence.',
    ],
  },
  bulletin: {
    form: 'publicNotice',
    body: ['{通报说明}', ...listOf('通报内容')],
    english: ['{#通报内容}', '{内容|en}', '{/通报内容}'],
  },
  closingSlip: {
    form: 'publicNotice',
    rows: [
      ['问题编号', '{案号}'],
      ['单位名称', '{单位名称}'],
      ['许可证编号', '{许可证编号}'],
      ['问题类别', '{问题类别}'],
      ['严重程度', '{严重程度}'],
      ['问题描述', '{问题描述}'],
      ['认定依据', '{认定依据}'],
      ['核定意见', '{核定意见}'],
      ['整改措施', '{整改措施}'],
      ['完成整改日期', '{完成整改日期}'],
      ['销号意见', '{审查意见}'],
      ['销号机关', '{机关名称}'],
    ],
    body: [
      '经两人核实，上述问题已完成整改，准予销号。',
      '核实人（签名）：　　　　　　　　核实人（签名）：　　　　　　　　销号人（签名）：',
    ],
    english: ['Problem {案号} of permit {许可证编号} was verified as mended and is closed.'],
  },
};
