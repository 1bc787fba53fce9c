import { cite } from '../../instruments.js';
import type { Gate, PauseGround, RequiredFile, VisitTrigger } from '../../pack.js';

const applications = ['first', 'reapplication', 'renewal'] as const;
const newPermit = ['first', 'reapplication'] as const;
/** A name on the permit needs no technical condition; whatever else a change alters does. */
const content = { procedures: [...applications, 'change'], basicDataOnly: false } as const;

/** The conditions of a decision (REG 11), each with the evidence that shows it. */
export const gates: readonly Gate[] = [
  {
    id: 'eia',
    zh: '环境影响评价文件已批准或已备案，其污染物种类、浓度、排放量、排放方式和特殊要求已载入许可证',
    en: 'EIA approved or filed; its kinds, concentrations, quantities, mode and special terms carried into the permit',
    applies: { procedures: newPermit },
    evidence: { zh: '环评批复或备案文件', en: 'EIA approval or filing' },
    missing: 'supplement',
    citation: cite('REG', '11(1)'),
  },
  {
    id: 'eiaZoning',
    zh: '与生态环境分区管控和规划环评相衔接',
    en: "consistent with environmental zoning and the park's planning EIA",
    applies: { procedures: newPermit, project: ['newOrAltered'] },
    evidence: { zh: '分区管控和规划环评符合性说明', en: 'statement on zoning and planning EIA' },
    missing: 'supplement',
    citation: cite('REG', '11(1)'),
  },
  {
    id: 'standards',
    zh: '污染物排放符合排放标准和总量控制要求',
    en: 'discharge meets the standards and total-quantity demands',
    applies: content,
    evidence: {
      zh: '达标分析及许可排放量核算',
      en: 'analysis of compliance and of the permitted quantities',
    },
    missing: 'supplement',
    citation: cite('REG', '11(2)'),
  },
  {
    id: 'quota',
    zh: '新建、改建、扩建项目的总量指标来源已落实',
    en: 'the source of the quota of a new, altered or expanded project is settled',
    applies: { procedures: newPermit, project: ['newOrAltered', 'controlledPollutants'] },
    evidence: {
      zh: '总量指标来源证明（区域削减或交易）',
      en: 'source of the quota: regional reduction or trade',
    },
    missing: 'supplement',
    citation: cite('REG', '11(2)'),
  },
  {
    id: 'controls',
    zh: '采用的污染防治设施和措施能够达到许可排放要求',
    en: 'the control facilities and measures are adequate',
    applies: content,
    evidence: { zh: '污染防治可行技术分析', en: 'analysis of available control techniques' },
    missing: 'supplement',
    citation: cite('REG', '11(3)'),
  },
  {
    id: 'monitoringPlan',
    zh: '自行监测方案符合相关技术规范',
    en: 'the self-monitoring plan conforms to the technical rules',
    applies: content,
    evidence: { zh: '自行监测方案', en: 'self-monitoring plan' },
    missing: 'supplement',
    citation: cite('REG', '11(4)'),
  },
  {
    id: 'outfallDecision',
    zh: '入河排污口决定书的要求已载入许可证',
    en: "the river-outfall decision's terms are carried into the permit",
    applies: { procedures: applications, project: ['riverOutfall'] },
    evidence: { zh: '入河排污口设置决定书', en: 'decision on the river outfall' },
    missing: 'supplement',
    citation: cite('REG', '13(4)'),
  },
  {
    id: 'specialPeriods',
    zh: '特殊时段限值和重污染天气应急减排要求已载入许可证',
    en: 'special-period limits and emergency reductions are carried into the permit',
    applies: { procedures: applications, project: ['specialPeriods'] },
    evidence: { zh: '应急减排措施清单', en: 'list of emergency reduction measures' },
    missing: 'supplement',
    citation: cite('REG', '13(7)'),
  },
  {
    id: 'soilAndNewPollutants',
    zh: '土壤、地下水和新污染物管控要求已载入许可证',
    en: 'soil, groundwater and new-pollutant measures are carried into the permit',
    applies: { procedures: applications, project: ['soilOrNewPollutants'] },
    evidence: { zh: '土壤、地下水和新污染物管控措施', en: 'soil, groundwater and new-pollutant measures' },
    missing: 'supplement',
    citation: cite('REG', '13(11)'),
  },
  {
    id: 'notExcluded',
    zh: '不位于法律法规禁止建设区域，不属于淘汰类工艺和产品',
    en: 'not in a prohibited area, no eliminated process or product',
    applies: { procedures: applications },
    evidence: { zh: '选址和产业政策核对记录', en: 'record of the check of site and industrial policy' },
    missing: 'refuse',
    citation: cite('CAT'),
  },
  {
    id: 'noReapplication',
    zh: '变更事项不属于应当重新申请取得排污许可证的情形',
    en: 'what changes is no matter for a re-application',
    applies: { procedures: ['change'] },
    evidence: {
      zh: '变更前后内容比对及规则表结论',
      en: 'comparison of the contents, with what the table says',
    },
    missing: 'refuse',
    citation: cite('REG', '15'),
  },
  {
    id: 'lostOrDamaged',
    zh: '排污许可证正本遗失或者损毁，且非电子许可证可自行打印的情形',
    en: 'the original is lost or damaged, and no electronic permit can be printed instead',
    applies: { procedures: ['replacement'] },
    evidence: { zh: '遗失或者损毁说明', en: 'statement on the loss or damage' },
    missing: 'supplement',
    citation: cite('ALL', '38'),
  },
];

/** When officers go and see (REG 10): first applications, and re-applications that change what stands on the site. */
export const visitTriggers: readonly VisitTrigger[] = [
  {
    id: 'first',
    zh: '首次申请',
    en: 'first application',
    applies: { procedures: ['first'] },
    citation: cite('REG', '10'),
  },
  {
    id: 'rebuilding',
    zh: '因改建、扩建重新申请',
    en: 're-application for an alteration or expansion',
    applies: { procedures: ['reapplication'], causes: ['alteration', 'expansion'] },
    citation: cite('REG', '10'),
  },
  {
    id: 'destination',
    zh: '因排放去向变化重新申请',
    en: 're-application for a changed destination',
    applies: { procedures: ['reapplication'], causes: ['destinationChanged'] },
    citation: cite('REG', '10'),
  },
  {
    id: 'outlets',
    zh: '因排放口数量增加重新申请',
    en: 're-application for more outlets',
    applies: { procedures: ['reapplication'], causes: ['outletsAdded'] },
    citation: cite('REG', '10'),
  },
];

/** What a complete file holds (REG 7, 8). */
export const requiredFiles: readonly RequiredFile[] = [
  {
    id: 'applicationForm',
    zh: '排污许可证申请表',
    en: 'application form',
    applies: {},
    citation: cite('REG', '7'),
  },
  {
    id: 'commitment',
    zh: '承诺书',
    en: "the unit's commitment",
    applies: { procedures: [...applications, 'change'] },
    citation: cite('REG', '7'),
  },
  {
    id: 'preDisclosure',
    zh: '申请前信息公开情况说明',
    en: 'evidence of the disclosure before the application',
    applies: { procedures: newPermit, permitClass: 'key' },
    citation: cite('REG', '8(1)'),
  },
  {
    id: 'sewageNetwork',
    zh: '纳污范围、管网布置、最终排放去向说明',
    en: 'catchment, network and final destination of the sewage works',
    applies: { procedures: applications, project: ['sewageWorks'] },
    citation: cite('REG', '8(2)'),
  },
  {
    id: 'quotaSource',
    zh: '重点污染物排放总量替代削减来源说明',
    en: 'source of the quota by reduction substitution',
    applies: { procedures: newPermit, project: ['newOrAltered', 'controlledPollutants'] },
    citation: cite('REG', '8(3)'),
  },
  {
    id: 'changeProof',
    zh: '变更事项说明及证明材料',
    en: 'statement on what has changed, with its proof',
    applies: { procedures: ['change'] },
    citation: cite('REG', '14'),
  },
  {
    id: 'lossStatement',
    zh: '许可证遗失或者损毁说明',
    en: 'statement on the loss or damage of the permit',
    applies: { procedures: ['replacement'] },
    citation: cite('ALL', '38'),
  },
];

const licensing = cite('ALL', '45');
const penalty = cite('APL', '60');

/** The grounds that take days out: the closed list of ALL 45, and that of the penalty procedure. */
export const pauseGrounds: readonly PauseGround[] = [
  { id: 'hearing', zh: '听证', en: 'hearing', citation: licensing },
  { id: 'inspection', zh: '检验', en: 'inspection', citation: licensing },
  { id: 'testing', zh: '检测', en: 'testing', citation: licensing },
  { id: 'quarantine', zh: '检疫', en: 'quarantine', citation: licensing },
  { id: 'appraisal', zh: '鉴定', en: 'appraisal', citation: licensing },
  { id: 'expertReview', zh: '专家评审', en: 'expert review', citation: licensing },
  { id: 'penaltyHearing', zh: '处罚听证', en: 'penalty hearing', citation: penalty },
  { id: 'publicNotice', zh: '公告', en: 'public notice', citation: penalty },
  { id: 'monitoring', zh: '监测', en: 'monitoring', citation: penalty },
  { id: 'penaltyAppraisal', zh: '处罚案件鉴定', en: 'appraisal in a penalty case', citation: penalty },
  { id: 'penaltyService', zh: '处罚文书送达', en: 'service in a penalty case', citation: penalty },
];
