import type { Cell } from '../readers/table.js';
import type { TableHeader } from './readTable.js';

/** Something that is said of a row of a file. */
export interface RowLine {
  readonly row: number;
  /** The column's title. */
  readonly column: string;
  /** The cell as found. */
  readonly value: string;
  readonly code: string;
  /** In Chinese and English. */
  readonly reason: string;
}

/** Says something of a row's cell, in the words of a list of reasons. */
export function lineSayer<Column extends string, Code extends string>(
  { titles }: TableHeader<Column>,
  reasons: Readonly<Record<Code, { readonly zh: string; readonly en: string }>>,
) {
  return (
    { row, cells }: { readonly row: number; readonly cells: Readonly<Record<Column, Cell>> },
    column: Column,
    code: Code,
    more = '',
  ): RowLine => {
    const { zh, en } = reasons[code];
    const reason = `${zh} · ${en}${more === '' ? '' : ` (${more})`}`;
    return { row, column: titles[column][0], value: String(cells[column]).slice(0, 200), code, reason };
  };
}

/** How many lines of each kind the text of a report shows. */
const shown = 50;

/** Lines under a title, as people read them; nothing where there are none. */
export function linesText(title: string, lines: readonly RowLine[]): readonly string[] {
  if (lines.length === 0) return [];
  return [
    '',
    `${title}（${lines.length}）`,
    ...lines
      .slice(0, shown)
      .map(
        ({ row, column, value, code, reason }) =>
          `  第 ${row} 行 row ${row}  ${column}  “${value}”  ${code}  ${reason}`,
      ),
    ...(lines.length > shown ? ['  … 其余见 --json · the rest with --json'] : []),
  ];
}
