/** A value that survives every payload converter and continue-as-new: no `Map`, `Set`, `Date` or class. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** An object of such values. */
export type JsonObject = { readonly [key: string]: Json };
