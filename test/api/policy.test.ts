import { expect, test } from 'vitest';
import {
  actorOf,
  type Grant,
  grantsOnCase,
  type Operation,
  type Person,
  policy,
  type Role,
  roles,
  scopeFor,
} from '../../api/policy.js';
import { packs } from '../../rules/packs/index.js';
import { requestSchemas } from '../../workflows/messages/catalogue.js';

const person = (grants: readonly Grant[], covering: Person['covering'] = []): Person => ({
  ...{ id: 'me', username: 'me', name: 'me', grants, covering },
});

const inYunchuan = { organs: { accepting: 'yunchuan', deciding: 'yunchuan' }, unitId: 'steel' };

/** Who may do what, written out: one line an operation. */
const matrix: Record<Operation, string> = {
  'application.submit': 'acceptance applicant',
  'application.supplement': 'acceptance applicant',
  'application.revise': 'acceptance applicant',
  'application.withdraw': 'acceptance applicant',
  'application.requireVisit': 'officer sectionHead verification',
  'application.offSiteCheck': 'officer verification',
  'hearing.announce': 'legalOfficer officer sectionHead',
  'hearing.request': 'acceptance applicant',
  'permit.hold': 'legalOfficer sectionHead',
  'permit.release': 'legalOfficer sectionHead',
  'permit.annotate':
    'element.air element.noise element.selfMonitoring element.soil element.solidWaste element.water officer',
  'cancellation.apply': 'acceptance applicant',
  'cancellation.withdraw': 'acceptance applicant',
  'cancellation.statement': 'acceptance applicant',
  'authorityChange.start': 'officer sectionHead',
  'annulment.start': 'legalOfficer officer sectionHead',
  'withdrawal.start': 'legalOfficer officer sectionHead',
  'revocation.start': 'enforcement legalOfficer officer',
  'urging.start': 'officer sectionHead',
  'holder.statement': 'acceptance applicant',
  'urging.answer': 'acceptance applicant',
  'registration.file': 'acceptance applicant',
  'registration.change': 'acceptance applicant',
  'registration.renew': 'acceptance applicant',
  'registration.close': 'acceptance applicant',
  'registration.check': 'enforcement officer verification',
  'registration.read': 'OFFICERS applicant',
  'cleanUp.draft': 'officer sectionHead',
  'class.review': 'sectionHead',
  'issue.find': 'applicant inspector',
  'issue.object': 'acceptance applicant officer sectionHead',
  'issue.progress': 'acceptance applicant officer sectionHead',
  'issue.apply': 'acceptance applicant officer sectionHead',
  'issue.route': 'inspector sectionHead',
  'issue.link': 'inspector sectionHead',
  'issue.takeUp': 'deputyHead sectionHead',
  'issue.reopen': 'inspector sectionHead',
  'sampling.open': 'inspector sectionHead',
  'sampling.replace': 'inspector sectionHead',
  'sampling.read': 'OFFICERS',
  'bulletin.draft': 'inspector sectionHead',
  'bulletin.read': 'OFFICERS',
  'sweep.start': 'inspector sectionHead',
  'sweep.pause': 'inspector sectionHead',
  'sweep.resume': 'inspector sectionHead',
  'selfCheck.submit': 'acceptance applicant',
  'selfCheck.mend': 'acceptance applicant',
  'selfCheck.launch': 'inspector sectionHead',
  'task.claim': 'OFFICERS',
  'task.release': 'OFFICERS',
  'task.complete': 'OFFICERS',
  'task.return': 'OFFICERS',
  'task.delegate': 'OFFICERS',
  'task.reassign': 'sectionHead',
  'clock.pause': 'officer sectionHead',
  'clock.resume': 'officer sectionHead',
  'clock.extend': 'organHead',
  'document.seal': 'sealKeeper',
  'document.serve': 'acceptance',
  'document.void': 'acceptance sealKeeper',
  'notice.byHand': 'acceptance',
  'notice.bounced': 'acceptance officer',
  'notice.read': 'OFFICERS applicant',
  'contact.manage': 'acceptance applicant',
  'lever.retry': 'systemAdministrator',
  'lever.ask': 'systemAdministrator',
  'case.read': 'OFFICERS applicant auditAdministrator systemAdministrator',
  'case.deliberation': 'OFFICERS',
  'task.read': 'OFFICERS',
  'task.readOrgan': 'deputyHead organHead sectionHead',
  'ledger.read': 'OFFICERS auditAdministrator',
  'ledger.export': 'auditAdministrator legalOfficer',
  'history.read': 'systemAdministrator',
  'watch.read': 'systemAdministrator',
  'calendar.propose': 'systemAdministrator',
  'calendar.confirm': 'legalOfficer systemAdministrator',
  'calendar.read': 'OFFICERS auditAdministrator securityAdministrator systemAdministrator',
  'load.read': 'OFFICERS systemAdministrator',
  'webhook.manage': 'systemAdministrator',
  'limit.read': 'OFFICERS auditAdministrator securityAdministrator systemAdministrator',
  'permit.read': 'OFFICERS applicant',
  'document.read': 'OFFICERS applicant',
  'content.store': 'OFFICERS applicant systemAdministrator',
  'content.read': 'OFFICERS applicant',
  'permit.import': 'sectionHead',
  'platform.import': 'acceptance',
  'issue.read': 'OFFICERS applicant',
  'review.read': 'OFFICERS',
  'selfCheck.read': 'OFFICERS applicant',
  'issue.export': 'deputyHead inspector organHead sectionHead',
  'issue.import': 'inspector sectionHead',
  'unit.manage': 'acceptance securityAdministrator',
  'unit.read': 'OFFICERS applicant securityAdministrator',
  'event.read': 'OFFICERS applicant auditAdministrator',
  'account.manage': 'securityAdministrator',
  'person.read': 'OFFICERS applicant',
  'person.reveal': 'auditAdministrator securityAdministrator',
  'audit.read': 'auditAdministrator',
  'codec.use': 'systemAdministrator',
};

const officers =
  'acceptance deputyHead element.air element.noise element.selfMonitoring element.soil element.solidWaste element.water ' +
  'enforcement inspector legalOfficer officer organHead sealKeeper sectionHead verification';

test('A5: the policy is this matrix, role by role and operation by operation', () => {
  for (const [operation, expected] of Object.entries(matrix)) {
    const allowed = roles.filter((role) =>
      (policy[operation as Operation] as readonly Role[]).includes(role),
    );
    const named = expected.replace('OFFICERS', officers).split(' ');
    expect([...allowed].sort(), operation).toEqual([...named].sort());
  }
  expect(Object.keys(policy).sort()).toEqual(Object.keys(matrix).sort());
});

test('A5: every request that people may make has its line in the policy', () => {
  expect(Object.keys(policy)).toEqual(expect.arrayContaining(Object.keys(requestSchemas)));
});

test('A5: 三员分立: no administrator may write to a case but to ask for a lever, and none may do another one’s work', () => {
  const administrators = ['systemAdministrator', 'securityAdministrator', 'auditAdministrator'] as const;
  for (const operation of Object.keys(requestSchemas) as (keyof typeof requestSchemas)[]) {
    if (operation.startsWith('lever.')) continue;
    for (const role of administrators) expect(policy[operation], operation).not.toContain(role);
  }
  expect(policy['account.manage']).toEqual(['securityAdministrator']);
});

test('L19: every role of a signing chain can be granted', () => {
  const needed = packs.flatMap((pack) => Object.values(pack.signingChains).flat());
  for (const { role } of needed) expect(roles).toContain(role);
});

test('A5: reading reaches the organ’s own cases and those of its area; a unit’s people see their unit', () => {
  const city = scopeFor(person([{ role: 'acceptance', organ: 'yunchuan' }]), 'case.read');
  expect(city).toEqual({ everything: false, organs: ['yunchuan'], areas: ['9901'], units: [] });
  const county = scopeFor(person([{ role: 'acceptance', organ: 'yunchuan.qinghe' }]), 'case.read');
  expect(county.areas).toEqual(['990121']);
  const region = scopeFor(person([{ role: 'officer', organ: 'province' }]), 'case.read');
  expect(region.areas).toEqual(['99']);
  const unit = scopeFor(person([{ role: 'applicant', organ: 'unit:steel' }]), 'case.read');
  expect(unit).toEqual({ everything: false, organs: [], areas: [], units: ['steel'] });
  const whole = scopeFor(person([{ role: 'auditAdministrator', organ: '*' }]), 'ledger.read');
  expect(whole.everything).toBe(true);
});

test('A5: a write is for the case’s own organs, not for those that only see it', () => {
  const ofRegion = person([{ role: 'sectionHead', organ: 'province' }]);
  expect(() => grantsOnCase(ofRegion, 'clock.pause', inYunchuan)).toThrow('none of your roles');
  const ofCity = person([{ role: 'sectionHead', organ: 'yunchuan' }]);
  expect(grantsOnCase(ofCity, 'clock.pause', inYunchuan)).toHaveLength(1);
  const ofOther = person([{ role: 'applicant', organ: 'unit:paper' }]);
  expect(() => grantsOnCase(ofOther, 'application.withdraw', inYunchuan)).toThrow('none of your roles');
});

const desk: Grant = { role: 'acceptance', organ: 'yunchuan' };

test('A2: who acts in his own right acts for nobody, whomever he covers', () => {
  const me = person([desk], [{ userId: 'b', grants: [desk, { role: 'sealKeeper', organ: 'yunchuan' }] }]);
  expect(actorOf(me, [desk])).toEqual({
    id: 'me',
    kind: 'officer',
    roles: ['acceptance@yunchuan'],
    organ: 'yunchuan',
  });
});

test('A2: a role held through cover is used on behalf of its holder, and only then', () => {
  const seal: Grant = { role: 'sealKeeper', organ: 'yunchuan' };
  const me = person([desk], [{ userId: 'b', grants: [seal] }]);
  expect(actorOf(me, [seal])).toMatchObject({
    onBehalfOf: 'b',
    roles: ['acceptance@yunchuan', 'sealKeeper@yunchuan'],
  });
  expect(actorOf(me, [desk]).roles).toEqual(['acceptance@yunchuan']);
});

test('A2: a task in the hands of somebody whom one covers is done for him', () => {
  const me = person([desk], [{ userId: 'b', grants: [desk] }]);
  expect(actorOf(me, [desk], { assignee: 'b' })).toMatchObject({ id: 'me', onBehalfOf: 'b' });
  expect(actorOf(me, [desk], { assignee: 'c' })).not.toHaveProperty('onBehalfOf');
});

test('A2: whoever holds the role neither himself nor by cover is refused', () => {
  const me = person([desk]);
  const wanted: Grant = { role: 'sealKeeper', organ: 'yunchuan' };
  expect(() => actorOf(me, [wanted], { otherwise: 'task.notYours' })).toThrow('another role or organ');
});
