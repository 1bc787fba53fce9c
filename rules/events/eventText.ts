/** An event's article (null where none applies) and its sentence; `{name}` takes the value of a parameter. */
export interface EventText {
  readonly article: string | null;
  readonly zh: string;
  readonly en: string;
}
