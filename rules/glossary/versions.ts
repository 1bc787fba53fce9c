import type { Words } from './words.js';

/** What becomes of a permit’s versions: change, re-application, a new holder. */
export const versions = {
  none: { zh: '无变化', en: 'nothing' },
  basicData: { zh: '基本信息变更', en: 'change of basic data' },
  otherHolder: { zh: '主体变化', en: 'another holder' },
  hasEnded: { zh: '许可证已终止', en: 'the permit has ended' },
  overtaken: { zh: '因重新申请获准而终结', en: 'overtaken by a re-application' },
  'ground.applied': {
    zh: '你单位申请注销该许可证，经核查已停止该许可证所载的生产经营活动',
    en: 'its holder asks for it and has closed',
  },
  'ground.newHolder': {
    zh: '该许可证所载的生产设施已由新的排污单位承接，新的排污许可证已经核发',
    en: 'its plant has a new holder, who has been issued a permit',
  },
} as const satisfies Words;
