import type { Answered } from '../api/client.js';

/** What comes back: a status, or a list that holds something (`some`), nothing (`none`), or whichever (`any`). */
export type Expected = number | 'some' | 'none' | 'any';

/** Who, what he gets of what is his area's, organ's or unit's, and of what is not. */
export type Rule = readonly [who: string, inside: Expected, outside: Expected];

/** Groups of roles that the table names in capitals; REST is whoever no earlier rule names. */
export const groups: Readonly<Record<string, string>> = {
  OFFICERS:
    'acceptance element.water element.air element.soil element.solidWaste element.noise element.selfMonitoring ' +
    'verification officer sectionHead legalOfficer deputyHead organHead sealKeeper enforcement inspector',
  ELEMENTS: 'element.water element.air element.soil element.solidWaste element.noise element.selfMonitoring',
  SYSTEM: 'systemAdministrator',
  SECURITY: 'securityAdministrator',
  AUDIT: 'auditAdministrator',
};

const everybody = (status: Expected): readonly Rule[] => [['REST', status, status]];

/** A closed case takes nothing from anybody: 409 is who may, 404 who does not see it, 403 who may not. */
const closed = (who: string): readonly Rule[] => [[who, 409, 404]];

/** A task is for its holder; other officers see it and are told that it is not theirs. */
const task: readonly Rule[] = [
  ['acceptance', 409, 404],
  ['OFFICERS', 403, 404],
];

/**
 * Every operation of the API, and who gets what: written by hand, and nothing of it taken from the policy. Who is not named
 * is refused with 403, and whoever is not signed in with 401, but where the operation is everybody's.
 */
export const expectations: Readonly<Record<string, readonly Rule[]>> = {
  'POST /sign-out': everybody(204),
  'GET /me': everybody(200),
  'POST /me/password': everybody(400),

  'POST /applications': [['acceptance applicant', 201, 403]],
  'POST /applications/{number}/supplement': closed('acceptance applicant'),
  'POST /applications/{number}/revision': closed('acceptance applicant'),
  'POST /applications/{number}/withdrawal': closed('acceptance applicant'),
  'POST /applications/{number}/visit-decision': closed('officer verification sectionHead'),
  'POST /applications/{number}/off-site-check': closed('officer verification'),
  'POST /applications/{number}/hearing-notice': closed('officer legalOfficer sectionHead'),
  'POST /applications/{number}/hearing-request': closed('acceptance applicant'),
  // The case never came to this task.
  'POST /applications/{number}/platform-record': [['OFFICERS', 404, 404]],

  'GET /tasks': [
    ['acceptance verification sealKeeper sectionHead deputyHead organHead', 'some', 'none'],
    ['officer legalOfficer', 'some', 'none'],
    ['acceptance verification sealKeeper sectionHead deputyHead organHead inspector', 'some', 'none'],
    ['OFFICERS', 'none', 'none'],
  ],
  'GET /tasks/counts': [['OFFICERS', 200, 200]],
  'GET /tasks/{kind}/{number}/{task}': [['OFFICERS', 200, 404]],
  'GET /tasks/{kind}/{number}/{task}/candidates': [['OFFICERS', 'some', 404]],
  'POST /tasks/{kind}/{number}/{task}/claim': task,
  'POST /tasks/{kind}/{number}/{task}/release': task,
  'POST /tasks/{kind}/{number}/{task}/complete': task,
  'POST /tasks/{kind}/{number}/{task}/return': task,
  'POST /tasks/{kind}/{number}/{task}/delegate': task,
  'POST /tasks/{kind}/{number}/{task}/reassign': closed('sectionHead'),

  'GET /cases': [['OFFICERS applicant SYSTEM AUDIT', 'some', 'none']],
  'GET /cases/counts': [['OFFICERS applicant SYSTEM AUDIT', 200, 200]],
  'GET /cases/{kind}/{number}': [['OFFICERS applicant SYSTEM AUDIT', 200, 404]],
  'GET /cases/{kind}/{number}/clocks': [['OFFICERS applicant SYSTEM AUDIT', 'some', 404]],
  'GET /cases/{kind}/{number}/ledger': [['OFFICERS AUDIT', 'some', 404]],
  'GET /cases/{kind}/{number}/ledger/export': [['legalOfficer AUDIT', 200, 404]],
  'GET /cases/{kind}/{number}/requests': [['OFFICERS applicant SYSTEM AUDIT', 'some', 404]],
  'GET /cases/{kind}/{number}/history': [['SYSTEM', 'some', 404]],
  'POST /cases/{kind}/{number}/clocks/{clock}/pause': closed('officer sectionHead'),
  'POST /cases/{kind}/{number}/clocks/{clock}/resume': closed('officer sectionHead'),
  'POST /cases/{kind}/{number}/clocks/{clock}/extend': closed('organHead'),
  'POST /cases/{kind}/{number}/levers/retry': closed('SYSTEM'),
  'POST /cases/{kind}/{number}/levers/reassign': closed('SYSTEM'),
  'POST /cases/{kind}/{number}/levers/hold': closed('SYSTEM'),
  'POST /cases/{kind}/{number}/levers/release': closed('SYSTEM'),
  'POST /cases/{kind}/{number}/levers/retime': closed('SYSTEM'),
  'POST /cases/{kind}/{number}/levers/end': closed('SYSTEM'),
  'POST /cases/{kind}/{number}/levers/move': closed('SYSTEM'),

  'GET /documents': [['OFFICERS applicant', 'some', 'none']],
  'GET /documents/counts': [['OFFICERS applicant', 200, 200]],
  'GET /documents/{kind}/{number}/{document}/file': [['OFFICERS applicant', 200, 404]],
  'POST /documents/{kind}/{number}/{document}/seal': closed('sealKeeper'),
  'POST /documents/{kind}/{number}/{document}/serve': closed('acceptance'),
  'POST /documents/{kind}/{number}/{document}/void': closed('sealKeeper acceptance'),

  'GET /notices': [['OFFICERS applicant', 'some', 'none']],
  // No such notice has gone out.
  'POST /notices/{kind}/{number}/{notice}/bounced': [['acceptance officer', 404, 404]],
  'POST /cases/{kind}/{number}/notices/by-hand': closed('acceptance'),

  'GET /permits': [['OFFICERS applicant', 'some', 'none']],
  'GET /permits/counts': [['OFFICERS applicant', 200, 200]],
  'GET /permits/{no}': [['OFFICERS applicant', 200, 404]],
  'GET /permits/{no}/versions': [['OFFICERS applicant', 'some', 404]],
  'GET /permits/{no}/lawfulness': [['OFFICERS applicant', 200, 404]],
  // A hold that stands already, and one that never stood.
  'POST /permits/{no}/holds': [['legalOfficer sectionHead', 422, 404]],
  'POST /permits/{no}/holds/{hold}/release': [['legalOfficer sectionHead', 422, 404]],
  'POST /permits/{no}/annotations': [['ELEMENTS officer', 200, 404]],

  'GET /permits/{no}/versions/{version}/differences': [['OFFICERS applicant', 'any', 404]],
  'GET /applications/{number}/differences': [['OFFICERS applicant', 'any', 404]],
  // Asked for already; and the other is the cancellation of a permit that lapsed, which nobody can take back.
  'POST /permits/{no}/cancellation-application': [['acceptance applicant', 422, 404]],
  'POST /cancellations/{number}/withdrawal': [['acceptance applicant', 422, 404]],
  // Before the announcement nobody is heard.
  'POST /cancellations/{number}/statement': [['acceptance applicant', 422, 404]],
  'POST /cancellations/{number}/platform-record': [['OFFICERS', 404, 404]],

  // Such a case stands already, of each kind; its holder has spoken, and can ask for no hearing before he is served.
  'POST /authority-changes': [['officer sectionHead', 422, 404]],
  'POST /authority-changes/{number}/statement': [['acceptance applicant', 422, 404]],
  'POST /authority-changes/{number}/hearing-request': [['acceptance applicant', 422, 404]],
  'POST /annulments': [['officer legalOfficer sectionHead', 422, 404]],
  'POST /annulments/{number}/statement': [['acceptance applicant', 422, 404]],
  'POST /annulments/{number}/hearing-request': [['acceptance applicant', 422, 404]],
  'POST /withdrawals': [['officer legalOfficer sectionHead', 422, 404]],
  'POST /withdrawals/{number}/statement': [['acceptance applicant', 422, 404]],
  'POST /withdrawals/{number}/hearing-request': [['acceptance applicant', 422, 404]],
  'POST /revocations': [['enforcement officer legalOfficer', 422, 404]],
  'POST /urgings': [['officer sectionHead', 422, 404]],
  // A unit may say more while its answer is looked at.
  'POST /urgings/{number}/answer': [['acceptance applicant', 200, 404]],
  // The form is closed, and its number is never given again.
  'GET /registrations': [['OFFICERS applicant', 'some', 'none']],
  'GET /registrations/counts': [['OFFICERS applicant', 200, 200]],
  'POST /registrations': [['acceptance applicant', 409, 403]],
  'GET /registrations/{no}': [['OFFICERS applicant', 200, 404]],
  'GET /registrations/{no}/versions': [['OFFICERS applicant', 'some', 404]],
  'POST /registrations/{no}/change': closed('acceptance applicant'),
  'POST /registrations/{no}/renewal': closed('acceptance applicant'),
  'POST /registrations/{no}/closing': closed('acceptance applicant'),
  'POST /registrations/{no}/spot-checks': closed('officer verification enforcement'),
  'POST /class-reviews': [['sectionHead', 202, 403]],
  'GET /class-reviews/{id}': [['sectionHead', 200, 404]],
  // No permit waits to be cleaned up, and no list has been drafted.
  'POST /clean-ups': [['officer sectionHead', 422, 403]],
  'GET /clean-ups/{number}/items': [['OFFICERS applicant SYSTEM AUDIT', 404, 404]],
  // The unit finds nothing by a sweep; the same problem is taken up by the issue that is there.
  'POST /issues': [
    ['inspector', 201, 404],
    ['applicant', 403, 404],
  ],
  'GET /issues': [['OFFICERS applicant', 'some', 'none']],
  'GET /issues/counts': [['OFFICERS applicant', 200, 200]],
  'GET /issues/{number}': [['OFFICERS applicant', 200, 404]],
  'POST /issues/{number}/objection': closed('acceptance applicant officer sectionHead'),
  'POST /issues/{number}/progress': closed('acceptance applicant officer sectionHead'),
  'POST /issues/{number}/application': closed('acceptance applicant officer sectionHead'),
  'POST /issues/{number}/routes': closed('inspector sectionHead'),
  'POST /issues/{number}/links': closed('inspector sectionHead'),
  'POST /issues/{number}/reopening': closed('inspector sectionHead'),
  // Only the organ above takes an issue up.
  'POST /issues/{number}/take-up': [['sectionHead deputyHead', 403, 404]],
  // The region's own organ samples; a city's people see what is published.
  'POST /samplings': [['inspector sectionHead', 403, 403]],
  'GET /samplings': [['OFFICERS', 'none', 'none']],
  'GET /samplings/{number}/rounds': [['OFFICERS', 404, 404]],
  'GET /samplings/{number}/rounds/{round}': [['OFFICERS', 404, 404]],
  'GET /samplings/{number}/rounds/{round}/population': [['OFFICERS', 404, 404]],
  'GET /samplings/{number}/rounds/{round}/carry': [['OFFICERS', 404, 404]],
  'GET /samplings/{number}/shares': [['OFFICERS', 404, 404]],
  'GET /samplings/{number}/counts': [['OFFICERS', 404, 404]],
  'POST /samplings/{number}/counts': [['inspector sectionHead', 400, 400]],
  'GET /samplings/{number}/forecast': [['OFFICERS', 404, 404]],
  'POST /samplings/{number}/replacements': [['inspector sectionHead', 404, 404]],
  'POST /bulletins': [['inspector sectionHead', 403, 403]],
  'GET /bulletins': [['OFFICERS', 'none', 'none']],
  'GET /bulletins/{number}': [['OFFICERS', 404, 404]],
  'GET /bulletins/{number}/figures/{figure}/rows': [['OFFICERS', 404, 404]],
  'GET /bulletins/{number}/workbook': [['OFFICERS', 404, 404]],
  'GET /bulletins/{number}/page': [['OFFICERS', 404, 404]],
  'GET /issue-ledger': [['inspector sectionHead deputyHead organHead', 200, 200]],
  // What is sent here is no file.
  'POST /issue-ledger': [['inspector sectionHead', 400, 400]],

  // Nothing is anchored yet.
  'GET /ledger/anchors': [['legalOfficer AUDIT', 'none', 'none']],
  'GET /events': [['OFFICERS applicant AUDIT', 'some', 'none']],

  // Nothing of the year is left to sweep; the sweep, its reviews and the self-check are over.
  'POST /sweeps': [['inspector sectionHead', 422, 403]],
  'GET /sweeps': [['OFFICERS', 'some', 'none']],
  'GET /sweeps/{number}': [['OFFICERS', 200, 404]],
  'GET /sweeps/{number}/items': [['OFFICERS', 'some', 404]],
  'POST /sweeps/{number}/pause': closed('inspector sectionHead'),
  'POST /sweeps/{number}/resumption': closed('inspector sectionHead'),
  'GET /quality-reviews/{number}': [['OFFICERS', 200, 404]],
  'GET /applications/{number}/findings': [['OFFICERS applicant', 200, 404]],
  'GET /permits/{no}/versions/{version}/findings': [['OFFICERS applicant', 200, 404]],
  'GET /findings/counts': [['OFFICERS', 200, 200]],
  'POST /self-checks': [['inspector sectionHead', 200, 403]],
  'GET /self-checks/{number}': [['OFFICERS applicant', 200, 404]],
  'POST /self-checks/{number}/result': closed('acceptance applicant'),
  'POST /self-checks/{number}/mending': closed('acceptance applicant'),

  'POST /contents': [['OFFICERS applicant SYSTEM', 201, 201]],
  // The bytes are not those that the address names.
  'PUT /contents/{id}': [['OFFICERS applicant SYSTEM', 400, 400]],
  'GET /contents/{id}': [['OFFICERS applicant', 200, 404]],
  // What lies outside the area is refused row by row, when a worker reads the list; an import is seen by whoever asked for it.
  'POST /platform-records': [['acceptance', 400, 400]],
  'POST /registration-list': [['sectionHead', 400, 400]],
  'POST /imports': [['sectionHead', 202, 202]],
  'GET /imports/{id}': [['sectionHead', 200, 200]],
  'GET /requests/{id}': [
    ['OFFICERS', 200, 404],
    ['REST', 404, 404],
  ],

  'GET /units': [
    ['applicant', 'some', 'some'],
    ['OFFICERS SECURITY', 'some', 'none'],
  ],
  'GET /units/counts': [['OFFICERS applicant SECURITY', 200, 200]],
  'GET /units/{id}': [['OFFICERS applicant SECURITY', 200, 404]],
  'GET /units/{id}/contacts': [['acceptance applicant', 'some', 404]],
  'PUT /units/{id}/contacts': [['acceptance applicant', 'some', 404]],
  'POST /units': [['acceptance SECURITY', 201, 403]],

  // Accounts, the audit log and the codec are the whole installation's: an administrator of one organ has no part in them.
  'GET /accounts': [['SECURITY', 'some', 403]],
  'POST /accounts': [['SECURITY', 400, 403]],
  'PUT /accounts/{id}/grants': [['SECURITY', 200, 403]],
  'POST /accounts/{id}/disable': [['SECURITY', 200, 403]],
  'POST /accounts/{id}/enable': [['SECURITY', 200, 403]],
  'POST /accounts/{id}/password': [['SECURITY', 204, 403]],
  'DELETE /accounts/{id}/sessions': [['SECURITY', 200, 403]],
  'GET /accounts/{id}/person': [['SECURITY AUDIT', 200, 403]],
  'GET /accounts/{id}/contacts': [['SECURITY', 'any', 403]],
  'PUT /accounts/{id}/contacts': [['SECURITY', 'some', 403]],
  'GET /covers': everybody('any'),
  'POST /covers': [['SECURITY', 400, 403]],
  'DELETE /covers/{userId}/{coveredBy}/{from}': [['SECURITY', 404, 403]],
  'GET /limits': [['OFFICERS SYSTEM SECURITY AUDIT', 'some', 'some']],
  // The calendar is the country's: every officer and administrator reads it, whoever keeps the whole installation's data
  // proposes an edition, and a legal officer, of whatever organ, confirms it. That of the matrix was tried and changes nothing.
  'GET /calendars': [['OFFICERS SYSTEM SECURITY AUDIT', 'some', 'some']],
  'GET /calendars/{year}/{edition}': [['OFFICERS SYSTEM SECURITY AUDIT', 200, 200]],
  'POST /calendars': [['SYSTEM', 202, 403]],
  'POST /calendars/{year}/{edition}/confirmation': [
    ['legalOfficer', 422, 422],
    ['SYSTEM', 422, 403],
  ],
  'GET /load-calendar': [['OFFICERS SYSTEM', 'some', 'none']],
  'GET /load-calendar/invitations': [['OFFICERS SYSTEM', 'any', 'none']],
  'GET /watch': [['SYSTEM', 'some', 403]],
  'GET /webhooks': [['SYSTEM', 'any', 403]],
  // No webhook goes to this machine; and none of these is there.
  'POST /webhooks': [['SYSTEM', 400, 403]],
  'PUT /webhooks/{id}/state': [['SYSTEM', 404, 403]],
  'DELETE /webhooks/{id}': [['SYSTEM', 404, 403]],
  'GET /webhooks/{id}/deliveries': [['SYSTEM', 'none', 403]],
  'POST /webhook-deliveries/{delivery}/replay': [['SYSTEM', 404, 403]],
  'POST /webhook-deliveries/{delivery}/discard': [['SYSTEM', 404, 403]],
  'GET /metrics': [['SYSTEM', 200, 403]],
  'GET /audit': [['AUDIT', 'some', 403]],
  'POST /codec/decode': [['SYSTEM', 200, 403]],
  'POST /codec/encode': [['SYSTEM', 200, 403]],
};

/** Reads of files, ledgers, histories, persons and exports: each leaves a line in the access log, and no other read does. */
export const logged: readonly string[] = [
  'GET /accounts/{id}/person',
  'GET /applications/{number}/differences',
  'GET /applications/{number}/findings',
  'GET /cases/{kind}/{number}/history',
  'GET /cases/{kind}/{number}/ledger',
  'GET /cases/{kind}/{number}/ledger/export',
  'GET /contents/{id}',
  'GET /documents/{kind}/{number}/{document}/file',
  'GET /issue-ledger',
  'GET /permits/{no}/versions/{version}/differences',
  'GET /permits/{no}/versions/{version}/findings',
  'GET /quality-reviews/{number}',
];

/** What is open to everybody, signed in or not. */
export const open: Readonly<Record<string, number>> = {
  'GET /': 200,
  'GET /openapi.json': 200,
  'GET /healthz': 200,
  'GET /readyz': 200,
  'GET /sign-in/options': 200,
  // Nothing is configured here, and an empty form signs nobody in.
  'GET /sign-in/oidc': 404,
  'GET /sign-in/oidc/callback': 404,
  'POST /sign-in': 400,
};

/** What came back, as a table says it. */
export function outcomeOf({ status, body }: Answered, expected: Expected): Expected {
  if (status !== 200 || typeof expected === 'number') return status;
  const { items } = body as { readonly items?: readonly unknown[] };
  if (items === undefined) return status;
  return expected === 'any' ? 'any' : items.length > 0 ? 'some' : 'none';
}

/** The roles that a rule names. */
export const namesIn = (who: string): readonly string[] =>
  who.split(' ').flatMap((name) => (groups[name] ?? name).split(' '));

/** What the table says of a role: the first rule that names it. */
export const ruleFor = (rules: readonly Rule[], role: string): Rule =>
  rules.find(([who]) => who === 'REST' || namesIn(who).includes(role)) ?? [role, 403, 403];
