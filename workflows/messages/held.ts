import type { JsonObject } from './json.js';

/** Whether a signed lever holds the case: no lapse of its clocks takes effect until another releases it. */
export const isHeld = (facts: JsonObject): boolean => facts['leverHold'] != null;
