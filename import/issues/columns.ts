/** The columns of the issue ledgers in use, in their order: what the export writes and the import reads. */
export const ledgerColumns = {
  row: '序号',
  city: '市',
  county: '县(区)',
  unitName: '单位名称',
  creditCode: '统一社会信用代码',
  permitNo: '许可证编号',
  industry: '行业类别',
  permitClass: '管理类别',
  business: '业务类型',
  issuedOn: '发证日期',
  authority: '审批部门',
  examiners: '审查人',
  institution: '技术机构',
  tier: '核查层级',
  campaign: '批次',
  method: '核查方式',
  foundOn: '核查日期',
  finder: '核查人',
  number: '问题编号',
  category: '问题类别',
  severity: '严重程度',
  description: '问题描述',
  basis: '依据条款',
  determination: '异议及核定意见',
  responsible: '责任主体',
  person: '责任人',
  measure: '整改措施',
  routes: '整改方式',
  due: '整改时限',
  extension: '延期及批准人',
  progress: '整改进展',
  completedOn: '完成日期',
  evidence: '佐证材料',
  verifiers: '核实人',
  closer: '销号人',
  closedOn: '销号日期',
  recurred: '是否复发',
  handedOver: '是否移交执法',
  note: '备注',
} as const;

/** A column of the ledger. */
export type LedgerColumn = keyof typeof ledgerColumns;

/** The columns in their order. */
export const columnsInOrder = Object.keys(ledgerColumns) as readonly LedgerColumn[];

/** A row of the ledger, every cell a text. */
export type LedgerRow = Readonly<Record<LedgerColumn, string>>;
