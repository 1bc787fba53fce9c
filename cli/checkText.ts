import type { ChecklistItem } from '../rules/checks/checklists.js';
import type { Remedy, Words, Yardstick } from '../rules/checks/rule.js';
import type { Act, Finding } from '../rules/checks/run.js';

const remedies: Readonly<Record<Remedy, Words>> = {
  change: { zh: '变更', en: 'change' },
  authorityChange: { zh: '主动变更', en: 'change by the authority' },
  reapplication: { zh: '重新申请', en: 're-application' },
  rectificationOpinion: { zh: '整改意见', en: 'rectification opinion' },
  supplement: { zh: '补正', en: 'supplement' },
  returnReport: { zh: '退回补正', en: 'return for correction' },
  bulletin: { zh: '通报', en: 'bulletin' },
  cancellation: { zh: '注销', en: 'cancellation' },
  lead: { zh: '线索核实', en: 'lead to verify' },
};

const tests: Readonly<Record<Yardstick, Words>> = {
  complete: { zh: '完整性', en: 'complete' },
  conforming: { zh: '规范性', en: 'conforming' },
  consistent: { zh: '一致性', en: 'consistent' },
  timely: { zh: '时效性', en: 'timely' },
};

/** Findings as people read them, each on five lines, Chinese first; then what is proposed, an act each. */
function findingsText(findings: readonly Finding[], acts: readonly Act[]): string {
  if (findings.length === 0) return '未发现问题 · nothing found';
  return [
    ...findings.map(lines),
    `合并为 ${acts.length} 项 · merged into ${acts.length}:`,
    ...acts.map(
      ({ act, severity, remedy, suspicion, rules }) =>
        `  [${severity}] ${act}: ${remedies[remedy].zh} · ${remedies[remedy].en}${doubt(suspicion)} (${rules.join(', ')})`,
    ),
  ].join('\n');
}

function lines(finding: Finding): string {
  const { rule, severity, category, test, at, expected, found, basis, condition, suspicion, caution } =
    finding;
  return [
    `${rule} [${severity}] ${category.zh} · ${category.en}${doubt(suspicion)}  ${at}`,
    `  ${condition.zh} · ${condition.en}`,
    `  应为 expected: ${pair(expected)}`,
    `  实为 found: ${pair(found)}`,
    `  ${tests[test].zh} · ${tests[test].en}  依据 basis: ${pair(basis)}`,
    ...(caution === null ? [] : [`  注意 caution: ${pair(caution)}`]),
  ].join('\n');
}

const doubt = (suspicion: boolean): string =>
  suspicion ? '（疑似，待人工确认 · a suspicion, to be confirmed）' : '';

const pair = ({ zh, en }: Words): string => (zh === en ? zh : `${zh} · ${en}`);

/** A checklist by its four tests. */
function checklistText(items: readonly ChecklistItem[]): string {
  return (Object.keys(tests) as Yardstick[])
    .map((test) =>
      [
        `${tests[test].zh} · ${tests[test].en}`,
        ...items
          .filter((item) => item.test === test)
          .map(({ id, zh, en, row }) => `  □ ${id} ${zh} · ${en}${row === null ? '' : ` (${row})`}`),
      ].join('\n'),
    )
    .join('\n');
}

/** How the results of `yizheng check` are written for people. */
export const checkText = {
  findings: findingsText,
  checklist: checklistText,
};
