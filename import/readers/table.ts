/** A cell as the file holds it: text, or a number where the file says that it is one. */
export type Cell = string | number;

/** A row of a file. Empty cells are empty texts. */
export interface SheetRow {
  /** The line of the file on which the row begins, the first being 1; in a workbook, the number of its row. */
  readonly row: number;
  readonly cells: readonly Cell[];
}

/** The rows of a file, or of one sheet of it, in order. */
export interface Sheet {
  readonly rows: readonly SheetRow[];
  /** Whether its numbers count days from 1904 instead of 1900. */
  readonly from1904: boolean;
}
