export * from './anchors.js';
export * from './auth.js';
export * from './cases.js';
export * from './jobs.js';
export * from './notices.js';
export * from './people.js';
export * from './rates.js';
export * from './records.js';
