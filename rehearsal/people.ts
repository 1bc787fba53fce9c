import type { Actor } from '../workflows/messages/request.js';

/** The people of a bureau, each with one role, as the API would pass them on. */
export const officer = (id: string, ...roles: readonly string[]): Actor => ({ id, kind: 'officer', roles });

/** Everybody who works a case, by what their organ does in it: one organ for all of it, or several. */
export const staffOf = (accepting: string, { reviewing = accepting, deciding = accepting } = {}) => {
  const at = (organ: string) => (role: string) =>
    officer(organ === 'yunchuan' ? role : `${role}.${organ}`, `${role}@${organ}`);
  const [inAccepting, inReviewing, inDeciding] = [at(accepting), at(reviewing), at(deciding)];
  return {
    desk: inAccepting('acceptance'),
    lead: inAccepting('officer'),
    verifier: inReviewing('verification'),
    reviewer: (element: string): Actor => inReviewing(`element.${element}`),
    sectionHead: inDeciding('sectionHead'),
    legalOfficer: inDeciding('legalOfficer'),
    deputyHead: inDeciding('deputyHead'),
    organHead: inDeciding('organHead'),
    sealKeeper: inDeciding('sealKeeper'),
    enforcement: inReviewing('enforcement'),
  };
};

/** The people of one case. */
export type Staff = ReturnType<typeof staffOf>;

/** The city's bureau. */
export const yunchuan = staffOf('yunchuan');
export const { desk, lead, verifier, reviewer, sectionHead, legalOfficer, deputyHead } = yunchuan;
export const { organHead, sealKeeper, enforcement } = yunchuan;

/** Somebody of a unit. */
export const applicantOf = (unitId: string): Actor => ({
  id: `applicant-${unitId}`,
  kind: 'applicant',
  roles: [`applicant@unit:${unitId}`],
});
