import type { EventText } from './eventText.js';

/** What a holder asks of its permit, and what becomes of it: re-application, change, replacement, a new holder. */
export const versionEvents = {
  'reapplication.received': {
    article: 'REG 15',
    zh: '收到重新申请（{permitClass}），收件日 {receivedOn}；缺少材料：{missing}。',
    en: 'Re-application ({permitClass}) received on {receivedOn}; missing items: {missing}.',
  },
  'change.received': {
    article: 'REG 14',
    zh: '收到变更申请（{permitClass}），收件日 {receivedOn}；缺少材料：{missing}。',
    en: 'Application for a change ({permitClass}) received on {receivedOn}; missing items: {missing}.',
  },
  'replacement.received': {
    article: null,
    zh: '收到补领申请，收件日 {receivedOn}；缺少材料：{missing}。',
    en: 'Application for a replacement received on {receivedOn}; missing items: {missing}.',
  },
  'change.judged': {
    article: 'REG 15',
    zh: '与现行版本比对，规则表结论：{verdict}（须人工判断：{uncertain}）；依据：{rows}。申请变更的最后一日：{lastDay}；晚于该日（待核实线索，不影响受理）：{late}。',
    en: 'Compared with the version in force, the table says: {verdict} (a person must tell: {uncertain}), by: {rows}. Last day to apply for the change: {lastDay}; later than that (a lead to verify, and no ground to refuse): {late}.',
  },
  'change.overridden': {
    article: 'REG 15',
    zh: '规则表结论为{verdict}（{rows}），审查人员认定按变更办理：{reason}。',
    en: 'The table says {verdict} ({rows}); the reviewer finds that it is a change: {reason}.',
  },
  'change.converted': {
    article: 'REG 15',
    zh: '经申请人同意（{agreement}），由{from}转为{to}办理：{reason}。',
    en: 'With the applicant’s agreement ({agreement}) handled as {to} instead of {from}: {reason}.',
  },
  'application.takesOver': {
    article: 'REG 6',
    zh: '新的排污单位承接许可证 {permitNo}（原持证期间自 {heldFrom} 起）的生产设施；新证核发后方启动原许可证的注销。',
    en: 'A new holder takes over the plant of permit {permitNo} (held since {heldFrom}); that permit’s cancellation opens only once the new one is issued.',
  },
  'renewal.overtaken': {
    article: 'REG 15',
    zh: '许可证 {permitNo} 已重新申请取得，有效期重新计算，本延续申请终结。',
    en: 'Permit {permitNo} has a new term by a re-application: this renewal ends.',
  },
  'permit.reapplied': {
    article: 'REG 15',
    zh: '重新申请获准，许可证 {permitNo} 自 {validFrom} 起重新计算有效期，至 {validTo}。',
    en: 'Re-application granted: permit {permitNo} has a new term from {validFrom} to {validTo}.',
  },
  'permit.changed': {
    article: 'REG 14',
    zh: '变更获准，许可证 {permitNo} 内容更新，有效期仍至 {validTo}。',
    en: 'Change granted: permit {permitNo} has a new version; it is valid to {validTo} as before.',
  },
  'permit.replaced': {
    article: null,
    zh: '许可证 {permitNo} 补领，平台业务号 {businessNo}，平台时间 {platformAt}；内容不变。',
    en: 'Permit {permitNo} issued anew on the platform, business number {businessNo}, {platformAt}; its content is unchanged.',
  },
  'permit.reclassified': {
    article: null,
    zh: '管理类别由{from}变为{to}。',
    en: 'Class changed from {from} to {to}.',
  },
  'permit.keyDuties': {
    article: 'REG 20',
    zh: '转为重点管理，增加相应义务：自动监测设备的安装、使用与联网，执行报告频次，以及申请前信息公开。',
    en: 'Key management from now on, with its duties: automatic monitoring connected to the authority, the frequency of reports, disclosure before applications.',
  },
  'permit.succeeded': {
    article: 'REG 6',
    zh: '新的排污单位已取得许可证 {successor}。许可证 {permitNo} 的持证义务自 {heldFrom} 起，至 {from} 前一日止；自 {from} 起由新证持有人承担。启动本许可证的注销程序。',
    en: 'A new holder has permit {successor}. The duties under {permitNo} run from {heldFrom} to the day before {from}; from {from} they are the new holder’s. The cancellation of this permit opens.',
  },
  'permit.takenOver': {
    article: 'REG 6',
    zh: '承接许可证 {formerPermitNo}：原持证人的义务期间自 {heldFrom} 起至 {from} 前一日止，本许可证 {permitNo} 持有人的义务自 {from} 起。',
    en: 'Follows permit {formerPermitNo}: its holder’s duties run from {heldFrom} to the day before {from}, those of the holder of {permitNo} from {from}.',
  },
  'cancellation.applied': {
    article: 'ALL 70',
    zh: '持证单位申请注销许可证 {permitNo}：{reason}；停止排污日：{closedOn}。',
    en: 'The holder asks for the cancellation of permit {permitNo}: {reason}; closed on: {closedOn}.',
  },
  'cancellation.openedAsAsked': {
    article: 'ALL 70',
    zh: '依持证单位申请启动许可证 {permitNo} 的注销程序：{reason}。',
    en: 'Cancellation of permit {permitNo} opened on the holder’s application: {reason}.',
  },
  'cancellation.openedForHolder': {
    article: 'ALL 70',
    zh: '新的排污单位已取得许可证 {reason}，启动许可证 {permitNo} 的注销程序。',
    en: 'A new holder has permit {reason}: cancellation of permit {permitNo} opened.',
  },
  'cancellation.notClosed': {
    article: 'ALL 38',
    zh: '经核查单位仍在运行，不予注销：{finding}。',
    en: 'The unit was found still running: not cancelled ({finding}).',
  },
  'cancellation.withdrawn': {
    article: null,
    zh: '持证单位撤回注销申请：{reason}。',
    en: 'The holder withdrew its wish: {reason}.',
  },
} as const satisfies Record<string, EventText>;
