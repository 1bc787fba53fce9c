/** The thirteen parts of an annual report (HJ 944). */
export const annualParts = [
  'basics',
  'lawAbiding',
  'facilities',
  'monitoring',
  'ledger',
  'emissions',
  'tax',
  'disclosure',
  'internalSystem',
  'otherDuties',
  'notes',
  'conclusion',
  'attachments',
] as const;
