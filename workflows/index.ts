export { application } from './application/index.js';
export { cancellation } from './cancellation/index.js';
export { permit } from './permit/index.js';
