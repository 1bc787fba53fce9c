import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { filesOf } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { saidIn } from '../rig/papers.js';
import { Application, refused, story } from './application.js';

/** What the newest document of this kind says. */
const said = async (application: Application, kind: string): Promise<string> =>
  await saidIn(application.rig.db, await application.document(kind));

const remedies = /60日内依法向云川市人民政府申请行政复议.*6个月内依法向人民法院提起行政诉讼/;

story(
  'L18: the acceptance desk’s documents say what is there, what is missing, until when, and by which article',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    const application = await Application.receive(rig, unitId, { files: filesOf(['applicationForm']) });
    const receipt = await said(application, 'materialReceipt');
    expect(receipt).toContain('云川市生态环境局');
    expect(receipt).toContain('材料接收凭证');
    expect(receipt).toContain('云环许受〔2026〕1号');
    expect(receipt).toContain('示范企业 steel：');
    expect(receipt).toContain('1．排污许可证申请表');
    // Three working days from Monday, 2 March: Thursday.
    expect(receipt).toContain('最迟于2026年3月5日');
    await application.complete(people.desk, 'completeness', {
      outcome: 'supplement',
      defects: [
        { item: 'commitment', what: '未盖章。' },
        { item: 'preDisclosure', what: '缺少' },
      ],
    });
    const notice = await said(application, 'supplementNotice');
    expect(notice).toContain('依据《排污许可管理条例》第九条第四项');
    expect(notice).toContain('1．承诺书：未盖章');
    expect(notice).toContain('2．申请前信息公开情况说明：缺少');
    expect(notice).toContain('自本告知书送达之日起30日内补正');
    expect(notice).toContain('within 30 days of the service of this notice');
    await application.seal('supplementNotice');
    await application.serve('supplementNotice', '2026-03-02');
    const slip = await saidIn(rig.db, `${application.caseId}/paper-1`);
    for (const part of [
      '送达回证',
      '补正告知书',
      '云环许受〔2026〕2号',
      '申请人',
      '电子送达',
      '2026年3月2日',
    ])
      expect(slip).toContain(part);
    await application.advanceTo('2026-04-03 09:00');
    expect(await said(application, 'returnNotice')).toContain('补正告知书（云环许受〔2026〕2号）');
  },
);

story(
  'L18: an acceptance by silence says so, with its article; the decision is due from the receipt',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    const [deemed, told] = [await Application.receive(rig, unitId), await Application.receive(rig, unitId)];
    await told.advanceTo('2026-03-04 09:00');
    await told.accept();
    const accepted = await said(told, 'acceptanceNotice');
    expect(accepted).toContain('第九条第五项，本机关于2026年3月4日予以受理');
    // 30 working days after 4 March 2026, with Qingming on 6 April: 16 April; 25 are promised: 9 April.
    expect(accepted).toContain(
      '审批期限为30个工作日，法定届满日为2026年4月16日。本机关承诺于2026年4月9日前办结',
    );
    await deemed.advanceTo('2026-03-06 09:00');
    const silent = await said(deemed, 'acceptanceNotice');
    expect(silent).toContain('第九条第四项、《行政许可法》第三十二条');
    expect(silent).toContain('自收到材料之日（2026年3月2日）起即为受理');
    expect(silent).toContain('法定届满日为2026年4月14日');
  },
);

story(
  'L15, L18: a day that counts a year whose holidays are not announced yet says that it may move',
  '2026-12-07 09:00',
  async ({ rig, unitId }) => {
    const application = await Application.receive(rig, unitId);
    await application.accept();
    const accepted = await said(application, 'acceptanceNotice');
    // 18 working days are left in 2026, and twelve follow by weekends: Monday, 18 January 2027.
    expect(accepted).toContain('法定届满日为2027年1月18日（放假安排尚未公布，暂按周末推算）');
    expect(accepted).toContain('by weekends only, until the holidays are announced');
  },
);

story(
  'L18: a refusal to accept names its reason, the right authority and the remedies',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    const decide = async (form: { readonly outcome: string; readonly [name: string]: string }) => {
      const application = await Application.receive(rig, unitId);
      await application.complete(people.desk, 'completeness', form);
      return application;
    };
    const reason = '生产地不在本市。';
    const elsewhere = await decide({
      outcome: 'notCompetent',
      reason,
      rightAuthority: '澜江市行政审批服务局',
    });
    const notCompetent = await said(elsewhere, 'nonAcceptance');
    expect(notCompetent).toContain('第九条第二项，本机关决定不予受理');
    expect(notCompetent).toContain('理由：生产地不在本市。你单位可以向澜江市行政审批服务局提出申请。');
    expect(notCompetent).toMatch(remedies);
    const none = await said(await decide({ outcome: 'notNeeded', reason: '不在名录内' }), 'notNeededNotice');
    expect(none).toContain('第九条第一项');
    expect(none).toContain('理由：不在名录内。');
    expect(none).toMatch(remedies);
  },
);

story(
  'L18: the documents of review, visit and limit name their days; the visit leaves its record',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    const application = await Application.accepted(rig, unitId);
    await application.decideVisit('needed');
    // 45 working days after 2 March 2026, over Qingming and Labour Day.
    expect(await said(application, 'visitLimitNotice')).toContain(
      '审批期限为45个工作日，自受理之日（2026年3月2日）的次日起算，法定届满日为2026年5月8日',
    );
    expect(await said(application, 'visitNotice')).toContain(
      '依据《排污许可管理条例》第十条、《行政许可法》第三十四条，本机关决定进行现场核查。事由：首次申请。',
    );
    await application.opine();
    await application.verify('2026-03-02');
    const record = await said(application, 'visitRecord');
    for (const part of [
      '现场核查记录',
      '2026年3月2日',
      '甲、乙',
      '1．设施：与申请一致。一致。',
      '被核查单位人员（签字）',
    ])
      expect(record).toContain(part);
    await application.revise(['air'], { demands: '修改DA001许可浓度。', papers: ['monitoringPlan'] });
    const revision = await said(application, 'revisionNotice');
    for (const part of [
      '第1轮审查意见涉及大气',
      '修改DA001许可浓度',
      '补交：自行监测方案',
      '送达之日起10个工作日内',
    ])
      expect(revision).toContain(part);
    const stop = { clock: 'decision', ground: 'expertReview', expectedDays: 10, reason: '组织专家评审' };
    await application.ask(people.lead, 'clock.pause', stop);
    const exclusion = await said(application, 'exclusionNotice');
    expect(exclusion).toContain('需要进行专家评审。依据《行政许可法》第四十五条');
    expect(exclusion).toContain('自2026年3月2日起扣除，预计10日');
  },
);

story(
  'L18: a denial rests on articles of law and on nothing else, and tells how to contest it',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    const application = await Application.reviewed(rig, unitId);
    for (const article of ['自治区工作方案', 'HJ 942', 'PACK', 'DP', 'REG', 'REG 11(2) 和工作方案']) {
      const grounds = [{ article, reason: '不符合' }];
      expect(await application.draft('deny', { grounds }, { mayRefuse: true }), article).toMatchObject(
        refused('rule.refused', { where: 'grounds', found: article }),
      );
    }
    await application.draft('deny', { grounds: [{ article: 'REG 11(3)', reason: '防治措施不可行。' }] });
    await application.sign('sectionHead', 'legalReview', 'deputyHead');
    const denial = await said(application, 'denial');
    expect(denial).toContain('1．防治措施不可行（《排污许可管理条例》第十一条第三项）');
    expect(denial).toContain(
      '依据《排污许可管理条例》第十二条、《行政许可法》第三十八条，本机关决定不予行政许可',
    );
    expect(denial).toMatch(remedies);
    expect(denial).not.toContain('拟办意见');
  },
);

story(
  'L18: a document that replaces a void one says the same under its own number, and which one it replaces',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    const application = await Application.reviewed(rig, unitId);
    await application.draft();
    await application.sign('sectionHead', 'deputyHead');
    const first = await application.document('approval');
    const before = await saidIn(rig.db, first);
    await application.ask(people.sealKeeper, 'document.void', { documentId: first, reason: '打印错误' });
    const after = await said(application, 'approval');
    expect(before).toContain('云环许〔2026〕1号');
    expect(after).toContain('云环许〔2026〕2号（替代已作废的云环许〔2026〕1号）');
    // The void one stays as it was issued.
    expect(await saidIn(rig.db, first)).toBe(before);
    await application.seal('approval');
  },
);

story(
  'L18: a step that is rolled back leaves its number to the next; none is ever borne twice',
  '2026-03-02 09:00',
  async ({ rig, unitId }) => {
    // The third and the fifth document to be written fail, once, after they were given their numbers.
    await rig.db.execute(sql`create sequence written`);
    await rig.db.execute(sql`create function fail_at_times() returns trigger language plpgsql as $$
      begin
        if nextval('written') in (3, 5) then raise exception 'a power cut'; end if;
        return new;
      end $$`);
    await rig.db.execute(
      sql`create trigger fails before insert on documents for each row execute function fail_at_times()`,
    );
    const all = await Promise.all(Array.from({ length: 6 }, () => Application.receive(rig, unitId)));
    const papers = (await Promise.all(all.map((each) => each.documents('materialReceipt')))).flat();
    const numbers = papers.map((paper) => paper.number);
    expect(new Set(numbers).size).toBe(6);
    expect(papers).toHaveLength(6);
    for (const { id, number } of papers) expect(await saidIn(rig.db, id)).toContain(number);
    const { rows } = await rig.db.execute<{ written: string }>(
      sql`select last_value as written from written`,
    );
    expect(Number(rows[0]?.written)).toBe(8);
  },
);
