import { listOf, type Wording } from './wording.js';

/** Joint review, the visit to the site, the hearing, and what the applicant is told about the limit. */
export const review: Readonly<Record<string, Wording>> = {
  revisionNotice: {
    form: 'letter',
    body: [
      '你单位的排污许可申请（{办理事项}）已于{受理日期}受理，现正审查。依据{依据}，第{轮次}轮审查意见涉及{审查要素}，需要修改的内容如下：',
      '{修改要求}',
      '{#补交证明}',
      '补交：{内容}',
      '{/补交证明}',
      '请自本告知书送达之日起{期限}内提交修改后的申请材料。审批期限在此期间继续计算。',
    ],
    english: [
      'Round {轮次} of the review ({审查要素|en}) asks for the revision above. Please hand it in within {期限|en} of the service of this notice; the limit for the decision runs on ({依据|en}).',
    ],
  },
  visitNotice: {
    form: 'letter',
    body: [
      '为审查你单位的排污许可申请（{办理事项}），依据{依据}，本机关决定进行现场核查。事由：{理由}。',
      '现场核查由两名以上工作人员进行，核查人员到场时出示执法或者工作证件。请你单位安排人员到场，并备好与申请内容有关的材料。',
    ],
    english: [
      'We will visit the site to verify the application ({依据|en}). Reason: {理由|en}. At least two officers will come and show their credentials; please have somebody there.',
    ],
  },
  visitRecord: {
    form: 'paper',
    rows: [
      ['单位名称', '{单位名称}'],
      ['统一社会信用代码', '{统一社会信用代码}'],
      ['案号', '{案号}'],
      ['核查日期', '{核查日期}'],
      ['核查人员', '{核查人员}'],
      ['依据', '{依据}'],
    ],
    body: ['核查情况：', ...listOf('核查情况'), '{#理由}需要复核，事由：{理由}。{/理由}'],
    signatures: ['核查人员（签字）', '被核查单位人员（签字）'],
    english: [
      'Visited on {核查日期|en} by {核查人员|en}. Findings: {核查情况|en}.{#理由} Another visit is needed: {理由|en}.{/理由}',
    ],
  },
  visitLimitNotice: {
    form: 'letter',
    body: [
      '你单位的排污许可申请（{办理事项}）需要进行现场核查，事由：{理由}。依据{依据}，审批期限为{审批期限}，自受理之日（{受理日期}）的次日起算，法定届满日为{审批届满日}。',
    ],
    english: [
      'As the site has to be visited ({理由|en}), the decision is due within {审批期限|en} of the acceptance, by {审批届满日|en} ({依据|en}).',
    ],
  },
  exclusionNotice: {
    form: 'letter',
    body: [
      '在办理你单位的排污许可申请（{办理事项}）中，需要进行{扣除事由}。依据{依据}，所需时间不计算在{期限名称}的期限内，自{印发日期}起扣除，预计{预计天数}日。{#理由}说明：{理由}。{/理由}',
      '上述事项结束后，期限恢复计算。',
    ],
    english: [
      'The time needed for: {扣除事由|en}, is not counted in the limit for: {期限名称|en}, from {印发日期|en} on, some {预计天数} days ({依据|en}). The limit runs again afterwards.',
    ],
  },
  extensionNotice: {
    form: 'letter',
    body: [
      '你单位的排污许可申请（{办理事项}）不能在法定期限内作出决定。经本机关负责人批准，依据{依据}，{期限名称}的期限延长{延长天数}个工作日，延长后的届满日为{审批届满日}。',
      '延长的理由：{理由}。',
    ],
    english: [
      'The limit for: {期限名称|en}, is extended by {延长天数} working days with the approval of the head of the authority, to {审批届满日|en} ({依据|en}). Reason: {理由|en}.',
    ],
  },
  hearingRightsNotice: {
    form: 'letter',
    body: [
      '{单位名称}向本机关提出排污许可申请（{办理事项}），该事项直接涉及申请人与他人之间的重大利益关系：{听证事项}。',
      '依据{依据}，你方享有要求听证的权利，可以自本告知书送达之日起{期限}内向本机关提出听证申请，听证不收取费用；逾期未提出的，视为放弃该项权利。',
    ],
    english: [
      'The application of {单位名称} touches your major interests: {听证事项|en}. You may ask for a hearing within {期限|en} of the service of this notice ({依据|en}).',
    ],
  },
  hearingNotice: {
    form: 'letter',
    body: [
      '关于{单位名称}的排污许可事项（{办理事项}），依据{依据}，本机关定于{听证日期}在{听证地点}公开举行听证，由{听证主持人}主持。',
      '申请人或者持证人、利害关系人认为主持人与该许可事项有直接利害关系的，有权申请回避；可以申辩和质证。听证应当制作笔录，由参加人确认无误后签字或者盖章。',
    ],
    english: [
      'The hearing about {单位名称} ({办理事项|en}) is held in public on {听证日期|en} at {听证地点|en}, chaired by {听证主持人|en} ({依据|en}).',
    ],
  },
  hearingRecord: {
    form: 'paper',
    rows: [
      ['案由', '{单位名称}排污许可事项（{办理事项}）'],
      ['案号', '{案号}'],
      ['听证日期', '{听证日期}'],
      ['听证地点', '{听证地点}'],
      ['主持人', '{听证主持人}'],
      ['依据', '{依据}'],
    ],
    body: ['笔录：', '{笔录内容}'],
    signatures: ['听证参加人（签字或者盖章）', '主持人（签字）', '记录人（签字）'],
    english: ['Record of the hearing held on {听证日期|en}, chaired by {听证主持人|en} ({依据|en}).'],
  },
};
