import { termOf } from '../rules/glossary.js';
import { lifePoints } from '../rules/lifePoint.js';
import { endedStates } from '../workflows/messages/step.js';
import type { Finding } from './findings.js';
import type { Tally } from './plan.js';

/** A finding as a report lists it. */
export type ReportLine = Pick<Finding, 'row' | 'column' | 'value' | 'code' | 'reason'>;

/** What an import came to. Every row is accepted, rejected or unchanged. */
export interface Report extends Tally {
  readonly rows: number;
  readonly warnings: readonly ReportLine[];
  readonly errors: readonly ReportLine[];
}

/** Puts a report together, its lines by row. */
export function reportOf(rows: number, tally: Tally, findings: readonly Finding[]): Report {
  const lines = (kind: Finding['kind']): readonly ReportLine[] =>
    findings
      .filter((finding) => finding.kind === kind)
      .map(({ row, column, value, code, reason }) => ({ row, column, value, code, reason }))
      .sort((one, other) => one.row - other.row);
  const { accepted, rejected, unchanged } = tally;
  const inOrder = [...lifePoints, ...endedStates].flatMap((state) => {
    const count = tally.states[state];
    return count === undefined ? [] : [[state, count] as const];
  });
  const states = Object.fromEntries(inOrder);
  return {
    ...{ rows, accepted, rejected, unchanged },
    ...{ warnings: lines('warning'), errors: lines('error'), states },
  };
}

/** How many lines of each kind the text of a report shows. */
const shown = 50;

/** A report as people read it, in both languages. */
export function reportText({
  rows,
  accepted,
  rejected,
  unchanged,
  warnings,
  errors,
  states,
}: Report): string {
  const list = (title: string, lines: readonly ReportLine[]): readonly string[] =>
    lines.length === 0
      ? []
      : [
          '',
          `${title}（${lines.length}）`,
          ...lines
            .slice(0, shown)
            .map(
              ({ row, column, value, code, reason }) =>
                `  第 ${row} 行 row ${row}  ${column}  “${value}”  ${code}  ${reason}`,
            ),
          ...(lines.length > shown ? [`  … 其余见 --json · the rest with --json`] : []),
        ];
  return [
    `行 rows ${rows}：接受 accepted ${accepted}，拒绝 rejected ${rejected}，未变 unchanged ${unchanged}`,
    '许可证所处阶段 · where the permits stand',
    ...Object.entries(states).map(
      ([state, count]) => `  ${termOf(state).zh} · ${termOf(state).en}  ${count}`,
    ),
    ...list('拒绝 · rejected', errors),
    ...list('提示 · warnings', warnings),
  ].join('\n');
}
