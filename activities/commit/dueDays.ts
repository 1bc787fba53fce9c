import type { Json } from '../../workflows/messages/json.js';
import type { LedgerLine, NoticeDraft } from '../../workflows/messages/step.js';
import type { ResolvedClocks } from './clocks.js';

/** A ledger line or a notice with the due days that its parameters only name. */
export function withDueDays<Spoken extends LedgerLine | NoticeDraft>(
  spoken: Spoken,
  dueOf: ResolvedClocks['dueOf'],
): Spoken {
  const named = Object.entries(spoken.params).flatMap(([name, value]) =>
    isDueOf(value) ? [[name, dueOf(value.dueOf)] as const] : [],
  );
  if (named.length === 0) return spoken;
  return { ...spoken, params: { ...spoken.params, ...Object.fromEntries(named) } };
}

/** Whether a parameter is `{ dueOf: <clock> }`, and nothing else. */
function isDueOf(value: Json): value is { readonly dueOf: string } {
  if (typeof value !== 'object' || value === null || !('dueOf' in value)) return false;
  return typeof value.dueOf === 'string' && Object.keys(value).length === 1;
}
