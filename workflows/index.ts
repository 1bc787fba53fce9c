export { application } from './application/index.js';
export { calendarPublication } from './calendarPublication.js';
export { cancellation } from './cancellation.js';
export { permit } from './permit/index.js';
