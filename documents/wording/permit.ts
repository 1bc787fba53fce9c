import { listOf, remedies, remediesInEnglish, type Wording } from './wording.js';

/** What a permit's holder is told at its last day, and the way to its cancellation. */
export const permit: Readonly<Record<string, Wording>> = {
  deemedRenewalNotice: {
    form: 'letter',
    body: [
      '你单位持有的排污许可证（编号{许可证编号}）有效期至{原届满日}。你单位按期提出了延续申请，本机关逾期未作决定。依据{依据}，该许可证视为准予延续，有效期至{有效期止}。',
      '上述有效期尚待本机关确认，并以全国排污许可证管理信息平台的记载为准。',
    ],
    english: [
      'Permit {许可证编号} ended on {原届满日|en}; its renewal was applied for in time and not decided. By law it is renewed to {有效期止|en} ({依据|en}), to be confirmed by us and recorded by the national platform.',
    ],
  },
  expiryNotice: {
    form: 'letter',
    body: [
      '你单位持有的排污许可证（编号{许可证编号}）有效期于{原届满日}届满，未予延续。依据{依据}，该许可证自次日零时起失效，不得继续排放污染物。',
      '需要继续排放污染物的，应当依法申请并取得排污许可证后方可排放；延续申请逾期提出的，在作出准予的决定前亦不得排放。',
    ],
    english: [
      'Permit {许可证编号} was valid to {原届满日|en} and was not renewed: it has lapsed, and discharge must stop ({依据|en}). A late renewal changes nothing about that until it is granted.',
    ],
  },
  cancellationIntention: {
    form: 'letter',
    body: [
      '{#到期未延续}你单位持有的排污许可证（编号{许可证编号}）有效期于{有效期止}届满，未予延续。经核查，你单位已停止该许可证所载的生产经营活动。{/到期未延续}{#注销事由}关于你单位持有的排污许可证（编号{许可证编号}）：{注销事由}。{/注销事由}依据{依据}，本机关拟注销该许可证。',
      '你单位可以自本告知书送达之日起{期限}内向本机关陈述和申辩。{#期限生效}逾期未提出的，本机关将依法继续办理。{/期限生效}',
    ],
    english: [
      '{#到期未延续}Permit {许可证编号} lapsed on {有效期止|en} and the unit has closed{/到期未延续}{#注销事由}Permit {许可证编号}: {注销事由|en}{/注销事由}; we intend to cancel it ({依据|en}). You may state your case within {期限|en} of the service of this notice.',
    ],
  },
  cancellationDecision: {
    form: 'letter',
    body: [
      '{#到期未延续}你单位持有的排污许可证（编号{许可证编号}）有效期于{有效期止}届满，未予延续。{/到期未延续}{#注销事由}关于你单位持有的排污许可证（编号{许可证编号}）：{注销事由}。{/注销事由}{#前文文号}本机关已送达拟注销告知书（{前文文号}），{陈述申辩情况}。{/前文文号}依据{依据}，本机关决定注销该许可证。',
      '注销自本决定书送达之日起生效，许可证编号保留，不再使用。',
      remedies,
    ],
    english: [
      'Permit {许可证编号}{#到期未延续}, which lapsed on {有效期止|en},{/到期未延续} is cancelled as of the service of this decision ({依据|en}){#注销事由}: {注销事由|en}{/注销事由}{#前文文号}; {陈述申辩情况|en} on our notice {前文文号}{/前文文号}. Its number stays reserved.',
      remediesInEnglish,
    ],
  },
  cancellationRefusal: {
    form: 'letter',
    body: [
      '你单位申请注销排污许可证（编号{许可证编号}）。经核查，你单位仍在从事该许可证所载的生产经营活动：{理由}。依据{依据}，本机关决定不予注销。',
      '停止排放污染物后，可以重新提出注销申请。',
      remedies,
    ],
    english: [
      'You asked for the cancellation of permit {许可证编号}; the unit was found still running ({理由|en}), so it is not cancelled ({依据|en}). You may ask again once you have stopped.',
      remediesInEnglish,
    ],
  },
  cancellationPublication: {
    form: 'publicNotice',
    body: [
      '{单位名称}（统一社会信用代码{统一社会信用代码}）持有的排污许可证（编号{许可证编号}）{#到期未延续}有效期于{有效期止}届满，未予延续{/到期未延续}{#注销事由}不再保留{/注销事由}。依据{依据}，本机关已决定注销该许可证（{前文文号}），决定书已经送达。特此公告。',
    ],
    english: [
      'Permit {许可证编号} of {单位名称}{#到期未延续}, which lapsed on {有效期止|en},{/到期未延续} is cancelled by decision {前文文号} ({依据|en}).',
    ],
  },
  conversionDecision: {
    form: 'letter',
    body: [
      '你单位持有排污许可证（编号{许可证编号}，有效期至{有效期止}）。你单位的排污管理类别已为登记管理，并已办理排污登记（登记编号{登记编号}）。依据{依据}，本机关决定注销该许可证。',
      '注销自本决定书送达之日起生效，此前该许可证仍然有效，你单位应当继续按证排污；许可证编号保留，不再使用。',
      remedies,
    ],
    english: [
      'The unit has filed registration form {登记编号}; permit {许可证编号}, valid to {有效期止|en}, is cancelled as of the service of this decision ({依据|en}), and binds until then. Its number stays reserved.',
      remediesInEnglish,
    ],
  },
  conversionPublication: {
    form: 'publicNotice',
    body: [
      '{单位名称}（统一社会信用代码{统一社会信用代码}）已办理排污登记（登记编号{登记编号}）。依据{依据}，本机关已决定注销其持有的排污许可证（编号{许可证编号}，{前文文号}），决定书已经送达。特此公告。',
    ],
    english: [
      'Permit {许可证编号} of {单位名称}, which has filed registration form {登记编号}, is cancelled by decision {前文文号} ({依据|en}).',
    ],
  },
  cleanUpList: {
    form: 'publicNotice',
    body: [
      '下列排污许可证有效期已届满，未予延续，经核对列入本次到期清理。依据{依据}，本机关将对每张许可证分别办理注销：告知、听取陈述申辩、作出决定并送达后，注销方生效；列入本清单本身不产生注销的效力。',
      ...listOf('清理清单'),
      '对列入本清单有异议的，可以向本机关提出。',
    ],
    english: [
      'These permits have expired and are listed for clean-up ({依据|en}). Each is cancelled by a procedure of its own; the list itself cancels nothing.',
    ],
  },
  serviceReceipt: {
    form: 'paper',
    rows: [
      ['送达文书', '{送达文书}'],
      ['文号', '{送达文号}'],
      ['案号', '{案号}'],
      ['送达机关', '{机关名称}'],
      ['受送达人', '{受送达人}'],
      ['送达方式', '{送达方式}'],
      ['送达日期', '{送达日期}'],
      ['回执编号', '{回执编号}'],
    ],
    body: ['期限自送达之日起算的，以本回证所载的送达日期为准。'],
    signatures: ['受送达人（签名或者盖章）', '送达人（签名）', '见证人（签名）'],
    english: ['{送达文书|en}, {送达文号}: served on {送达日期|en} by {送达方式|en} to {受送达人|en}.'],
  },
};
