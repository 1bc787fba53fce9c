export * from './auth.js';
export * from './cases.js';
export * from './imports.js';
export * from './jobs.js';
export * from './people.js';
export * from './records.js';
