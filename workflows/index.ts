export { application } from './application/index.js';
export { cancellation } from './cancellation.js';
export { issue } from './issue/index.js';
export { permit } from './permit/index.js';
