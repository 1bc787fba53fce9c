/** The kinds of issuance that are sampled: what is issued for the first time, and what is issued anew (重新申请). */
export const sampledKinds = ['first', 'reapplication'] as const;
export type SampledKind = (typeof sampledKinds)[number];

/** What became of an issuance in the sample. One that was cancelled is `replaced`, or `unreplaced` where nobody is left to take its place. */
export const sampleStates = ['drawn', 'replaced', 'unreplaced'] as const;
export type SampleState = (typeof sampleStates)[number];
