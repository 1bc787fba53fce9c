import { DomainError, type ErrorCode } from '../rules/errors.js';
import { packs } from '../rules/packs/index.js';
import type { Scope } from '../db/queries/scope.js';
import { elements } from '../workflows/messages/elements.js';
import type { RequestName } from '../workflows/messages/catalogue.js';
import type { Actor } from '../workflows/messages/request.js';

/** The reviewers' roles, one an element. */
export const elementRoles = elements.map((element) => `element.${element}` as const);

/** Officers' roles: they work cases. */
const officerRoles = [
  'acceptance',
  ...elementRoles,
  'verification',
  'officer',
  'sectionHead',
  'legalOfficer',
  'deputyHead',
  'organHead',
  'sealKeeper',
  'enforcement',
  'inspector',
] as const;

/** 三员分立: three kinds of administrator, held by different people, none of whom works a case. */
export const administratorRoles = [
  'systemAdministrator',
  'securityAdministrator',
  'auditAdministrator',
] as const;

/** Every role that can be granted. */
export const roles = [...officerRoles, ...administratorRoles, 'applicant'] as const;

export type Role = (typeof roles)[number];

/** A role at an organ; at `unit:<id>` for a unit's people, at `*` for administrators of the whole installation. */
export interface Grant {
  readonly role: Role;
  readonly organ: string;
}

/** The organ of a grant that covers the whole installation. Only administrators may hold one. */
export const EVERYWHERE = '*';

const officers: readonly Role[] = officerRoles;
const filing: readonly Role[] = ['applicant', 'acceptance'];

/**
 * The one policy table: which roles may do what. Where they may do it follows from the organ of the grant: reading reaches
 * the cases of the organ and of its area, a write only cases of which the organ is one, a unit's people only their unit.
 * A task is besides for the holders of its own role at its own organ. An administrator's `*` reaches every case, to ask for
 * a lever that somebody else signs.
 */
export const policy = {
  'application.submit': filing,
  'application.supplement': filing,
  'application.revise': filing,
  'application.withdraw': filing,
  'application.requireVisit': ['officer', 'verification', 'sectionHead'],
  'application.offSiteCheck': ['officer', 'verification'],
  'hearing.announce': ['officer', 'legalOfficer', 'sectionHead'],
  'hearing.request': filing,
  'permit.hold': ['legalOfficer', 'sectionHead'],
  'permit.release': ['legalOfficer', 'sectionHead'],
  'permit.annotate': [...elementRoles, 'officer'],
  'cancellation.apply': filing,
  'cancellation.withdraw': filing,
  'cancellation.statement': filing,
  'authorityChange.start': ['officer', 'sectionHead'],
  'annulment.start': ['officer', 'legalOfficer', 'sectionHead'],
  'withdrawal.start': ['officer', 'legalOfficer', 'sectionHead'],
  'revocation.start': ['enforcement', 'officer', 'legalOfficer'],
  'urging.start': ['officer', 'sectionHead'],
  'holder.statement': filing,
  'urging.answer': filing,
  'registration.file': filing,
  'registration.change': filing,
  'registration.renew': filing,
  'registration.close': filing,
  'registration.check': ['officer', 'verification', 'enforcement'],
  'registration.read': [...officers, 'applicant'],
  'cleanUp.draft': ['officer', 'sectionHead'],
  'class.review': ['sectionHead'],
  'issue.find': ['inspector', 'applicant'],
  'issue.object': [...filing, 'officer', 'sectionHead'],
  'issue.progress': [...filing, 'officer', 'sectionHead'],
  'issue.apply': [...filing, 'officer', 'sectionHead'],
  'issue.route': ['inspector', 'sectionHead'],
  'issue.link': ['inspector', 'sectionHead'],
  'issue.takeUp': ['sectionHead', 'deputyHead'],
  'issue.reopen': ['inspector', 'sectionHead'],
  'sampling.open': ['inspector', 'sectionHead'],
  'sampling.replace': ['inspector', 'sectionHead'],
  'sampling.read': officers,
  'bulletin.draft': ['inspector', 'sectionHead'],
  'bulletin.read': officers,
  'sweep.start': ['inspector', 'sectionHead'],
  'sweep.pause': ['inspector', 'sectionHead'],
  'sweep.resume': ['inspector', 'sectionHead'],
  'selfCheck.submit': filing,
  'selfCheck.mend': filing,
  'selfCheck.launch': ['inspector', 'sectionHead'],
  'task.claim': officers,
  'task.release': officers,
  'task.complete': officers,
  'task.return': officers,
  'task.delegate': officers,
  'task.reassign': ['sectionHead'],
  'clock.pause': ['officer', 'sectionHead'],
  'clock.resume': ['officer', 'sectionHead'],
  'clock.extend': ['organHead'],
  'document.seal': ['sealKeeper'],
  'document.serve': ['acceptance'],
  'document.void': ['sealKeeper', 'acceptance'],
  'notice.byHand': ['acceptance'],
  'notice.bounced': ['acceptance', 'officer'],
  'notice.read': [...officers, 'applicant'],
  'contact.manage': filing,
  'lever.retry': ['systemAdministrator'],
  'lever.ask': ['systemAdministrator'],
  'case.read': [...officers, 'applicant', 'systemAdministrator', 'auditAdministrator'],
  'case.deliberation': officers,
  'task.read': officers,
  'task.readOrgan': ['sectionHead', 'deputyHead', 'organHead'],
  'ledger.read': [...officers, 'auditAdministrator'],
  'ledger.export': ['legalOfficer', 'auditAdministrator'],
  'history.read': ['systemAdministrator'],
  'watch.read': ['systemAdministrator'],
  'calendar.propose': ['systemAdministrator'],
  'calendar.confirm': ['legalOfficer', 'systemAdministrator'],
  'calendar.read': [...officers, ...administratorRoles],
  'load.read': [...officers, 'systemAdministrator'],
  'webhook.manage': ['systemAdministrator'],
  'limit.read': [...officers, ...administratorRoles],
  'permit.read': [...officers, 'applicant'],
  'document.read': [...officers, 'applicant'],
  'content.store': [...officers, 'applicant', 'systemAdministrator'],
  'content.read': [...officers, 'applicant'],
  'permit.import': ['sectionHead'],
  'platform.import': ['acceptance'],
  'issue.read': [...officers, 'applicant'],
  'review.read': officers,
  'selfCheck.read': [...officers, 'applicant'],
  'issue.export': ['inspector', 'sectionHead', 'deputyHead', 'organHead'],
  'issue.import': ['inspector', 'sectionHead'],
  'unit.manage': ['acceptance', 'securityAdministrator'],
  'unit.read': [...officers, 'applicant', 'securityAdministrator'],
  'event.read': [...officers, 'applicant', 'auditAdministrator'],
  'account.manage': ['securityAdministrator'],
  /** Full names, telephones, mail addresses in answers; everybody else sees them masked. */
  'person.read': [...officers, 'applicant'],
  /** One person's name in full, for an administrator; each such read is in the audit log. */
  'person.reveal': ['securityAdministrator', 'auditAdministrator'],
  'audit.read': ['auditAdministrator'],
  'codec.use': ['systemAdministrator'],
} as const satisfies Record<RequestName, readonly Role[]> & Record<string, readonly Role[]>;

/** Something that the policy speaks of. */
export type Operation = keyof typeof policy;

/** What has no area: accounts, the audit log and the codec are the whole installation's, and so must the grant be. */
const installationWide: readonly Operation[] = [
  ...(['account.manage', 'person.reveal', 'audit.read', 'codec.use', 'watch.read'] as const),
  ...(['calendar.propose', 'webhook.manage'] as const),
];

/** Who asks: what he holds himself, and what the people hold whom he covers today (AB 角). */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly covering: readonly { readonly userId: string; readonly grants: readonly Grant[] }[];
}

/** What kind of person the grants make. Nobody is two kinds: the accounts refuse it. */
export function kindOf(grants: readonly Grant[]): Exclude<Actor['kind'], 'system'> {
  if (grants.some(({ role }) => administratorRoles.some((administrator) => administrator === role)))
    return 'administrator';
  return grants.some(({ role }) => role === 'applicant') ? 'applicant' : 'officer';
}

/** All grants of a person for an operation, those held by cover among them. */
export function grantsFor(person: Person, operation: Operation): readonly Grant[] {
  const allowed: readonly Role[] = policy[operation];
  const anywhere = !installationWide.includes(operation);
  return [...person.grants, ...person.covering.flatMap((covered) => covered.grants)].filter(
    ({ role, organ }) => allowed.includes(role) && (anywhere || organ === EVERYWHERE),
  );
}

/** The same, for one who must hold some. Throws `auth.forbidden`. */
export function requireGrants(person: Person, operation: Operation): readonly Grant[] {
  const held = grantsFor(person, operation);
  if (held.length === 0) throw forbidden(operation);
  return held;
}

/** What a person may see for an operation. Throws `auth.forbidden` when nothing at all. */
export function scopeFor(person: Person, operation: Operation): Scope {
  const scope = scopeOf(requireGrants(person, operation));
  return isReviewer(person) ? { ...scope, reviewer: person.id } : scope;
}

/** Whether a person may review permits, himself or as cover: he sees no blind review before both are done. */
export const isReviewer = (person: Person): boolean =>
  [person, ...person.covering].some(({ grants }) => grants.some(({ role }) => role === 'inspector'));

/** What grants let one see: the organs' cases, their areas', the units'. */
export function scopeOf(grants: readonly Grant[]): Scope {
  const organs = [...new Set(grants.map((grant) => grant.organ))];
  return {
    everything: organs.includes(EVERYWHERE),
    units: organs.flatMap((organ) => unitOf(organ) ?? []),
    organs: organs.filter((organ) => organ !== EVERYWHERE && unitOf(organ) === undefined),
    areas: [...new Set(organs.flatMap((organ) => areaOf(organ) ?? []))],
  };
}

/** The grants with which a person may ask something of this very case. Throws `auth.forbidden` when there are none. */
export function grantsOnCase(
  person: Person,
  operation: RequestName,
  { organs, unitId }: { readonly organs: Readonly<Record<string, string>>; readonly unitId: string },
): readonly Grant[] {
  const held = requireGrants(person, operation).filter(
    ({ organ }) => organ === EVERYWHERE || unitOf(organ) === unitId || Object.values(organs).includes(organ),
  );
  if (held.length > 0) return held;
  throw forbidden(
    operation,
    `one of the case's own organs: ${[...new Set(Object.values(organs))].join(' | ')}`,
  );
}

/**
 * The actor of a request that needs one of these grants: in his own right where he can, else for a person whom he covers.
 * The roles are the person's own and, on behalf of somebody, that person's: so a role held through cover is never used
 * without saying so. `assignee` is who has the task: acting on it as cover is acting for him. Throws `otherwise` where
 * neither he nor anybody whom he covers holds such a grant.
 */
export function actorOf(
  person: Person,
  needed: readonly Grant[],
  {
    assignee,
    otherwise = 'auth.forbidden',
  }: { readonly assignee?: string | null; readonly otherwise?: ErrorCode } = {},
): Actor {
  const holds = (grants: readonly Grant[]) =>
    needed.some((grant) => grants.some((held) => isSame(held, grant)));
  const able = person.covering.filter((covered) => holds(covered.grants));
  const covered =
    able.find(({ userId }) => userId === assignee) ?? (holds(person.grants) ? undefined : able[0]);
  if (covered === undefined && !holds(person.grants)) {
    throw new DomainError(otherwise, {
      what: 'this is for another role or organ',
      expected: needed.map(textOf).join(' | '),
    });
  }
  const grants = [...person.grants, ...(covered?.grants ?? [])];
  const organ = needed.find((grant) => grants.some((held) => isSame(held, grant)))?.organ;
  return {
    id: person.id,
    kind: kindOf(person.grants),
    roles: [...new Set(grants.map(textOf))],
    ...(organ === undefined ? {} : { organ }),
    ...(covered === undefined ? {} : { onBehalfOf: covered.userId }),
  };
}

/** A grant as an actor carries it: `role@organ`. */
export const textOf = ({ role, organ }: Grant): string => `${role}@${organ}`;

/** The unit that `unit:<id>` names; undefined for an organ. */
export const unitOf = (organ: string): string | undefined =>
  organ.startsWith('unit:') ? organ.slice('unit:'.length) : undefined;

/** The organ that a unit's people hold their grant at. */
export const organOfUnit = (unitId: string): string => `unit:${unitId}`;

/** Whether any pack knows this organ. */
export const isOrgan = (id: string): boolean =>
  packs.some((pack) => pack.organs.some((organ) => organ.id === id));

/** The leading digits of an organ's area: a division ends in pairs of zeros where it has no finer part. */
function areaOf(organ: string): string | undefined {
  const area = packs.flatMap((pack) => pack.organs).find((candidate) => candidate.id === organ)?.area;
  return area?.replace(/(00)+$/, '');
}

const isSame = (one: Grant, other: Grant): boolean => one.role === other.role && one.organ === other.organ;

function forbidden(operation: Operation, organ?: string): DomainError {
  return new DomainError('auth.forbidden', {
    what: 'none of your roles may do this',
    where: operation,
    expected: policy[operation].join(' | ') + (organ === undefined ? '' : ` at ${organ}`),
  });
}
