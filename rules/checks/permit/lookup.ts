import type { PermitContent } from '../../content/permit.js';
import { both, type Words } from '../rule.js';

/** The outlet with an id; undefined when the permit has none. */
export const outletOf = (permit: PermitContent, id: string): PermitContent['outlets'][number] | undefined =>
  permit.outlets.find((outlet) => outlet.id === id);

/** A number as people read it: at most six digits behind the point, none of them a rounding error. */
export const shown = (value: number): string => String(Number(value.toFixed(6)));

/** An amount in tonnes. */
export const tonnes = (value: number): Words => both(`${shown(value)} t`);
