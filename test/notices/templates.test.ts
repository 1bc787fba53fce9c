import { expect, test } from 'vitest';
import type { NoticeFacts } from '../../notices/facts.js';
import { htmlOf } from '../../notices/letter.js';
import { letterOf, wordingOf } from '../../notices/render.js';
import { templates } from '../../notices/templates/index.js';
import { parseDate } from '../../rules/date.js';
import type { NoticeParams, NoticeTemplate } from '../../rules/notices.js';
import { at } from '../rig/rig.js';

/** What a procedure would say with each. */
const samples: { readonly [Name in NoticeTemplate]: NoticeParams[Name] } = {
  'application.supplementRequested': { items: ['commitment'] },
  'application.lapsed': {},
  'application.ended': { reason: 'filed twice' },
  'application.deemedAccepted': { acceptedOn: parseDate('2026-03-02') },
  'review.revisionRequested': { round: 2 },
  'decision.made': { conclusion: 'grant' },
  'decision.overdue': {},
  'permit.renewedByLaw': { permitNo: 'P1' },
  'permit.expired': { permitNo: 'P1' },
  'renewal.remind': {
    permitNo: 'P1',
    validTo: parseDate('2031-03-04'),
    lastDay: parseDate('2031-01-03'),
  },
  'renewal.windowClosed': { permitNo: 'P1' },
  'renewal.windowOpen': { permitNo: 'P1', lastDay: parseDate('2031-01-03') },
  'cancellation.helpToApply': { permitNo: 'P1' },
  'holder.toBeHeard': { permitNo: 'P1', procedure: 'annulment' },
  'permit.endedByAuthority': { permitNo: 'P1', state: 'annulled' },
  'application.permitEnded': { permitNo: 'P1', state: 'annulled' },
  'urging.issued': { permitNo: 'P1', asks: 'change' },
  'urging.answered': { permitNo: 'P1', asks: 'change' },
  'change.needsReapplication': { permitNo: 'P1' },
  'permit.reapplied': { permitNo: 'P1', validTo: parseDate('2031-03-04') },
  'permit.changed': { permitNo: 'P1', validTo: parseDate('2031-03-04') },
  'permit.succeeded': { permitNo: 'P1', successor: 'P2', from: parseDate('2028-06-01') },
  'registration.remind': { registrationNo: 'W1', validTo: parseDate('2031-03-04') },
  'registration.expired': { registrationNo: 'W1' },
  'registration.coverNeeded': { registrationNo: 'W1' },
  'issue.fedBack': { permitNo: 'P1' },
  'issue.applicationAsked': { permitNo: 'P1', procedure: 'change' },
  'issue.assigned': { permitNo: 'P1', measure: 'M1' },
  'issue.returned': { permitNo: 'P1', reason: 'R1' },
  'issue.closed': { permitNo: 'P1' },
  'issue.remind': { clock: 'decision', moment: 'remind5' },
  'issue.overdue': { permitNo: 'P1', times: 2 },
  'issue.raised': { permitNo: 'P1', organ: '示范自治区生态环境厅' },
  'selfCheck.asked': { permitNo: 'P1', period: '2026' },
  'selfCheck.overdue': { permitNo: 'P1', times: 2 },
  'sampling.overdue': { year: '2026' },
  'sampling.forecast': { year: '2026' },
  'clock.remind': { clock: 'decision', moment: 'remind5' },
  'clock.warn': { clock: 'decision', moment: 'lastWarning' },
  'clock.yellow': { clock: 'decision', moment: 'yellow' },
  'clock.red': { clock: 'decision', moment: 'red' },
  'clock.escalate': { clock: 'decision', moment: 'sectionHead' },
  'clock.anniversary': { clock: 'decision', moment: 'anniversary.1' },
  'clock.unconfirmed': { clock: 'decision' },
};

const names = Object.keys(samples) as NoticeTemplate[];

function factsWith(template: NoticeTemplate, promised: string | null = '2026-04-08'): NoticeFacts {
  const caseId = 'application/2026000001';
  const organ = 'yunchuan';
  return {
    notice: {
      ...{ id: 'n', caseId, template, recipient: 'sectionHead', channel: 'mail', params: samples[template] },
      ...{ step: 'clock:decision/yellow/2026-04-01T09:00:00.000+08:00', queuedAt: at('2026-04-01 09:00') },
      ...{ status: 'queued', reason: null, late: false, settledAt: null, subject: null, body: null },
      reported: false,
    },
    case: {
      ...{ id: caseId, kind: 'application', procedure: 'first', revision: 1, stage: 'review', outcome: null },
      ...{ packId: 'demonstration-1', area: '990100', unitId: 'steel', permitNo: null, facts: {} },
      organs: { accepting: organ, reviewing: organ, deciding: organ, sealing: organ, supervising: organ },
      ...{ openedAt: at('2026-03-02 09:00'), closedAt: null, next: null, nextAt: null },
      ...{ ledgerCount: 0, ledgerHead: '' },
    },
    unitName: '示范钢铁 <有限公司>',
    clock: {
      ...{ caseId, id: 'decision', limit: 'decision.key', events: [], state: 'running' },
      ...{ due: parseDate('2026-04-15'), promisedDue: promised === null ? null : parseDate(promised) },
      ...{
        lapseAt: at('2026-04-16 00:00'),
        yellowAt: null,
        redAt: null,
        nextAt: null,
        next: null,
        promised: 25,
        estimated: 'no',
      },
    },
  };
}

const baseUrl = 'https://permits.example.test';

test.each(names)('L14: %s is worded whole in both languages, with unit, case and link', (name) => {
  const facts = factsWith(name);
  const { subject, body } = letterOf(facts, { baseUrl, lateSince: null });
  const [chinese = '', english = ''] = body.split('———');
  for (const text of [subject, chinese, english]) expect(text).not.toMatch(/[{}]|undefined|\bnull\b/);
  expect(subject.split(' · ')).toHaveLength(2);
  expect(chinese).toMatch(/排污单位：示范钢铁/);
  // Beside names that exist in Chinese only, the English half is English.
  expect(english.replace(/Unit: .*/, '').replace(/承诺书[^.,]*/g, '')).not.toMatch(/\p{Script=Han}/u);
  for (const text of [chinese, english]) {
    expect(text).toContain('application/2026000001');
    expect(text).toContain(`${baseUrl}/cases/application/2026000001`);
  }
});

test('L14: a text asks for nothing that its notice and its clock do not know', () => {
  for (const name of names) {
    const known = [...Object.keys(samples[name]), 'limit', 'due', 'goal', 'level'];
    const asked = [...JSON.stringify(templates[name]).matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    for (const parameter of asked) expect(known, name).toContain(parameter);
  }
});

test('L14: what rests on a provision names it, a ladder’s notice that of its limit', () => {
  const { body } = letterOf(factsWith('clock.yellow'), { baseUrl, lateSince: null });
  expect(body).toContain('依据：《排污许可管理条例》第十二条');
  expect(body).toContain('By: article 12 of the Regulation on Pollutant-Discharge Permit Management');
  for (const name of names) {
    const { article } = templates[name];
    const silent = [
      'application.lapsed',
      'application.ended',
      'review.revisionRequested',
      'cancellation.helpToApply',
      'urging.issued',
      'urging.answered',
      ...[
        'issue.fedBack',
        'issue.assigned',
        'issue.applicationAsked',
        'issue.returned',
        'issue.closed',
        'issue.overdue',
        'issue.raised',
        'selfCheck.asked',
        'selfCheck.overdue',
      ],
      ...['sampling.overdue', 'sampling.forecast'],
    ];
    expect(article === null, name).toBe(silent.includes(name));
  }
});

test('L14: cards and escalations speak of the promised day where there is one, else of the limit’s own', () => {
  const said = (name: NoticeTemplate, promised: string | null) =>
    wordingOf(factsWith(name, promised), 'zh').text;
  expect(said('clock.yellow', '2026-04-08')).toBe(
    '“审批决定（重点管理）”临近承诺时限2026年4月8日，最后一日为2026年4月15日。',
  );
  expect(said('clock.red', '2026-04-08')).toContain('已过承诺时限2026年4月8日');
  expect(said('clock.escalate', '2026-04-08')).toContain('现升级至科室负责人');
  expect(said('clock.yellow', null)).toContain('临近期限2026年4月15日');
});

test('L14: a late one says so first, in both languages', () => {
  const { subject, body } = letterOf(factsWith('clock.warn'), {
    baseUrl,
    lateSince: parseDate('2026-04-01'),
  });
  expect(subject).toMatch(/^【迟发】.* · \[sent late\] /);
  const [chinese = '', english = ''] = body.split('———');
  expect(chinese).toMatch(/^迟发：本通知原应于2026年4月1日发出/);
  expect(english.trim()).toMatch(/^Sent late: this notice should have left on 1 April 2026/);
});

test('L14: as HTML it is the same text, with nothing that a name could smuggle in', () => {
  const html = htmlOf(letterOf(factsWith('clock.warn'), { baseUrl, lateSince: null }));
  expect(html).toContain('示范钢铁 &#60;有限公司&#62;');
  expect(html).toContain(`<a href="${baseUrl}/cases/application/2026000001">`);
});
