import { DomainError } from './errors.js';
import { glossary, termOf } from './glossary.js';

/** An event's article (null where none applies) and its sentence; `{name}` takes the value of a parameter. */
interface EventText {
  readonly article: string | null;
  readonly zh: string;
  readonly en: string;
}

/** Every event that a ledger may hold. A name is never changed: ledgers are read for decades. */
export const events = {
  // Application: acceptance
  'application.received': {
    article: 'REG 8',
    zh: '收到首次申请（{permitClass}），收件日 {receivedOn}；缺少材料：{missing}。',
    en: 'First application ({permitClass}) received on {receivedOn}; missing items: {missing}.',
  },
  'application.supplementRequested': {
    article: 'REG 9(4)',
    zh: '一次性告知需补正的全部内容：{items}。',
    en: 'All defects told in one notice: {items}.',
  },
  'application.supplementReceived': {
    article: 'REG 9(4)',
    zh: '收到补正材料，收件日 {receivedOn}；仍缺：{missing}。',
    en: 'Supplement received on {receivedOn}; still missing: {missing}.',
  },
  'application.accepted': {
    article: 'REG 9(5)',
    zh: '予以受理，受理日 {acceptedOn}。',
    en: 'Accepted as of {acceptedOn}.',
  },
  'application.correctedOnSpot': {
    article: 'REG 9(3)',
    zh: '申请人当场更正：{items}。',
    en: 'Corrected on the spot by the applicant: {items}.',
  },
  'application.deemedAccepted': {
    article: 'REG 9(4)',
    zh: '逾期未告知补正，自收件之日 {acceptedOn} 起视为受理。',
    en: 'No notice within the limit: deemed accepted as of the receipt on {acceptedOn}.',
  },
  'application.notNeeded': {
    article: 'REG 9(1)',
    zh: '依法不需要取得排污许可：{reason}。',
    en: 'No permit is needed: {reason}.',
  },
  'application.notCompetent': {
    article: 'REG 9(2)',
    zh: '不属于本机关职权范围：{reason}；应向 {rightAuthority} 申请。',
    en: 'Not within this authority’s competence: {reason}; the right one is {rightAuthority}.',
  },
  'application.refused': { article: 'REG 9', zh: '不予受理：{reason}。', en: 'Not accepted: {reason}.' },
  'application.lapsed': {
    article: null,
    zh: '申请人逾期未补正，本件终结；可以重新申请。',
    en: 'The supplement did not come in time: the case ends; filing again is free.',
  },
  'application.ended': {
    article: null,
    zh: '本件经批准终止办理：{reason}；可以重新申请。',
    en: 'The case is ended on a signed lever: {reason}; filing again is free.',
  },
  'application.withdrawn': {
    article: null,
    zh: '申请人撤回申请：{reason}。',
    en: 'Withdrawn by the applicant: {reason}.',
  },
  // Joint review and verification
  'review.opinion': {
    article: 'REG 10',
    zh: '{element}要素审查意见（第 {round} 轮）：{outcome}。',
    en: 'Opinion of {element}, round {round}: {outcome}.',
  },
  'review.conflict': {
    article: null,
    zh: '各要素意见不一致：{subjects}。',
    en: 'The elements disagree on: {subjects}.',
  },
  'review.revisionRequested': {
    article: null,
    zh: '第 {round} 轮审查意见修改，涉及：{elements}。',
    en: 'Revision round {round} requested by: {elements}.',
  },
  'review.revised': {
    article: null,
    zh: '收到第 {round} 轮修改，内容由 {from} 改为 {to}。',
    en: 'Revision of round {round} received: content {from} became {to}.',
  },
  'review.revisionMissed': {
    article: null,
    zh: '第 {round} 轮修改逾期未提交。',
    en: 'The revision of round {round} did not come in time.',
  },
  'verification.required': {
    article: 'REG 10',
    zh: '决定进行现场核查：{reason}。',
    en: 'A site visit is needed: {reason}.',
  },
  'verification.notNeeded': {
    article: null,
    zh: '决定不进行现场核查：{reason}。',
    en: 'No site visit is needed: {reason}.',
  },
  'verification.done': {
    article: 'ALL 34',
    zh: '{on} 完成现场核查，核查人员 {officers}；不一致事项：{inconsistent}。',
    en: 'Site visited on {on} by {officers}; not as stated: {inconsistent}.',
  },
  'verification.revisit': {
    article: 'ALL 34',
    zh: '{on} 现场核查后需复核：{reason}。',
    en: 'After the visit of {on} another is needed: {reason}.',
  },
  'verification.offSite': {
    article: null,
    zh: '{on} 进行非现场核查，方式：{method}。',
    en: 'Off-site check on {on} by {method}.',
  },
  'hearing.announced': {
    article: 'ALL 47',
    zh: '告知 {parties} 名利害关系人听证权利。',
    en: '{parties} interested parties told of their right to a hearing.',
  },
  'hearing.requested': {
    article: 'ALL 47',
    zh: '利害关系人要求听证。',
    en: 'An interested party asked for a hearing.',
  },
  'hearing.waived': {
    article: 'ALL 47',
    zh: '期限内无人要求听证。',
    en: 'Nobody asked for a hearing in time.',
  },
  'hearing.scheduled': {
    article: 'ALL 48',
    zh: '定于 {on} 举行听证。',
    en: 'The hearing is set for {on}.',
  },
  'hearing.held': { article: 'ALL 48', zh: '{on} 举行听证。', en: 'Hearing held on {on}.' },
  // Decision and issuance
  'decision.drafted': {
    article: 'REG 11',
    zh: '拟定决定：{conclusion}；未满足的条件：{failed}。',
    en: 'Decision drafted: {conclusion}; conditions not met: {failed}.',
  },
  'decision.returned': {
    article: null,
    zh: '{from} 退回 {to}：{reason}。',
    en: 'Returned by {from} to {to}: {reason}.',
  },
  'decision.signed': { article: null, zh: '{step} 签署（{subject}）。', en: 'Signed: {step} ({subject}).' },
  'decision.made': { article: 'REG 12', zh: '作出决定：{conclusion}。', en: 'Decision made: {conclusion}.' },
  'decision.overdue': {
    article: 'REG 32(1)',
    zh: '逾期未作出决定；不视为准予。',
    en: 'The decision is overdue; silence grants nothing.',
  },
  'decision.published': { article: 'ALL 40', zh: '{on} 公开决定。', en: 'Decision published on {on}.' },
  'permit.issued': {
    article: 'REG 12',
    zh: '国家平台生成许可证编号 {permitNo}，业务号 {businessNo}。',
    en: 'The national platform made permit number {permitNo}, business number {businessNo}.',
  },
  'permit.delivered': { article: 'ALL 44', zh: '{on} 送达许可证。', en: 'Permit delivered on {on}.' },
  'platform.differs': {
    article: 'REG 12',
    zh: '平台记载的有效期（{validFrom} 至 {validTo}）与本系统推算不一致，转人工核对。',
    en: 'The platform’s term ({validFrom} to {validTo}) differs from ours: a person reconciles it.',
  },
  'platform.reconciled': {
    article: null,
    zh: '平台差异核对完毕：{outcome}。',
    en: 'Difference to the platform reconciled: {outcome}.',
  },
  'platform.cancelled': {
    article: null,
    zh: '国家平台已记载注销，业务号 {businessNo}。',
    en: 'The national platform recorded the cancellation, business number {businessNo}.',
  },
  // The permit
  'permit.begun': {
    article: 'REG 14',
    zh: '排污许可证 {permitNo} 自 {validFrom} 起生效。',
    en: 'Permit {permitNo} is valid from {validFrom}.',
  },
  'permit.renewed': {
    article: 'REG 14',
    zh: '准予延续，许可证 {permitNo} 进入新的有效期。',
    en: 'Renewed: permit {permitNo} has a new term.',
  },
  'permit.renewedByLaw': {
    article: 'ALL 50',
    zh: '按期申请延续而逾期未作决定，许可证 {permitNo} 视为准予延续，有效期待确认。',
    en: 'Timely renewal undecided at the last day: permit {permitNo} is deemed renewed, to be confirmed.',
  },
  'permit.renewalConfirmed': {
    article: 'ALL 50',
    zh: '视为延续已由人工确认，平台业务号 {businessNo}。',
    en: 'The renewal by law was confirmed, platform business number {businessNo}.',
  },
  'permit.held': {
    article: 'REG 9(4)',
    zh: '有效期届满时延续申请尚待结果，暂不认定失效。',
    en: 'At the last day the renewal’s result is still to come: the permit is held.',
  },
  'permit.expired': {
    article: 'REG 14',
    zh: '有效期届满未延续，许可证 {permitNo} 自行失效，不得继续排污。',
    en: 'Permit {permitNo} lapsed unrenewed at its last day; discharge must stop.',
  },
  'permit.holdPlaced': {
    article: null,
    zh: '登记暂缓注销事由：{hold}（{kind}）。',
    en: 'A hold on cancellation was placed: {hold} ({kind}).',
  },
  'permit.holdReleased': {
    article: null,
    zh: '解除暂缓注销事由：{hold}。',
    en: 'A hold on cancellation was released: {hold}.',
  },
  'permit.annotated': {
    article: null,
    zh: '{element}要素批注：{note}',
    en: 'Note by {element}: {note}',
  },
  'permit.imported': {
    article: 'REG 14',
    zh: '接入国家平台已有许可证 {permitNo}，有效期 {validFrom} 至 {validTo}，以平台记载为准；历史业务：{acts}。',
    en: 'Permit {permitNo} taken over from the national platform, valid from {validFrom} to {validTo} as recorded there; its history: {acts}.',
  },
  'permit.importCorrected': {
    article: null,
    zh: '再次导入，平台记载有变：有效期 {validFrom} 至 {validTo}，{permitClass}；新增业务：{acts}。',
    en: 'Imported again, the platform’s record has changed: valid from {validFrom} to {validTo}, {permitClass}; new acts: {acts}.',
  },
  'permit.importEnded': {
    article: null,
    zh: '平台记载该许可证已{ending}，编号保留不再使用。',
    en: 'The platform records the end of the permit: {ending}; its number stays reserved.',
  },
  'permit.toCleanUp': {
    article: 'REG 14',
    zh: '接入时有效期已届满（最后有效日 {validTo}）未见延续，许可证 {permitNo} 已失效，列入到期清理清单；未自动启动注销程序。',
    en: 'Past its last day, {validTo}, when it was taken over, and no renewal known: permit {permitNo} has lapsed and is listed for clean-up; no cancellation was opened by itself.',
  },
  'renewal.remindedLate': {
    article: 'REG 14',
    zh: '接入时已在提醒期内：此前各次提醒未能发出，现一并提醒一次，提出延续申请的最后一日为 {lastDay}，最后有效日 {validTo}。',
    en: 'Taken over in the time of the reminders: those before were not sent, and one is sent now, late. The last day to apply is {lastDay}, the last day of validity {validTo}.',
  },
  'renewal.windowMissed': {
    article: 'REG 14',
    zh: '接入时距有效期届满（{validTo}）已不足六十日，按期提出延续申请的最后一日（{lastDay}）已过：提醒已迟，此后提出的延续申请为逾期申请，不产生视为准予延续的效力。',
    en: 'Taken over less than sixty days before the last day, {validTo}; the last day to apply in time was {lastDay}. Too late to remind: a renewal from now on is late and renews nothing by itself.',
  },
  'permit.ended': {
    article: 'ALL 70',
    zh: '许可证 {permitNo} 已注销，编号保留不再使用。',
    en: 'Permit {permitNo} is cancelled; its number stays reserved.',
  },
  'renewal.received': {
    article: 'REG 14',
    zh: '收到延续申请（{permitClass}），收件日 {receivedOn}；缺少材料：{missing}。',
    en: 'Renewal ({permitClass}) received on {receivedOn}; missing items: {missing}.',
  },
  'renewal.late': {
    article: 'REG 14',
    zh: '延续申请晚于有效期届满六十日前提出。',
    en: 'The renewal was filed later than sixty days before the end.',
  },
  'renewal.filed': {
    article: 'REG 14',
    zh: '延续申请 {applicationId} 已登记，是否按期：{inTime}。',
    en: 'Renewal {applicationId} noted, in time: {inTime}.',
  },
  'renewal.ended': {
    article: null,
    zh: '延续申请 {applicationId} 终结：{outcome}。',
    en: 'Renewal {applicationId} ended: {outcome}.',
  },
  'renewal.deemed': {
    article: 'ALL 50',
    zh: '许可证 {permitNo} 已视为准予延续，本件终结。',
    en: 'Permit {permitNo} was deemed renewed: this case ends.',
  },
  'renewal.lateDecided': {
    article: null,
    zh: '法制人员对逾期延续作出处理：{outcome}。',
    en: 'The legal officer decided on the late renewal: {outcome}.',
  },
  'renewal.windowClosed': {
    article: 'REG 14',
    zh: '提出延续申请的最后一日已过，未收到延续申请；此后提出的为逾期申请，不产生视为准予延续的效力。',
    en: 'The last day to apply for renewal is over and none was received; a later one is late and renews nothing by itself.',
  },
  'renewal.windowOpen': {
    article: 'REG 14',
    zh: '延续申请已终结，{lastDay} 前仍可按期重新提出。',
    en: 'That renewal is over; another may be filed in time until {lastDay}.',
  },
  // Cancellation
  'cancellation.opened': {
    article: 'ALL 70',
    zh: '许可证 {permitNo} 到期（最后有效日 {lastDay}），启动注销程序。',
    en: 'Permit {permitNo} expired (last day {lastDay}): cancellation opened.',
  },
  'cancellation.held': {
    article: null,
    zh: '存在暂缓事由，注销程序中止。',
    en: 'A hold stands: the cancellation waits.',
  },
  'cancellation.resumed': {
    article: null,
    zh: '暂缓事由已全部解除，注销程序恢复。',
    en: 'No hold stands any more: the cancellation resumes.',
  },
  'cancellation.ended': {
    article: null,
    zh: '注销程序终止：{reason}。',
    en: 'The cancellation ended: {reason}.',
  },
  'cancellation.checked': {
    article: null,
    zh: '{on} 核查经营状况：{outcome}。',
    en: 'Operation checked on {on}: {outcome}.',
  },
  'cancellation.announced': {
    article: 'ALL 70',
    zh: '拟注销许可证 {permitNo}，告知陈述申辩权利。',
    en: 'Intended cancellation of {permitNo} announced, with the right to be heard.',
  },
  'cancellation.statementReceived': { article: null, zh: '收到陈述申辩。', en: 'A statement was received.' },
  'cancellation.statementReviewed': {
    article: null,
    zh: '陈述申辩复核：{outcome}。',
    en: 'The statement was reviewed: {outcome}.',
  },
  'cancellation.noStatement': {
    article: null,
    zh: '期限内未收到陈述申辩。',
    en: 'No statement came in time.',
  },
  'cancellation.automatic': {
    article: null,
    zh: '依据 {document} 自动完成注销。',
    en: 'Completed without a signature under {document}.',
  },
  'cancellation.drafted': { article: null, zh: '拟定注销决定。', en: 'Cancellation decision drafted.' },
  'permit.cancelled': {
    article: 'ALL 70',
    zh: '注销决定送达，许可证 {permitNo} 注销。',
    en: 'The cancellation of permit {permitNo} was served and is effective.',
  },
  'lead.raised': {
    article: null,
    zh: '发现疑似线索（许可证 {permitNo} 到期后仍在运行），待核实。',
    en: 'A lead to verify: the unit of {permitNo} may still be running.',
  },
  'lead.handedOver': {
    article: null,
    zh: '线索移交执法：{outcome}，回执 {receipt}。',
    en: 'Lead handed to enforcement: {outcome}, receipt {receipt}.',
  },
  // Clocks, tasks, documents, notices
  'clock.paused': {
    article: 'ALL 45',
    zh: '期限 {clock} 扣除开始，事由：{ground}。',
    en: 'Clock {clock} paused, ground: {ground}.',
  },
  'clock.resumed': { article: 'ALL 45', zh: '期限 {clock} 恢复计算。', en: 'Clock {clock} resumed.' },
  'clock.extended': {
    article: 'ALL 42',
    zh: '期限 {clock} 延长 {days} 日：{reason}。',
    en: 'Clock {clock} extended by {days} days: {reason}.',
  },
  'clock.retimed': {
    article: null,
    zh: '按现行工作日历（{edition}）重新计算 {clock}：届满日由 {before} 变为 {after}。',
    en: '{clock} counted anew by the calendar in force ({edition}): its last day was {before}, and is {after}.',
  },
  'clock.lapsed': { article: null, zh: '期限 {clock} 届满。', en: 'Clock {clock} ran out.' },
  'clock.remind': {
    article: null,
    zh: '提醒：{clock}将于 {due} 届满。',
    en: 'Reminder: {clock} ends on {due}.',
  },
  'clock.warn': {
    article: null,
    zh: '预警：{clock}将于 {due} 届满。',
    en: 'Warning: {clock} ends on {due}.',
  },
  'clock.yellow': {
    article: null,
    zh: '黄牌：{clock}将于 {due} 届满。',
    en: 'Yellow card: {clock} ends on {due}.',
  },
  'clock.red': {
    article: null,
    zh: '红牌：{clock}承诺期限已到，法定届满日 {due}。',
    en: 'Red card: {clock} is past its promise; the statute ends on {due}.',
  },
  'clock.escalate': {
    article: null,
    zh: '升级至{level}：{clock}，法定届满日 {due}。',
    en: 'Escalated to {level}: {clock}, which ends on {due}.',
  },
  'clock.anniversary': {
    article: null,
    zh: '{clock}满一年。',
    en: 'Another year of {clock}.',
  },
  'task.claimed': { article: null, zh: '领取任务 {task}。', en: 'Task {task} claimed.' },
  'task.released': { article: null, zh: '退还任务 {task}。', en: 'Task {task} put back.' },
  'task.reassigned': {
    article: null,
    zh: '任务 {task} 改派 {to}：{reason}。',
    en: 'Task {task} reassigned to {to}: {reason}.',
  },
  'task.delegated': {
    article: null,
    zh: '任务 {task} 转办 {to}：{reason}。',
    en: 'Task {task} delegated to {to}: {reason}.',
  },
  'document.issued': {
    article: null,
    zh: '制发文书 {kind}，文号：{number}，内容：{content}。',
    en: 'Document issued: {kind}; number: {number}; content: {content}.',
  },
  'document.sealed': {
    article: null,
    zh: '文书 {kind} 用印（{seal}）。',
    en: 'Document {kind} sealed ({seal}).',
  },
  'document.served': {
    article: null,
    zh: '文书 {kind} 于 {on} 送达，方式：{method}。',
    en: 'Document {kind} served on {on} by {method}.',
  },
  'document.voided': {
    article: null,
    zh: '文书 {kind} 作废：{reason}；文号保留。',
    en: 'Document {kind} voided: {reason}; its number is kept.',
  },
  'notice.queued': {
    article: null,
    zh: '通知 {template} 待发送至 {recipient}。',
    en: 'Notice {template} queued for {recipient}.',
  },
  'notice.undeliverable': {
    article: null,
    zh: '通知 {template} 无法送至{recipient}（{reason}），转人工联系。',
    en: 'Notice {template} could not reach the {recipient} ({reason}): to be told by hand.',
  },
  'notice.byHand': {
    article: null,
    zh: '{on} 以{method}方式人工告知{recipient}，接洽人 {spokenTo}：{note}',
    en: 'The {recipient} was told by hand on {on} by {method}, {spokenTo} answering: {note}',
  },
  // Administrators' levers: both persons and the paper's hash
  'lever.retried': {
    article: null,
    zh: '系统管理员重试办理，不产生法律效果：{reason}。',
    en: 'Tried again by the system administrator, without legal effect: {reason}.',
  },
  'lever.asked': {
    article: null,
    zh: '系统管理员申请{lever}：{reason}；依据文件 {document}，由{signer}签批。',
    en: 'The system administrator asks for {lever}: {reason}; on the paper {document}, to be signed by the {signer}.',
  },
  'lever.approved': {
    article: null,
    zh: '批准{lever}（申请人 {askedBy}，依据文件 {document}）：{opinion}。',
    en: '{lever} approved (asked for by {askedBy}, on the paper {document}): {opinion}.',
  },
  'lever.refused': {
    article: null,
    zh: '不批准{lever}（申请人 {askedBy}，依据文件 {document}）：{reason}。',
    en: '{lever} refused (asked for by {askedBy}, on the paper {document}): {reason}.',
  },
  'case.closed': { article: null, zh: '办结：{outcome}。', en: 'Closed: {outcome}.' },
} as const satisfies Record<string, EventText>;

/** The name of an event. */
export type EventName = keyof typeof events;

/** A parameter of an event, as JSON. */
type Parameter =
  string | number | boolean | null | readonly Parameter[] | { readonly [key: string]: Parameter };

/** A language of our texts. */
export type Language = 'zh' | 'en';

/** What a code is called: documents, files, limits as the case's pack names them, everything else as the glossary does. */
export type Naming = (code: string) => { readonly zh: string; readonly en: string } | undefined;

/**
 * The article and the two sentences of an event with its parameters, as the ledger keeps them. `named` knows the names that
 * the case's pack gives. Throws `internal` for an unknown event.
 */
export function textOf(
  event: string,
  params: Readonly<Record<string, Parameter>>,
  named: Naming = () => undefined,
): EventText {
  if (!Object.hasOwn(events, event))
    throw new DomainError('internal', { what: 'unknown event', found: event });
  const { article, zh, en } = events[event as EventName];
  return { article, zh: fill(zh, params, 'zh', named), en: fill(en, params, 'en', named) };
}

/** A sentence of a template with its `{parameters}` said in the sentence's language. */
export function fill(
  sentence: string,
  params: Readonly<Record<string, Parameter>>,
  language: Language,
  named: Naming = () => undefined,
): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => spoken(params[name] ?? null, language, named));
}

function spoken(value: Parameter, language: Language, named: Naming): string {
  const chinese = language === 'zh';
  if (value === null) return chinese ? '无' : 'none';
  if (typeof value === 'boolean') return chinese ? (value ? '是' : '否') : value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return wordFor(value, language, named);
  if (!isList(value)) return JSON.stringify(value);
  if (value.length === 0) return chinese ? '无' : 'none';
  return value.map((item) => spoken(item, language, named)).join(chinese ? '、' : ', ');
}

const isList = (value: object): value is readonly Parameter[] => Array.isArray(value);

/** The word for a code, whatever its round (`supplement.2`) and part (`opinion.air`); the text itself where it is no code. */
function wordFor(text: string, language: Language, named: Naming): string {
  const [, name = text, round] = /^([A-Za-z.]+?)(?:\.(\d+))?$/.exec(text) ?? [];
  const whole = named(name) ?? known(name);
  const parts = name.split('.').map(known);
  const words = whole === undefined ? parts : [whole];
  const spelled = words.map((word) => word?.[language]);
  if (spelled.includes(undefined)) return text;
  const word = spelled.join(language === 'zh' ? '·' : ', ');
  if (round === undefined) return word;
  return language === 'zh' ? `${word}（第${round}次）` : `${word} (${round})`;
}

const known = (code: string) => (Object.hasOwn(glossary, code) ? termOf(code) : undefined);
