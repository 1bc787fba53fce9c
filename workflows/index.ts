export { application } from './application/index.js';
export { annulment } from './authority/annulment.js';
export { authorityChange } from './authority/authorityChange.js';
export { revocation } from './authority/revocation.js';
export { urging } from './authority/urging.js';
export { withdrawal } from './authority/withdrawal.js';
export { cancellation } from './cancellation.js';
export { permit } from './permit/index.js';
