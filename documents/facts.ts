/** Words in the two languages of a document. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** What a document may say: each fact by its English name in code, and by the placeholder that a template names it with. */
export const placeholders = {
  // The document itself
  title: '文书名称',
  number: '文号',
  replacedNumber: '替代文号',
  organ: '机关名称',
  draftedOn: '印发日期',
  articles: '依据',
  remedies: '救济途径',
  addressee: '主送',
  // The case
  caseNo: '案号',
  procedure: '办理事项',
  unitName: '单位名称',
  creditCode: '统一社会信用代码',
  area: '行政区划代码',
  permitClass: '管理类别',
  receivedOn: '收件日期',
  acceptedOn: '受理日期',
  deemed: '视为受理',
  files: '已收材料',
  reason: '理由',
  rightAuthority: '有权机关',
  opinion: '审查意见',
  grounds: '不予许可理由',
  earlierNumber: '前文文号',
  // Days and limits
  completenessDue: '告知届满日',
  decisionLimit: '审批期限',
  decisionDue: '审批届满日',
  promisedDue: '承诺届满日',
  term: '期限',
  termBinds: '期限生效',
  clock: '期限名称',
  pauseGround: '扣除事由',
  expectedDays: '预计天数',
  extraDays: '延长天数',
  // Supplement, revision, visit, hearing
  defects: '补正事项',
  round: '轮次',
  elements: '审查要素',
  demands: '修改要求',
  papers: '补交证明',
  visitedOn: '核查日期',
  officers: '核查人员',
  findings: '核查情况',
  matter: '听证事项',
  hearingOn: '听证日期',
  place: '听证地点',
  chair: '听证主持人',
  record: '笔录内容',
  // The permit
  permitNo: '许可证编号',
  validFrom: '有效期起',
  validTo: '有效期止',
  lastDay: '原届满日',
  version: '版本',
  versionCause: '版本事由',
  platformNo: '平台业务号',
  platformAt: '平台时间',
  contentId: '内容编号',
  contents: '许可内容',
  statement: '陈述申辩情况',
  // What the authority does of its own accord
  actGround: '处理事由',
  hearingRight: '听证权利',
  publicInterest: '公共利益',
  compensation: '补偿',
  asks: '督促事项',
  source: '线索来源',
  endedHow: '处理结果',
  expiredUnrenewed: '到期未延续',
  cancellationGround: '注销事由',
  registrationNo: '登记编号',
  cleanUpPermits: '清理清单',
  // The issue ledger
  issueCategory: '问题类别',
  severity: '严重程度',
  description: '问题描述',
  issueBasis: '认定依据',
  measure: '整改措施',
  rectifyDays: '整改天数',
  rectifiedOn: '完成整改日期',
  determination: '核定意见',
  bulletinText: '通报说明',
  bulletinLines: '通报内容',
  // Service
  servedTitle: '送达文书',
  servedNumber: '送达文号',
  method: '送达方式',
  recipient: '受送达人',
  servedOn: '送达日期',
  receipt: '回执编号',
} as const satisfies Record<string, string>;

/** The name of a fact. */
export type FactName = keyof typeof placeholders;

/** A text, a list, or whether something holds. What is not known is left out. */
export type Fact = Words | readonly Words[] | boolean;

/** Everything that is known for one document. */
export type DocumentFacts = { readonly [Name in FactName]?: Fact };

/** A text that is the same in both languages: a name, a number, what a person wrote. */
export const asWritten = (text: string): Words => ({ zh: text, en: text });
