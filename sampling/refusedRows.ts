import { DomainError, type ErrorDetail } from '../rules/errors.js';

/** Rows of a file that can not be taken; thrown with the first as its message, and with the others. */
export class RefusedRows extends DomainError {
  constructor(readonly faults: readonly [ErrorDetail, ...ErrorDetail[]]) {
    super('input.invalid', faults[0]);
  }
}
