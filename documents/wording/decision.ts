import { listOf, remedies, remediesInEnglish, type Wording } from './wording.js';

const platform = '许可证编号、二维码和证书由全国排污许可证管理信息平台生成，有效期以该平台的记载为准。';

/** The decisions on an application, and the permit that the organ works with. */
export const decision: Readonly<Record<string, Wording>> = {
  approval: {
    form: 'letter',
    body: [
      '你单位于{收件日期}提出的排污许可申请（{办理事项}）（{管理类别}），本机关于{受理日期}受理。经审查，该申请符合法定条件。依据{依据}，本机关决定准予行政许可，颁发排污许可证。',
      platform,
      remedies,
    ],
    english: [
      'The application of {收件日期|en} ({管理类别|en}) meets the conditions of the law: a discharge permit is granted ({依据|en}). Its number, QR code and certificate are made by the national platform.',
      remediesInEnglish,
    ],
  },
  denial: {
    form: 'letter',
    body: [
      '你单位于{收件日期}提出的排污许可申请（{办理事项}）（{管理类别}），本机关于{受理日期}受理。经审查，该申请不符合法定条件，理由和依据如下：',
      ...listOf('不予许可理由'),
      '依据{依据}，本机关决定不予行政许可。',
      remedies,
    ],
    english: [
      'The application of {收件日期|en} ({管理类别|en}) does not meet the conditions of the law and is denied ({依据|en}). Grounds: {不予许可理由|en}.',
      remediesInEnglish,
    ],
  },
  renewalApproval: {
    form: 'letter',
    body: [
      '你单位于{收件日期}提出的排污许可证（编号{许可证编号}）延续申请，本机关于{受理日期}受理。经审查，该申请符合法定条件。依据{依据}，本机关决定准予延续。',
      platform,
      remedies,
    ],
    english: [
      'The renewal of permit {许可证编号}, applied for on {收件日期|en}, is granted ({依据|en}). Its term is as the national platform records it.',
      remediesInEnglish,
    ],
  },
  renewalDenial: {
    form: 'letter',
    body: [
      '你单位于{收件日期}提出的排污许可证（编号{许可证编号}）延续申请，本机关于{受理日期}受理。经审查，该申请不符合法定条件，理由和依据如下：',
      ...listOf('不予许可理由'),
      '依据{依据}，本机关决定不予延续。',
      remedies,
    ],
    english: [
      'The renewal of permit {许可证编号}, applied for on {收件日期|en}, is denied ({依据|en}). Grounds: {不予许可理由|en}.',
      remediesInEnglish,
    ],
  },
  changeApproval: {
    form: 'letter',
    body: [
      '你单位于{收件日期}提出的排污许可证（编号{许可证编号}）变更申请，本机关于{受理日期}受理。经审查，该申请符合法定条件。依据{依据}，本机关决定准予变更。',
      `许可证有效期不因变更而改变。${platform}`,
      remedies,
    ],
    english: [
      'The change of permit {许可证编号}, applied for on {收件日期|en}, is granted ({依据|en}). Its term is unchanged.',
      remediesInEnglish,
    ],
  },
  changeDenial: {
    form: 'letter',
    body: [
      '你单位于{收件日期}提出的排污许可证（编号{许可证编号}）变更申请，本机关于{受理日期}受理。经审查，该申请不符合法定条件，理由和依据如下：',
      ...listOf('不予许可理由'),
      '依据{依据}，本机关决定不予变更。',
      remedies,
    ],
    english: [
      'The change of permit {许可证编号}, applied for on {收件日期|en}, is denied ({依据|en}). Grounds: {不予许可理由|en}.',
      remediesInEnglish,
    ],
  },
  replacementApproval: {
    form: 'letter',
    body: [
      '你单位于{收件日期}提出的排污许可证（编号{许可证编号}）补领申请，本机关于{受理日期}受理。经审查，该申请符合法定条件。依据{依据}，本机关决定准予补领。',
      `许可证有效期不因补领而改变。${platform}`,
      remedies,
    ],
    english: [
      'The replacement of permit {许可证编号}, applied for on {收件日期|en}, is granted ({依据|en}). Its term is unchanged.',
      remediesInEnglish,
    ],
  },
  replacementDenial: {
    form: 'letter',
    body: [
      '你单位于{收件日期}提出的排污许可证（编号{许可证编号}）补领申请，本机关于{受理日期}受理。经审查，该申请不符合法定条件，理由和依据如下：',
      ...listOf('不予许可理由'),
      '依据{依据}，本机关决定不予补领。',
      remedies,
    ],
    english: [
      'The replacement of permit {许可证编号}, applied for on {收件日期|en}, is denied ({依据|en}). Grounds: {不予许可理由|en}.',
      remediesInEnglish,
    ],
  },
  certificateCopy: {
    form: 'paper',
    banner: '工作副本 · WORKING COPY',
    rows: [
      ['单位名称', '{单位名称}'],
      ['统一社会信用代码', '{统一社会信用代码}'],
      ['许可证编号', '{许可证编号}'],
      ['管理类别', '{管理类别}'],
      ['行政区划代码', '{行政区划代码}'],
      ['有效期', '{有效期起}至{有效期止}'],
      ['版本', '第{版本}版（{版本事由}）'],
      ['国家平台业务号', '{平台业务号}（{平台时间}）'],
      ['内容编号（SHA-256）', '{内容编号}'],
    ],
    body: [
      '本件是机关内部使用的工作副本，不是排污许可证，不能证明排污许可。排污许可证正本、副本及其编号、二维码以全国排污许可证管理信息平台生成的为准。',
      '{#许可内容}',
      '{内容}',
      '{/许可内容}',
    ],
    english: [
      'A working copy of version {版本} ({版本事由|en}) of permit {许可证编号}, valid from {有效期起|en} to {有效期止|en}. It is no permit: the certificate, its number and QR code belong to the national platform.',
    ],
  },
};
