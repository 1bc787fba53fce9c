import { DomainError, type ErrorDetail } from './errors.js';

/** An input with several faults, told all at once; its message is the first. */
export class FaultyInput extends DomainError {
  constructor(readonly faults: readonly [ErrorDetail, ...ErrorDetail[]]) {
    super('input.invalid', faults[0]);
  }

  /** A sentence for each fault. */
  get messages(): readonly string[] {
    return this.faults.map((fault) => new DomainError('input.invalid', fault).message);
  }
}
