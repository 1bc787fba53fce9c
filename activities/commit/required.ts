import { DomainError } from '../../rules/errors.js';
import type { GuardParams } from '../../workflows/messages/step.js';

/** A parameter that a guard can not do without. Throws `internal`. */
export function required(params: GuardParams, name: string): string {
  const value = params[name];
  if (typeof value !== 'string')
    throw new DomainError('internal', { what: 'a guard was not told enough', found: name });
  return value;
}
