/** The six elements that review an application jointly (联审联查). */
export const elements = ['water', 'air', 'soil', 'solidWaste', 'noise', 'selfMonitoring'] as const;
