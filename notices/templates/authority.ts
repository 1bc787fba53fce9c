import { cite } from '../../rules/instruments.js';
import type { Template } from './template.js';

/** What the holder, and once the desk, is told when the authority acts of its own accord. */
export const authorityTemplates = {
  'holder.toBeHeard': {
    article: cite('ALL', '36'),
    zh: {
      subject: '拟对您的排污许可证作出处理：{procedure}，您有权陈述申辩',
      text: '本机关拟对许可证 {permitNo} 作出{procedure}决定。告知书另行送达，载明事由、依据和您的权利；陈述申辩的期限自送达之日起计算，载于该文书。',
      act: '请登录排污许可办理系统查看本件；需要陈述申辩或者申请听证的，请在期限内提出。',
    },
    en: {
      subject: 'Your permit: {procedure} is intended, and you will be heard',
      text: 'For permit {permitNo} we intend: {procedure}. The written notice states why, on what law, and your rights; the term to be heard runs from its service.',
      act: 'Please sign in and open the case; what you have to say is to be said within that term.',
    },
  },
  'permit.endedByAuthority': {
    article: cite('ALL', '70'),
    zh: {
      subject: '排污许可证{state}，不得继续排污',
      text: '许可证 {permitNo} {state}，自决定书送达之日起不得凭该证排放污染物。注销手续随后办理。',
      act: '对决定不服的，可以依决定书载明的途径和期限申请行政复议或者提起行政诉讼。',
    },
    en: {
      subject: 'Your permit is {state}: discharge must stop',
      text: 'Permit {permitNo} is {state}. From the service of the decision on it allows no discharge; its cancellation follows as a formality.',
      act: 'The written decision states how and until when it may be reviewed.',
    },
  },
  'application.permitEnded': {
    article: cite('ALL', '70'),
    zh: {
      subject: '申请的办理已终结：许可证{state}',
      text: '许可证 {permitNo} {state}，您就该证提出的申请不再办理，本件终结。这不是不予许可的决定。',
      act: '如仍需排污，请在具备法定条件后申请取得许可证。',
    },
    en: {
      subject: 'Your application has ended: the permit is {state}',
      text: 'Permit {permitNo} is {state}: nothing that was asked for it can be granted any more, and the case has ended. Nothing was denied.',
      act: 'If you still need to discharge, apply for a permit once the conditions of the law are met.',
    },
  },
  'urging.issued': {
    article: null,
    zh: {
      subject: '督促通知：请办理{asks}',
      text: '经核查，许可证 {permitNo} 需要办理：{asks}。《督促通知书》另行送达，办理期限自送达之日起计算，载于该文书。',
      act: '请在期限内办理；已经办理或者认为无需办理的，请登录系统答复并说明。',
    },
    en: {
      subject: 'You are urged to see to: {asks}',
      text: 'For permit {permitNo} this is to be done: {asks}. The term runs from the service of the written notice, which states it.',
      act: 'Please do so within the term; if it is done, or need not be done, sign in and say so.',
    },
  },
  'urging.answered': {
    article: null,
    zh: {
      subject: '排污单位已答复督促（{asks}），请及时核对办理',
      text: '许可证 {permitNo} 的督促事项（{asks}）已有答复。改造完成后提出的变更应当及时办理。',
      act: '请核对督促效果。',
    },
    en: {
      subject: 'An urging ({asks}) was answered: please see to it promptly',
      text: 'There is an answer to the urging ({asks}) about permit {permitNo}. A change after a finished retrofit is to be handled promptly.',
      act: 'Please check what it has come to.',
    },
  },
} as const satisfies Readonly<Record<string, Template>>;
