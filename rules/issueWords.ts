/** The tiers of the quality assurance. */
export const tiers = ['selfCheck', 'sweep', 'sampling'] as const;
export type Tier = (typeof tiers)[number];

/** HJ 1299: by the documents, off site, on site. */
export const methods = ['documentsBasis', 'offSite', 'onSite'] as const;

export const issueSeverities = ['general', 'serious'] as const;
export type IssueSeverity = (typeof issueSeverities)[number];

/** Whose problem an issue is, and who mends it. */
export const responsibles = ['unit', 'authority', 'institution'] as const;
export type Responsible = (typeof responsibles)[number];

/** What an issue starts beside its rectification: a procedure of this name, which must end first, or a lead. */
export const routes = [
  'change',
  'authorityChange',
  'reapplication',
  'renewal',
  'urging',
  'annulment',
  'cancellation',
  'lead',
] as const;
export type IssueRoute = (typeof routes)[number];
