import type { RulePack } from '../rules/pack.js';
import type { SampledKind } from '../rules/samplingWords.js';
import type { OrganCount } from '../workflows/messages/samplings.js';
import { plain } from './cells.js';
import { readTable, type TableHeader } from './table/readTable.js';

/** A row that says nothing that we know. */
export interface CountFault {
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

type Column = 'organ' | 'kind' | 'count';

const header: TableHeader<Column> = {
  what: '平台核发数的表头 · the header of the platform’s counts',
  titles: {
    organ: ['审批部门', '发证机关', 'organ'],
    kind: ['业务类型', 'kind'],
    count: ['核发数', '件数', 'count'],
  },
  needed: ['organ', 'kind', 'count'],
};

const kinds: Readonly<Record<string, SampledKind>> = {
  ...{ first: 'first', 首次申请: 'first', 首次核发: 'first' },
  ...{ reapplication: 'reapplication', 重新申请: 'reapplication' },
};

/**
 * Reads the platform's counts per organ and kind from a workbook or delimited text, as the form of the task wants them. Organs
 * by their names, or ids, in the region's pack. Throws `input.invalid` for a file that is no such table.
 */
export function readPlatformCounts(
  bytes: Uint8Array,
  { organs }: Pick<RulePack, 'organs'>,
): { readonly counts: readonly OrganCount[]; readonly errors: readonly CountFault[] } {
  const counts = new Map<string, OrganCount>();
  const errors: CountFault[] = [];
  for (const { row, text } of readTable(bytes, header).rows) {
    const organ = organs.find(
      ({ id, zh }) => id === plain(text.organ) || plain(zh) === plain(text.organ),
    )?.id;
    const kind = kinds[plain(text.kind)];
    const count = /^\d{1,7}$/.test(plain(text.count)) ? Number(plain(text.count)) : undefined;
    const fault = (column: Column, reason: string): void => {
      errors.push({ row, column: header.titles[column][0], value: text[column], reason });
    };
    if (organ === undefined) fault('organ', '未知的审批部门 · no organ of this name');
    else if (kind === undefined) fault('kind', '首次申请或者重新申请 · first or reapplication');
    else if (count === undefined) fault('count', '不是整数 · not a whole number');
    else if (counts.has(`${organ} ${kind}`)) fault('organ', '重复 · an organ and kind twice');
    else counts.set(`${organ} ${kind}`, { organ, kind, count });
  }
  return { counts: [...counts.values()], errors };
}
