import { remedies, remediesInEnglish, type Wording } from './wording.js';

const permitOf = '你单位持有的排污许可证（编号{许可证编号}，有效期至{有效期止}）';
const right =
  '你单位可以自本告知书送达之日起{期限}内向本机关陈述和申辩{#听证权利}，并可以自送达之日起5个工作日内申请听证，听证不收取费用{/听证权利}。{#期限生效}逾期未提出的，视为放弃，本机关将依法继续办理。{/期限生效}';
const rightInEnglish =
  'You may state your case within {期限|en} of the service of this notice{#听证权利}, and ask for a hearing within 5 working days of it{/听证权利}.';
const noDischarge =
  '本决定自送达之日起生效，自即日起不得凭该许可证排放污染物；本机关将依法办理注销手续，许可证编号保留，不再使用。';
const compensated = '{#补偿}由此给你单位造成的财产损失，依法予以补偿或者赔偿，具体事项另行办理。{/补偿}';

/** What the authority decides of its own accord, and what the holder hears before. */
export const authority: Readonly<Record<string, Wording>> = {
  authorityChangeNotice: {
    form: 'letter',
    body: [
      `因{处理事由}，本机关拟依法变更${permitOf}。变更理由：{理由}。变更内容见随附的许可内容版本，有效期不变。依据：{依据}。`,
      right,
    ],
    english: [
      `We intend to change permit {许可证编号} ({依据|en}): {处理事由|en}. Reason: {理由|en}. Its term stays. ${rightInEnglish}`,
    ],
  },
  authorityChangeDecision: {
    form: 'letter',
    body: [
      `因{处理事由}，本机关已告知你单位拟变更${permitOf}，{陈述申辩情况}。依据{依据}，本机关决定变更该许可证，变更理由：{理由}。{#审查意见}审查意见：{审查意见}。{/审查意见}`,
      '变更的内容和理由由本机关在全国排污许可证管理信息平台记载，以平台的记载为准；有效期不变。',
      remedies,
    ],
    english: [
      'Permit {许可证编号} is changed by the authority ({依据|en}): {处理事由|en}. Reason: {理由|en}; {陈述申辩情况|en}. Its content and reason are recorded by the national platform; its term stays.',
      remediesInEnglish,
    ],
  },
  annulmentNotice: {
    form: 'letter',
    body: [
      `经查，${permitOf}存在下列情形：{处理事由}。事实和理由：{理由}。依据{依据}，本机关拟撤销该许可证。`,
      right,
    ],
    english: [
      `We intend to annul permit {许可证编号} ({依据|en}): {处理事由|en}. Facts and reason: {理由|en}. ${rightInEnglish}`,
    ],
  },
  annulmentDecision: {
    form: 'letter',
    body: [
      `${permitOf}存在下列情形：{处理事由}。事实和理由：{理由}。本机关已依法告知你单位，{陈述申辩情况}。依据{依据}，本机关决定撤销该许可证。`,
      noDischarge,
      compensated,
      remedies,
    ],
    english: [
      'Permit {许可证编号} is annulled as of the service of this decision ({依据|en}): {处理事由|en}. Reason: {理由|en}; {陈述申辩情况|en}.',
      remediesInEnglish,
    ],
  },
  annulmentRefusal: {
    form: 'letter',
    body: [
      `${permitOf}存在下列情形：{处理事由}。经审查，撤销该许可证可能对公共利益造成重大损害：{公共利益}。依据{依据}，本机关决定不予撤销。`,
      '该许可证继续有效。本决定不免除有关人员和单位依法应当承担的责任。',
      remedies,
    ],
    english: [
      'Permit {许可证编号} is not annulled ({依据|en}), as that would do major harm to the public interest: {公共利益|en}. It stays in force.',
      remediesInEnglish,
    ],
  },
  withdrawalNotice: {
    form: 'letter',
    body: [
      `因{处理事由}，为了公共利益的需要（{公共利益}），本机关依据{依据}，拟撤回${permitOf}。理由：{理由}。由此给你单位造成财产损失的，依法给予补偿。`,
      right,
    ],
    english: [
      `We intend to withdraw permit {许可证编号} ({依据|en}): {处理事由|en}; the public interest: {公共利益|en}. Losses are compensated. ${rightInEnglish}`,
    ],
  },
  withdrawalDecision: {
    form: 'letter',
    body: [
      `因{处理事由}，为了公共利益的需要（{公共利益}），本机关已告知你单位拟撤回${permitOf}，{陈述申辩情况}。依据{依据}，本机关决定撤回该许可证。理由：{理由}。`,
      noDischarge,
      '由此给你单位造成财产损失的，依法给予补偿，具体事项另行办理。',
      remedies,
    ],
    english: [
      'Permit {许可证编号} is withdrawn as of the service of this decision ({依据|en}): {处理事由|en}; the public interest: {公共利益|en}. Losses are compensated.',
      remediesInEnglish,
    ],
  },
  proceduralEnd: {
    form: 'letter',
    body: [
      '关于你单位持有的排污许可证（编号{许可证编号}）的{办理事项}程序，本机关决定终止，不作出处理决定。理由：{理由}。',
    ],
    english: [
      'The procedure ({办理事项|en}) about permit {许可证编号} has ended without a decision: {理由|en}.',
    ],
  },
  urgingNotice: {
    form: 'letter',
    body: [
      '根据{线索来源}情况，你单位持有的排污许可证（编号{许可证编号}）需要办理：{督促事项}。理由：{理由}。依据：{依据}。',
      '请你单位自本通知书送达之日起{期限}内办理。已经办理或者认为无需办理的，请在期限内书面说明。本通知书不是行政处罚，也不认定违法。',
    ],
    english: [
      'On the findings of {线索来源|en}, this is to be done for permit {许可证编号}: {督促事项|en} ({依据|en}). Reason: {理由|en}. Please do so, or say why not, within {期限|en} of the service of this notice. It is no penalty and finds no breach.',
    ],
  },
  formalCancellation: {
    form: 'letter',
    body: [
      '你单位持有的排污许可证（编号{许可证编号}）{处理结果}，该处理决定已依法听取你单位意见并送达。依据{依据}，本机关决定注销该许可证。',
      '注销自本决定书送达之日起生效，许可证编号保留，不再使用。',
      remedies,
    ],
    english: [
      'Permit {许可证编号} was ended by a decision served before ({处理结果|en}); it is cancelled as of the service of this decision ({依据|en}). Its number stays reserved.',
      remediesInEnglish,
    ],
  },
  formalCancellationNotice: {
    form: 'publicNotice',
    body: [
      '{单位名称}（统一社会信用代码{统一社会信用代码}）持有的排污许可证（编号{许可证编号}）{处理结果}。依据{依据}，本机关已决定注销该许可证（{前文文号}），决定书已经送达。特此公告。',
    ],
    english: [
      'Permit {许可证编号} of {单位名称} ({处理结果|en}) is cancelled by decision {前文文号} ({依据|en}).',
    ],
  },
};
