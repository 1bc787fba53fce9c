import { parseInstant } from '../rules/date.js';
import { Office, content, filesOf, plainProject } from './office.js';
import type { Bureau } from './bureau.js';
import { applicantOf, yunchuan } from './people.js';

/** The unit of the story. */
export const storyUnit = { id: 'steel', creditCode: '91990100MA0STEEL01', area: '990100' };

/** Where the story begins: a Monday. */
export const storyBegins = '2026-03-02T09:00:00+08:00';

/**
 * One permit's whole life: from the receipt of the application, with everything that can happen on the way, to a renewal
 * that the law makes, five more years, expiry and cancellation. Answers with the ids of its cases, in order.
 */
export async function wholeLife(bureau: Bureau): Promise<readonly string[]> {
  const { world } = bureau;
  const applicant = applicantOf(storyUnit.id);
  const { desk, lead, legalOfficer, enforcement } = yunchuan;
  const until = (text: string) => world.advanceTo(parseInstant(`${text.replace(' ', 'T')}:00+08:00`));
  const platform = (businessNo: string, day: string) => ({ businessNo, at: `${day}T10:00:00+08:00` });
  const submission = (more: object) => ({
    permitClass: 'key',
    area: storyUnit.area,
    unitId: storyUnit.id,
    project: plainProject,
    commitment: true,
    ...more,
  });

  // The application comes without its pre-disclosure: one notice of everything missing, a supplement, acceptance.
  const application = new Office(bureau, 'application/2026000001');
  const files = filesOf(['commitment', 'applicationForm']);
  await application.ask(
    applicant,
    'application.submit',
    submission({ kind: 'first', contentId: content('v1'), files }),
  );
  await until('2026-03-03 10:00');
  const defects = [{ item: 'preDisclosure', what: '缺少申请前信息公开情况说明' }];
  await application.complete(desk, 'completeness', { outcome: 'supplement', defects });
  await application.dispatch('2026-03-03');
  await until('2026-03-09 15:00');
  await application.ask(applicant, 'application.supplement', { files: filesOf(['preDisclosure']) });
  await until('2026-03-10 09:30');
  await application.accept();
  await application.dispatch('2026-03-10');

  // Six elements review; one wants a revision. The site is visited, so that 30 days are 45.
  await until('2026-03-12 09:00');
  await application.decideVisit('needed');
  await application.opine('agree', ['water', 'soil', 'solidWaste', 'noise', 'selfMonitoring']);
  await application.opine(
    'revise',
    ['air'],
    [{ subject: 'DA001 SO2', value: '35 mg/m3', reason: '执行特别排放限值' }],
  );
  await until('2026-03-18 16:00');
  await application.verify('2026-03-18');
  const revise = { outcome: 'revise', elements: ['air'], demands: '按特别排放限值修改DA001许可浓度' };
  await application.complete(lead, 'merge', revise);
  await application.dispatch('2026-03-18');
  await until('2026-03-25 11:00');
  await application.ask(applicant, 'application.revise', { contentId: content('v2'), note: '已修改' });
  await application.opine('agree', ['air']);

  // Experts review: the clock stops, with written notice, and runs again.
  await until('2026-03-26 09:00');
  const stop = { clock: 'decision', ground: 'expertReview', expectedDays: 10, reason: '组织专家评审' };
  await application.ask(lead, 'clock.pause', stop);
  await application.dispatch('2026-03-26');
  await until('2026-04-08 09:00');
  await application.ask(lead, 'clock.resume', { clock: 'decision', reason: '专家评审结束' });
  await application.draft();
  await application.sign('sectionHead', 'deputyHead');
  await until('2026-04-09 10:00');
  await application.seal('approval');
  const permitNo = `${storyUnit.creditCode}001P`;
  await application.complete(desk, 'platform', {
    outcome: 'recorded',
    permitNo,
    platform: platform('PT-2026-0001', '2026-04-09'),
    validFrom: '2026-04-09',
    validTo: '2031-04-08',
  });
  await until('2026-04-10 16:00');
  await application.dispatch('2026-04-10');
  await application.complete(desk, 'delivery', { outcome: 'done', on: '2026-04-10', note: '电子证照' });
  await application.complete(desk, 'publicity', { outcome: 'done', on: '2026-04-10', note: '双公示' });
  await world.settle();

  // Nearly five years, with their reminders. The renewal is in time, accepted, and left undecided.
  await until('2031-01-20 09:00');
  const renewal = new Office(bureau, 'application/2031000001');
  const renewalFiles = filesOf(['commitment', 'applicationForm', 'preDisclosure']);
  const renewed = submission({ kind: 'renewal', contentId: content('v3'), files: renewalFiles, permitNo });
  await renewal.ask(applicant, 'application.submit', renewed);
  await until('2031-01-21 09:00');
  await renewal.accept();
  await renewal.dispatch('2031-01-21');
  await until('2031-04-09 09:00');
  const permit = new Office(bureau, `permit/${permitNo}`);
  const confirmed = {
    outcome: 'confirmed',
    platform: platform('PT-2031-0001', '2031-04-09'),
    note: '已核实',
  };
  await permit.complete(legalOfficer, 'confirmRenewal', confirmed);
  await permit.dispatch('2031-04-09');

  // Five more years. Nobody renews; the unit still runs when it is first looked at, and has closed the second time.
  await until('2036-04-09 09:00');
  await permit.dispatch('2036-04-09');
  const cancellation = new Office(bureau, `cancellation/${permitNo}-1`);
  const look = (outcome: string, on: string) =>
    cancellation.complete(yunchuan.verifier, 'operationCheck', { outcome, on, finding: '现场查看' });
  await look('running', '2036-04-09');
  const handedOver = { outcome: 'handedOver', receipt: '执法〔2036〕8号', note: '已移交核实' };
  await cancellation.complete(enforcement, 'lead', handedOver);
  await until('2036-04-16 09:00');
  await look('closed', '2036-04-16');
  await until('2036-04-17 09:00');
  await cancellation.dispatch('2036-04-17');
  await until('2036-04-25 09:00');
  await cancellation.complete(lead, 'cancellationDraft', { outcome: 'draft', opinion: '拟注销' });
  await cancellation.sign('sectionHead', 'legalReview', 'deputyHead');
  await cancellation.dispatch('2036-04-25');
  const struck = { outcome: 'recorded', permitNo, platform: platform('PT-2036-0001', '2036-04-25') };
  await cancellation.complete(desk, 'platformCancellation', struck);
  await cancellation.complete(desk, 'publicity', { outcome: 'done', on: '2036-04-25', note: '公告' });
  await world.settle();
  return [application, permit, renewal, cancellation].map((office) => office.caseId);
}
