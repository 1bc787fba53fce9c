/** Where a command writes: each text is a line, or lines, without the last line break. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
}
