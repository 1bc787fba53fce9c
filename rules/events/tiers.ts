import type { EventText } from './eventText.js';

const event = (zh: string, en: string): EventText => ({ article: null, zh, en });

/** The tiers of the quality assurance: reviews and the campaigns that open them. None of it rests on an article. */
export const tierEvents = {
  'qualityReview.opened': event(
    '{tier}核查许可证 {permitNo} 第 {version} 版（{campaign}）。',
    'Permit {permitNo}, version {version}, is under review by {tier} ({campaign}).',
  ),
  'qualityReview.void': event(
    '许可证 {permitNo} 已终止或者无此版本，不再核查。',
    'Permit {permitNo} has ended, or has no such version: it is not reviewed.',
  ),
  'qualityReview.done': event(
    '{on} 核查完成：{outcome}，确认问题 {problems} 项。',
    'Reviewed on {on}: {outcome}; problems confirmed: {problems}.',
  ),
  'qualityReview.second': event(
    '本次为双人背靠背核查中的第二份，仅用于统计一致性。',
    'This was the blind second review of two: it only measures how far reviewers agree.',
  ),
  'qualityReview.replaced': event(
    '许可证 {permitNo} 在核查期间终止，样本已替换，核查终止：{reason}。',
    'Permit {permitNo} ended under review and was replaced in the sample: {reason}.',
  ),
  'sweep.started': event(
    '{organ}启动 {year} 年地市排查，列入许可证 {listed} 张：{note}。',
    'Sweep of {year} by {organ}, permits listed: {listed}. {note}.',
  ),
  'sweep.opened': event('新开核查一批，最多 {most} 项。', 'The next reviews are opened, at most {most}.'),
  'sweep.paused': event('暂停新开核查：{reason}。', 'No further review is opened: {reason}.'),
  'sweep.resumed': event('恢复新开核查：{note}。', 'Reviews are opened again: {note}.'),
  'sweep.overdue': event('排查期限届满，仍有未完成的核查。', 'The term is over, and reviews are left.'),
  'sweep.completed': event(
    '排查完成：核查 {done} 张，确认问题 {problems} 项。',
    'Completed: {done} reviewed, problems confirmed: {problems}.',
  ),
  'sweep.ended': event('排查提前终止：{reason}。', 'Ended before its end: {reason}.'),
  'selfCheck.opened': event(
    '{period} 年度（专项）企业自查：许可证 {permitNo}。',
    'Self-check of {period}: permit {permitNo}.',
  ),
  'selfCheck.void': event(
    '许可证 {permitNo} 已终止，不再自查。',
    'Permit {permitNo} has ended: no self-check.',
  ),
  'selfCheck.permitOver': event(
    '许可证状态变为 {state}，自查终止。',
    'The permit is {state}: the self-check ends.',
  ),
  'selfCheck.submitted': event(
    '{name}（{position}）于 {on} 签署自查结果，自查发现问题 {problems} 项。',
    'Signed by {name} ({position}) on {on}; problems found: {problems}.',
  ),
  'selfCheck.selfCorrected': event(
    '自查自纠：{description}（{item}）。',
    'Found and mended by the unit itself: {description} ({item}).',
  ),
  'selfCheck.mended': event('{on} 完成整改（{item}）：{note}。', 'Mended on {on} ({item}): {note}.'),
  'selfCheck.handedOver': event(
    '列入问题台账：{description}（{item}）。',
    'Entered in the issue ledger: {description} ({item}).',
  ),
  'selfCheck.overdue': event('自查逾期（第 {times} 次）。', 'The self-check is overdue ({times}).'),
  'selfCheck.raised': event(
    '提级至 {organ} 督办自查。',
    'Raised to {organ}, which supervises the self-check.',
  ),
  'selfCheck.supervised': event(
    '自查督办意见：{note}。',
    'Supervision of the self-check from above: {note}.',
  ),
  'selfCheck.silent': event(
    '未提交自查结果，相应问题（{issue}）已了结，自查终止。',
    'No self-check came; the issue of it ({issue}) is over, and so is the check.',
  ),
  'selfCheck.ended': event('自查终止：{reason}。', 'The self-check was ended: {reason}.'),
} as const satisfies Record<string, EventText>;
