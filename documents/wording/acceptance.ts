import { listOf, remedies, remediesInEnglish, type Wording } from './wording.js';

/** From the receipt of a file to its acceptance, or to the end of the case without one. */
export const acceptance: Readonly<Record<string, Wording>> = {
  materialReceipt: {
    form: 'letter',
    body: [
      '你单位提交的排污许可申请材料（{办理事项}），本机关于{收件日期}收到。材料清单如下：',
      ...listOf('已收材料'),
      '依据{依据}，本机关最迟于{告知届满日}告知是否受理或者需要补正的全部内容；逾期不告知的，自收到申请材料之日起即为受理。',
    ],
    english: [
      'We received the papers listed above ({已收材料|en}) on {收件日期|en}. By {告知届满日|en} at the latest we will say whether the application is accepted or what is to be supplemented; after that day it counts as accepted on the day of its receipt ({依据|en}).',
    ],
  },
  supplementNotice: {
    form: 'letter',
    body: [
      '你单位于{收件日期}提交的排污许可申请材料（{办理事项}）不齐全或者不符合法定形式。依据{依据}，现一次性告知需要补正的全部内容：',
      ...listOf('补正事项'),
      '请自本告知书送达之日起{期限}内补正。{#期限生效}逾期未补正的，本件终止办理，你单位可以重新提出申请。{/期限生效}',
    ],
    english: [
      'Your file of {收件日期|en} is incomplete. This one notice names everything that is missing; please supplement it within {期限|en} of the service of this notice ({依据|en}).{#期限生效} After that the case ends, and you may file again.{/期限生效}',
    ],
  },
  acceptanceNotice: {
    form: 'letter',
    body: [
      '{^视为受理}你单位于{收件日期}提交的排污许可申请材料（{办理事项}）齐全、符合法定形式。依据{依据}，本机关于{受理日期}予以受理。{/视为受理}{#视为受理}本机关未在法定期限内就你单位于{收件日期}提交的排污许可申请材料（{办理事项}）告知补正。依据{依据}，该申请自收到材料之日（{受理日期}）起即为受理。{/视为受理}',
      '审批期限为{审批期限}，法定届满日为{审批届满日}。{#承诺届满日}本机关承诺于{承诺届满日}前办结。{/承诺届满日}依法应当扣除的时间不计算在内，届时另行书面告知。',
    ],
    english: [
      '{^视为受理}The application is accepted as of {受理日期|en}{/视为受理}{#视为受理}No notice came within the limit: the application counts as accepted on {受理日期|en}, the day of its receipt{/视为受理} ({依据|en}). The decision is due within {审批期限|en}, by {审批届满日|en}.{#承诺届满日} We have promised it by {承诺届满日|en}.{/承诺届满日}',
    ],
  },
  nonAcceptance: {
    form: 'letter',
    body: [
      '经审查，对你单位于{收件日期}提出的排污许可申请（{办理事项}），依据{依据}，本机关决定不予受理。',
      '理由：{理由}。{#有权机关}你单位可以向{有权机关}提出申请。{/有权机关}',
      remedies,
    ],
    english: [
      'The application of {收件日期|en} is not accepted ({依据|en}). Reason: {理由|en}.{#有权机关} The right authority is {有权机关|en}.{/有权机关}',
      remediesInEnglish,
    ],
  },
  notNeededNotice: {
    form: 'letter',
    body: [
      '经审查，你单位于{收件日期}提出的排污许可申请（{办理事项}）所涉事项依法不需要取得排污许可。依据{依据}，特此告知。',
      '理由：{理由}。',
      remedies,
    ],
    english: [
      'What you applied for on {收件日期|en} needs no permit ({依据|en}). Reason: {理由|en}.',
      remediesInEnglish,
    ],
  },
  returnNotice: {
    form: 'letter',
    body: [
      '本机关已就你单位的排污许可申请（{办理事项}）送达补正告知书（{前文文号}）。补正期限已经届满，未收到补正材料，本件终止办理。',
      '终止办理不是不予许可的决定。你单位可以重新提出申请。',
    ],
    english: [
      'The term of our supplement notice {前文文号} is over and no supplement came: the case ends. Nothing is denied; you may file again.',
    ],
  },
};
