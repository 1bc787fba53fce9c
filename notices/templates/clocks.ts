import type { Template } from './template.js';

const act = {
  zh: '请办理下列案件。已经办结的，不必理会本提醒。',
  en: 'Please deal with the case below. If that is done, there is nothing left to do.',
};

/** What the ladder of a time limit says, to whomever it speaks. */
export const clockTemplates = {
  'clock.remind': {
    article: 'limit',
    zh: {
      subject: '期限提醒：{limit}，{due}届满',
      text: '“{limit}”的最后一日为{due}。',
      act: act.zh,
    },
    en: {
      subject: 'Reminder: {limit} ends on {due}',
      text: 'The last day of “{limit}” is {due}.',
      act: act.en,
    },
  },
  'clock.warn': {
    article: 'limit',
    zh: {
      subject: '期限预警：{limit}，{due}届满',
      text: '“{limit}”将于{due}届满。届满后将依法产生后果，或者成为逾期。',
      act: act.zh,
    },
    en: {
      subject: 'Warning: {limit} ends on {due}',
      text: '“{limit}” ends on {due}. After it the law’s consequence comes by itself, or the organ is late.',
      act: act.en,
    },
  },
  'clock.yellow': {
    article: 'limit',
    zh: {
      subject: '黄牌：{limit}，{goal}',
      text: '“{limit}”临近{goal}，最后一日为{due}。',
      act: act.zh,
    },
    en: {
      subject: 'Yellow card: {limit} nears {goal}',
      text: '“{limit}” nears {goal}. It ends on {due}.',
      act: act.en,
    },
  },
  'clock.red': {
    article: 'limit',
    zh: {
      subject: '红牌：{limit}已过{goal}',
      text: '“{limit}”已过{goal}，最后一日为{due}。',
      act: act.zh,
    },
    en: {
      subject: 'Red card: {limit} is past {goal}',
      text: '“{limit}” is past {goal}. It ends on {due}.',
      act: act.en,
    },
  },
  'clock.escalate': {
    article: 'limit',
    zh: {
      subject: '升级督办（{level}）：{limit}，{due}届满',
      text: '“{limit}”{goal}，最后一日为{due}，现升级至{level}。',
      act: '请督办下列案件。',
    },
    en: {
      subject: 'Escalated to the {level}: {limit}, which ends on {due}',
      text: '“{limit}”, {goal}, ends on {due}: it is escalated to the {level}.',
      act: 'Please see to the case below.',
    },
  },
  'clock.anniversary': {
    article: 'limit',
    zh: { subject: '{limit}又满一年', text: '“{limit}”又满一年，最后一日为{due}。', act: act.zh },
    en: {
      subject: 'Another year of {limit}',
      text: 'Another year of “{limit}” is over; its last day is {due}.',
      act: act.en,
    },
  },
  'clock.unconfirmed': {
    article: 'limit',
    zh: {
      subject: '期限届满但依据未确认：{limit}',
      text: '“{limit}”已于{due}届满。该期限的数值未经法制人员确认，届满不自动产生法律效果。',
      act: '请法制人员在规则包中核对并确认，并对下列案件作出处理。',
    },
    en: {
      subject: 'Over, but unconfirmed: {limit}',
      text: '“{limit}” ended on {due}. Its value was never confirmed by a legal officer, so its end changes nothing by itself.',
      act: 'Have it confirmed in the rule pack, and decide on the case below.',
    },
  },
} as const satisfies Readonly<Record<string, Template>>;
