export { application } from './application/index.js';
export { cancellation } from './cancellation.js';
export { permit } from './permit/index.js';
