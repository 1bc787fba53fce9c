/** Codes of the field, each with its name in both languages. */
export type Words = Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
