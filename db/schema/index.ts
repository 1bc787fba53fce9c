export * from './auth.js';
export * from './cases.js';
export * from './people.js';
export * from './records.js';
