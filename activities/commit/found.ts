import type { Json, JsonObject } from '../../workflows/messages/json.js';
import type { StepDraft } from '../../workflows/messages/step.js';

/** A guard's answer, with what it found on the way. */
export interface GuardAnswer {
  readonly answer: string;
  readonly found: JsonObject;
}

/** A draft with what its guard has found in the places that name it: `{ found: <name> }`, and nothing else. */
export function withFound(draft: StepDraft, found: JsonObject): StepDraft {
  if (Object.keys(found).length === 0) return draft;
  return filled(draft as unknown as Json, found) as unknown as StepDraft;
}

function filled(value: Json, found: JsonObject): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((entry) => filled(entry, found));
  const { found: name } = value;
  if (typeof name === 'string' && Object.keys(value).length === 1) return found[name] ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner, found)]));
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
