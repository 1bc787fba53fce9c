import type { Words } from './words.js';

/** Things, classes, elements, organs and roles, and how sure a value is. */
export const things = {
  // Things
  permit: { zh: '排污许可证', en: 'pollutant-discharge permit' },
  unit: { zh: '排污单位', en: 'discharging unit' },
  outfall: { zh: '排放口', en: 'outfall' },
  quota: { zh: '总量指标', en: 'total-quantity quota' },
  executionReport: { zh: '执行报告', en: 'execution report' },
  selfMonitoring: { zh: '自行监测', en: 'self-monitoring' },
  registration: { zh: '排污登记', en: 'registration' },
  ledger: { zh: '台账', en: 'ledger' },
  clock: { zh: '时限', en: 'clock' },
  limit: { zh: '法定期限', en: 'time limit' },
  promisedLimit: { zh: '承诺时限', en: 'promised limit' },
  task: { zh: '待办任务', en: 'task' },
  lead: { zh: '疑似线索', en: 'lead to verify' },
  service: { zh: '送达', en: 'service' },
  seal: { zh: '用印', en: 'sealing' },
  outfalls: { zh: '排放口', en: 'outfalls' },
  pollutant: { zh: '污染物', en: 'pollutant' },

  // Classes, elements
  key: { zh: '重点管理', en: 'key management' },
  simplified: { zh: '简化管理', en: 'simplified management' },
  water: { zh: '水', en: 'water' },
  air: { zh: '大气', en: 'air' },
  soil: { zh: '土壤', en: 'soil' },
  solidWaste: { zh: '固体废物', en: 'solid waste' },
  noise: { zh: '噪声', en: 'noise' },
  monitoring: { zh: '监测', en: 'monitoring' },

  // Organs and roles
  accepting: { zh: '受理机关', en: 'accepting organ' },
  reviewing: { zh: '审查机关', en: 'reviewing organ' },
  deciding: { zh: '决定机关', en: 'deciding organ' },
  sealing: { zh: '用印机关', en: 'sealing organ' },
  supervising: { zh: '监管机关', en: 'supervising organ' },
  officer: { zh: '承办人', en: 'officer' },
  sectionHead: { zh: '科室负责人', en: 'section head' },
  legalOfficer: { zh: '法制审核人员', en: 'legal officer' },
  deputyHead: { zh: '分管负责人', en: 'deputy head' },
  organHead: { zh: '机关负责人', en: 'head of the organ' },
  sealKeeper: { zh: '印章管理人员', en: 'keeper of the seal' },
  applicant: { zh: '申请人', en: 'applicant' },

  // How sure a value is, how a day counts
  seen: { zh: '已查阅原文', en: 'provision read' },
  recalled: { zh: '凭记忆录入，待核对', en: 'recalled, to be verified' },
  derived: { zh: '推定', en: 'derived' },
  workingDay: { zh: '工作日', en: 'working day' },
  calendarDay: { zh: '自然日', en: 'calendar day' },
  year: { zh: '年', en: 'year' },
  green: { zh: '绿', en: 'green' },
  yellow: { zh: '黄', en: 'yellow' },
  red: { zh: '红', en: 'red' },
} as const satisfies Words;
