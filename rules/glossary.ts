/** The words of the field: a code's name in both languages. One file, so that every face says the same. */
export const glossary = {
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

  // Procedures and their parts
  application: { zh: '申请', en: 'application' },
  first: { zh: '首次申请', en: 'first application' },
  acceptance: { zh: '受理', en: 'acceptance' },
  completeness: { zh: '补正告知', en: 'completeness check' },
  supplement: { zh: '补正', en: 'supplement' },
  jointReview: { zh: '联审联查', en: 'joint review' },
  revision: { zh: '审查意见修改', en: 'revision' },
  siteVerification: { zh: '现场核查', en: 'verification on site' },
  hearing: { zh: '听证', en: 'hearing' },
  decision: { zh: '审批决定', en: 'decision' },
  issuance: { zh: '核发', en: 'issuance' },
  delivery: { zh: '颁发送达', en: 'delivery' },
  publicity: { zh: '公示', en: 'publication' },
  renewal: { zh: '延续', en: 'renewal' },
  reapplication: { zh: '重新申请', en: 're-application' },
  change: { zh: '变更', en: 'change' },
  authorityChange: { zh: '主动变更', en: 'change by the authority' },
  replacement: { zh: '补领', en: 'replacement' },
  expiry: { zh: '到期', en: 'expiry' },
  cancellation: { zh: '注销', en: 'cancellation' },
  annulment: { zh: '撤销', en: 'annulment' },
  withdrawal: { zh: '撤回', en: 'withdrawal by the authority' },
  revocation: { zh: '吊销', en: 'revocation' },

  // Quality assurance
  selfCheck: { zh: '企业自查', en: 'self-check by the enterprise' },
  sweep: { zh: '地市排查', en: 'city sweep' },
  sampling: { zh: '省级抽查', en: 'provincial sampling' },
  issue: { zh: '问题', en: 'issue' },
  issueLedger: { zh: '问题台账', en: 'issue ledger' },
  rectification: { zh: '整改', en: 'rectification' },
  closeOut: { zh: '销号', en: 'close-out' },

  // Classes, elements
  key: { zh: '重点管理', en: 'key management' },
  simplified: { zh: '简化管理', en: 'simplified management' },
  water: { zh: '水', en: 'water' },
  air: { zh: '大气', en: 'air' },
  soil: { zh: '土壤', en: 'soil' },
  solidWaste: { zh: '固体废物', en: 'solid waste' },
  noise: { zh: '噪声', en: 'noise' },
  monitoring: { zh: '监测', en: 'monitoring' },

  // States
  received: { zh: '已收件', en: 'received' },
  accepted: { zh: '已受理', en: 'accepted' },
  deemedAccepted: { zh: '视为受理', en: 'deemed accepted' },
  underReview: { zh: '审查中', en: 'under review' },
  awaitingPlatform: { zh: '已决定，待国家平台记载', en: 'decided, awaiting the platform' },
  granted: { zh: '准予许可', en: 'granted' },
  denied: { zh: '不予许可', en: 'denied' },
  withdrawn: { zh: '申请人撤回申请', en: 'withdrawn by the applicant' },
  lapsed: { zh: '已失效', en: 'lapsed' },
  valid: { zh: '有效', en: 'valid' },
  held: { zh: '待定', en: 'held' },
  toBeConfirmed: { zh: '有效期待确认', en: 'validity to be confirmed' },
  cancelled: { zh: '已注销', en: 'cancelled' },
  running: { zh: '计时中', en: 'running' },
  paused: { zh: '扣除中', en: 'paused' },
  stopped: { zh: '已终止', en: 'stopped' },

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
} as const satisfies Record<string, { zh: string; en: string }>;

/** A word of the glossary. */
export type Term = keyof typeof glossary;

/** A code's name in both languages; a code that is no word of the field names itself. */
export function termOf(code: string): { readonly zh: string; readonly en: string } {
  return Object.hasOwn(glossary, code) ? glossary[code as Term] : { zh: code, en: code };
}
