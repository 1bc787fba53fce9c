export { application } from './application/index.js';
export { cancellation } from './cancellation.js';
export { cleanUp } from './cleanUp.js';
export { permit } from './permit/index.js';
export { registration } from './registration/index.js';
